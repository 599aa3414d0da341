"""What advice about people is drawn from: a snapshot's columns, made ready once for many people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from crosstie.network.circles import Circles, circles_of_ties
from crosstie.network.network import Indices, Network, Ties, Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleagues:
    """Everyone in a snapshot, as advice sees them.

    Attributes:
        persons: (P,) person keys, sorted.
        whole: the ties from all evidence; of these only a person's own are used, for that person.
        open_circles: the active circles from open evidence alone; nothing else is used of two others.
        groups: (P,) unit of each person by kind.
        places: open places in which each person took part, by key.
        topics: (P, K) how much of each topic is a person's, from open places; None if not known.
        joined_on: the day each person came to the organisation, by key, where known.
        place_sizes: how many people took part in each open place.
    """

    persons: NDArray[np.object_]
    whole: Ties
    open_circles: Circles
    groups: Mapping[str, NDArray[np.object_]] = field(default_factory=dict)
    places: Mapping[str, frozenset[str]] = field(default_factory=dict)
    topics: Weights | None = None
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
    topics: Weights | None = None,
    joined_on: Mapping[str, date] | None = None,
) -> Colleagues:
    """Make a snapshot ready for advice about people.

    Args:
        network: with ties from all evidence, and groups.
        open_ties: the ties from open evidence alone, of the same persons.
        places: open places in which each person took part.
        topics: (P, K) from open places.
        joined_on: the day each person came to the organisation.
    """
    held = places or {}
    return Colleagues(
        persons=network.persons,
        whole=network.ties,
        open_circles=circles_of_ties(open_ties, people=len(network.persons)),
        groups=network.groups,
        places=held,
        topics=topics,
        joined_on=joined_on or {},
        place_sizes=Counter(place for theirs in held.values() for place in theirs),
    )


__all__ = ["Colleagues", "colleagues_of"]
