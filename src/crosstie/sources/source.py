"""What a source is: one frozen declaration and one pure generator."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from crosstie.record import Kind, Trace
from crosstie.sources.door import Door

Settings: TypeAlias = dict[str, str]


class Listed(StrEnum):
    """Whom a source's lists name, so that the door is told of them before the first place and act."""

    NOBODY = "nobody"  # people are met on the way
    MOST = "most"  # but guests, and people who left
    EVERYONE = "everyone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One thing a user may say about a source: name, label, default, and a sentence of help."""

    name: str
    label: str
    help: str
    default: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """How traces of one kind of place become interactions.

    Attributes:
        name: short and stable, e.g. ``slack``.
        label: what people read, e.g. ``Slack export``.
        reads: one sentence: what it reads.
        drops: what it drops at the door, one short phrase each.
        kinds: the kinds of interaction it may yield.
        unit: what the ledger counts, in the plural ("messages and reactions").
        unit_of_one: the same of one ("message or reaction"); "" where it is called no other.
        settings: what a user may say about it.
        listed: whom its lists name: the door is told of them before the first place and act.
        is_flat: whether messages of a place stand side by side, so that it does not say what they answer.
        recognises: looks at a path cheaply (never reads it whole) and returns how sure it is, 0 to 1.
        explains: looks at a path that nobody recognises, and raises what is wrong with it or not known of it
            where it may be meant for this source; None where it has nothing to say.
        read: yields traces in any order, streaming. ``settings`` holds every declared name.
            Expected trouble is a `SourceRefused`; a bad record is counted in ``door.ledger``, never raised.
    """

    name: str
    label: str
    reads: str
    drops: tuple[str, ...]
    kinds: frozenset[Kind]
    unit: str
    unit_of_one: str = ""
    settings: tuple[Setting, ...] = field(default=())
    listed: Listed = Listed.NOBODY
    is_flat: bool = False
    recognises: Callable[[Path], float]
    explains: Callable[[Path], None] | None = None
    read: Callable[[Path, Settings, Door], Iterator[Trace]]

    def defaults(self) -> Settings:
        """Return every declared setting with its default."""
        return {setting.name: setting.default for setting in self.settings}
