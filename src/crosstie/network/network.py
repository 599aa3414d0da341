"""The network: all people and their ties at a date, as columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

Indices: TypeAlias = NDArray[np.int32]
Weights: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]
Microseconds: TypeAlias = NDArray[np.int64]
Ids: TypeAlias = NDArray[np.uint64]

Made = TypeVar("Made")

NO_TIME = np.iinfo(np.int64).min
"""Stands in a `Microseconds` column where no time is known."""

NO_EVIDENCE = 0
"""Stands among ids where there is no interaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """One row an ordered pair (learner, teacher) of persons, by index into `Network.persons`; T rows.

    The three relations stay apart. `contact` is undirected: when (a, b) has contact, both (a, b) and (b, a)
    are rows, with the same contact. No self-ties. Rows are sorted by (learner, teacher).

    Attributes:
        learner, teacher: (T,) int32 indices.
        learned: (T,) decayed evidence that the learner learned from the teacher.
        turned_to: (T,) decayed evidence that the learner turned to the teacher.
        contact: (T,) decayed contact.
        known_contact: (T,) the same without decay.
        first_at, last_at: (T,) microseconds since 1970 in UTC, `NO_TIME` where unknown.
        stated: (T,) whether any evidence was stated (else all of it was inferred).
        active: (T,) contact of at least the threshold at the date.
        known: (T,) whether there ever was stated contact.
        is_open: (T,) whether every piece of the tie's evidence lies in an open place.
        one_way: (T,) whether it is clear that the learner learned from the teacher and not the other way
            round, if anything was learned (`crosstie.network.direction`); at most one of a pair's two rows.
        evidence: (T,) the latest of the strongest interactions behind the tie, by the hash of its source and
            external id that the trail has too (`crosstie.network.trail`); `NO_EVIDENCE` if none.
    """

    learner: Indices
    teacher: Indices
    learned: Weights
    turned_to: Weights
    contact: Weights
    known_contact: Weights
    first_at: Microseconds
    last_at: Microseconds
    stated: Flags
    active: Flags
    known: Flags
    is_open: Flags
    one_way: Flags
    evidence: Ids

    def __len__(self) -> int:
        return len(self.learner)


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """All people and their ties at a date.

    Attributes:
        persons: (P,) opaque person keys, sorted.
        ties: see `Ties`.
        as_of: the date the decay counts from.
        groups: (P,) unit of each person by kind ("department"), "" where unknown.
        unknown_accounts: how many accounts stand in the interactions and belong to no person.
    """

    persons: NDArray[np.object_]
    ties: Ties
    as_of: datetime
    groups: dict[str, NDArray[np.object_]] = field(default_factory=dict)
    unknown_accounts: int = 0
    _made: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """Return what is derived from this network and needed by several measures, made the first time."""
        if name not in self._made:
            self._made[name] = make()
        return cast("Made", self._made[name])

    def index_of(self, person: str) -> int:
        """Return the row of a person.

        Raises:
            KeyError: the person is not in this network.
        """
        found = int(np.searchsorted(self.persons, person))
        if found == len(self.persons) or self.persons[found] != person:
            raise KeyError(person)
        return found
