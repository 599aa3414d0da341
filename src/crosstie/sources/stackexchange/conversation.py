"""Whom a comment answers, as the sites themselves decide whom to tell of it. Holds one number a commenter.

Under a post its owner is told of every comment, and a commenter whose name stands in it after an @ (three
letters of it are enough). Where the owner of the post names nobody, it is inferred.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from crosstie.sources.stackexchange.parse import NOBODY, comment_id

_NAMED = re.compile(r"(?<![\w.+-])@(\w[\w.'-]{2,})")
_LEAST_LETTERS = 3

# An owner who names nobody is held to answer who commented last. Where owners do name one of several who had
# commented, it was the last of them in 225 of 293 comments of two sites.
SEVERAL_OTHERS = 0.75
# With one other commenter there is nobody else to answer; one in five is left for comments to all readers.
ONE_OTHER = 0.8


class Answered(NamedTuple):
    """What a comment answers, and how likely; whom else it names, and how many names nobody there has."""

    replies_to: str
    parent: int
    probability: float
    mentioned: tuple[int, ...]
    strangers: int


@dataclass(slots=True)
class Conversations:
    """What was said under each post: the last comment of each commenter, the latest last.

    Attributes:
        names: of people by their number.
    """

    names: Mapping[int, str]
    _said: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    _folded: dict[int, str] = field(default_factory=dict)

    def answered(self, post: int, owner: int, writer: int, text: str) -> Answered:
        """Return whom the next comment under a post answers."""
        others = [user for user in self._said.get(post, ()) if user != writer]
        present = others if owner in (NOBODY, writer, *others) else [*others, owner]
        named, strangers = self._named(text, present)
        probability = 1.0
        if named:
            parent = named[0]
        elif owner == writer and others:
            parent = others[-1]
            probability = ONE_OTHER if len(others) == 1 else SEVERAL_OTHERS
        else:
            parent = owner
        last = self._said.get(post, {}).get(parent) if named or probability < 1 else None
        return Answered(
            replies_to=comment_id(last) if last else str(post),
            parent=parent,
            probability=probability,
            mentioned=tuple(named[1:]),
            strangers=strangers,
        )

    def hear(self, post: int, writer: int, comment: int) -> None:
        """Take the comment, so that those after it can answer it."""
        said = self._said[post]
        said.pop(writer, None)
        said[writer] = comment

    def _named(self, text: str, present: list[int]) -> tuple[list[int], int]:
        found: list[int] = []
        strangers = 0
        for written in _NAMED.findall(text) if "@" in text else ():
            name = _folded(written)
            whole = [user for user in present if self._name(user) == name]
            some = whole or [user for user in present if self._name(user).startswith(name)]
            if len(some) != 1 or len(name) < _LEAST_LETTERS:
                strangers += 1
            elif some[0] not in found:
                found.append(some[0])
        return found, strangers

    def _name(self, user: int) -> str:
        known = self._folded.get(user)
        if known is None:
            known = self._folded[user] = _folded(self.names.get(user, ""))
        return known


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()
