"""What advice about people is drawn from: a snapshot's columns, made ready once for many people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from crosstie.advice.likeness import Likeness, likeness_of
from crosstie.advice.worth import nearness
from crosstie.network.circles import Circles, circles_of_ties
from crosstie.network.network import Indices, Network, Ties, Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleagues:
    """Everyone in a snapshot, as advice sees them.

    Attributes:
        persons: (P,) person keys, sorted.
        whole: the ties from all evidence; of these only a person's own are used, for that person.
        open_circles: the active circles from open evidence alone; nothing else is used of two others.
        reach: every open tie there ever was, weighted by how near the two are.
        together: who took part in the same open conversations, by how much; None where it is not known.
        groups: (P,) unit of each person by kind.
        places: open places in which each person took part, by key.
        likeness: places and topics made ready to compare.
        joined_on: the day each person came to the organisation, by key, where known.
        place_sizes: how many people took part in each open place.
    """

    persons: NDArray[np.object_]
    whole: Ties
    open_circles: Circles
    reach: Circles
    likeness: Likeness
    together: Circles | None = None
    groups: Mapping[str, NDArray[np.object_]] = field(default_factory=dict)
    places: Mapping[str, frozenset[str]] = field(default_factory=dict)
    joined_on: Mapping[str, date] = field(default_factory=dict)
    place_sizes: Mapping[str, int] = field(default_factory=dict)

    def index_of(self, person: str) -> int:
        """Return the row of a person.

        Raises:
            KeyError: the person is not among them.
        """
        found = int(np.searchsorted(self.persons, person))
        if found == len(self.persons) or self.persons[found] != person:
            raise KeyError(person)
        return found

    def open_contacts(self, person: int) -> Indices:
        """Return the people someone is in open contact with, ascending."""
        return self.open_circles.contacts[self._row(person)]

    def open_contact(self, person: int) -> dict[int, float]:
        """Return the same, with the contact."""
        weights = self.open_circles.weights[self._row(person)]
        return dict(zip(self.open_contacts(person).tolist(), weights.tolist(), strict=True))

    def _row(self, person: int) -> slice:
        return slice(int(self.open_circles.starts[person]), int(self.open_circles.starts[person + 1]))


def colleagues_of(
    network: Network,
    open_ties: Ties,
    *,
    places: Mapping[str, frozenset[str]] | None = None,
    together: Circles | None = None,
    topics: Weights | None = None,
    joined_on: Mapping[str, date] | None = None,
) -> Colleagues:
    """Make a snapshot ready for advice about people.

    Args:
        network: with ties from all evidence, and groups.
        open_ties: the ties from open evidence alone, of the same persons.
        places: open places in which each person took part.
        together: (P rows, symmetric) who took part in the same open conversations, by how much.
        topics: (P, K) how much of each topic is a person's, from open places.
        joined_on: the day each person came to the organisation.
    """
    held = places or {}
    people = len(network.persons)
    return Colleagues(
        persons=network.persons,
        whole=network.ties,
        open_circles=circles_of_ties(open_ties, people=people),
        reach=_reach(open_ties, people=people),
        likeness=likeness_of(network.persons, places=held, topics=topics),
        together=together,
        groups=network.groups,
        places=held,
        joined_on=joined_on or {},
        place_sizes=Counter(place for theirs in held.values() for place in theirs),
    )


def _reach(ties: Ties, *, people: int) -> Circles:
    weights = nearness(ties)
    near = weights > 0
    starts = np.zeros(people + 1, dtype=np.int64)
    np.cumsum(np.bincount(ties.learner[near], minlength=people), out=starts[1:])
    return Circles(starts=starts, contacts=ties.teacher[near], weights=weights[near])


__all__ = ["Colleagues", "colleagues_of"]
