"""What a source may ask about what was read before: whether it is met again, never what was in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol


class Trail(NamedTuple):
    """What the record has of one interaction, for knowing it again: when, and with what strength."""

    at: datetime | None
    strength: float


@dataclass(frozen=True, slots=True)
class Kept:
    """What the record has of one source.

    Attributes:
        count: how many interactions.
        sample: some of them, or all, chosen at random, by the hash under which the record has them.
    """

    count: int
    sample: Mapping[str, Trail]


class Earlier(Protocol):
    """The record of a workspace, as a source sees it whose export does not say which one it is."""

    def sources(self, kind: str) -> list[str]:
        """Return the sources of a kind that have interactions, sorted."""
        ...

    def kept(self, source: str) -> Kept:
        """Return what the record has of a source."""
        ...

    def hashed(self, source: str, external_id: str) -> str:
        """Return the hash under which the record has an interaction, if it does."""
        ...
