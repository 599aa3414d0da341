"""Find every verb there is, say something to it, and take all that it answers as text."""

from __future__ import annotations

import dataclasses
import inspect
import zipfile
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from io import BytesIO
from pkgutil import walk_packages
from typing import Any

from django.db import models

from crosstie import actions
from crosstie.actions.home import Home
from crosstie.people import Viewer


@dataclasses.dataclass(kw_only=True)
class At:
    """The firm, its steward Ada, and others; what there is to say something about, by what it is."""

    home: Home
    ada: Viewer
    ben: Viewer
    cleo: Viewer
    dan: Viewer
    gone: Viewer  # a steward, until they were let in no more
    numbers: dict[str, Any] = dataclasses.field(default_factory=dict)
    before: dict[str, str] = dataclasses.field(default_factory=dict)  # what each verb said before Ben left


@dataclasses.dataclass(frozen=True)
class Tried:
    """A verb and what is said to it: a function among that is given the firm."""

    verb: Callable[..., Any]
    said: tuple[Any, ...]
    more: Mapping[str, Any]
    names: bool  # whether its answer names Ben, as long as he did not opt out
    as_cleo: bool  # whether Cleo asks, and not Ada

    @property
    def name(self) -> str:
        return name_of(self.verb)

    def told(self, at: At, who: Viewer) -> str:
        """Return all that the verb answers, as text."""
        said = [one(at) if inspect.isfunction(one) else one for one in self.said]
        more = {key: one(at) if inspect.isfunction(one) else one for key, one in self.more.items()}
        return told(self.verb(at.home, who, *said, **more))


def tried(
    verb: Callable[..., Any], *said: Any, names: bool = False, as_cleo: bool = False, **more: Any
) -> Tried:
    return Tried(verb, said, more, names, as_cleo)


def number(what: str) -> Callable[[At], Any]:
    return lambda at: at.numbers[what]


def name_of(verb: Callable[..., Any]) -> str:
    return f"{verb.__module__.removeprefix('crosstie.actions.')}.{verb.__name__}"


def verbs() -> set[str]:
    """Return every verb there is: what the room of actions lets a viewer do."""
    found = set()
    for module in walk_packages(actions.__path__, f"{actions.__name__}."):
        for name, verb in vars(import_module(module.name)).items():
            if inspect.isfunction(verb) and verb.__module__ == module.name and not name.startswith("_"):
                first_two = list(inspect.signature(verb).parameters.values())[:2]
                if any("Viewer" in str(one.annotation) for one in first_two):
                    found.add(name_of(verb))
    return found


def told(answer: object) -> str:
    """Return all that stands in an answer."""
    if isinstance(answer, models.Model):
        return told({one.name: getattr(answer, one.attname) for one in answer._meta.concrete_fields})
    if dataclasses.is_dataclass(answer) and not isinstance(answer, type):
        return told({one.name: getattr(answer, one.name) for one in dataclasses.fields(answer)})
    if isinstance(answer, Mapping):
        return " ".join(f"{told(key)}: {told(one)}" for key, one in answer.items())
    if isinstance(answer, Iterator | list | tuple | set | frozenset):
        pieces = list(answer)
        if pieces and isinstance(pieces[0], bytes):
            with zipfile.ZipFile(BytesIO(b"".join(pieces))) as packed:
                pieces = [packed.read(name).decode() for name in packed.namelist()]
        return " ".join(told(one) for one in pieces)
    return str(answer)
