"""How alike two people are in the places where they take part and the topics of their texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crosstie.advice.spreading import spread
from crosstie.network.circles import Circles
from crosstie.network.network import Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What people take part in and write about, made ready to compare many.

    Attributes:
        places: a row a person: the places, with the weight of each; None where no place is known.
        people: a row a place: the people in it, with weight 1.
        topics: (P, K) how much of each topic is a person's; None where it is not known.
    """

    places: Circles | None
    people: Circles | None
    topics: Weights | None

    def of(self, persons: NDArray[np.int64]) -> Weights | None:
        """Return (B, P) how alike each of B people is to everyone, 0 to 1; None where nothing is known of it.

        The cosine of the places of both, where a place counts the more the fewer people take part in it, and
        of their topics; the mean of the two where both are known.
        """
        found = []
        if self.places is not None and self.people is not None:
            found.append(self._by_places(persons, self.places, self.people))
        if self.topics is not None:
            length = np.sqrt((self.topics**2).sum(axis=1))
            found.append(_cosine(self.topics[persons] @ self.topics.T, length[persons], length))
        return np.mean(found, axis=0) if found else None

    def _by_places(self, persons: NDArray[np.int64], places: Circles, people: Circles) -> Weights:
        one = np.zeros((len(persons), places.people))
        one[np.arange(len(persons)), persons] = 1.0
        shared = spread(spread(one, places, columns=people.people), people, columns=places.people)
        own = np.bincount(places.rows(), weights=places.weights, minlength=places.people)
        length = np.sqrt(own)
        return _cosine(shared, length[persons], length)


def _cosine(product: Weights, mine: Weights, theirs: Weights) -> Weights:
    both = mine[:, None] * theirs[None]
    return np.divide(product, both, out=np.zeros_like(product), where=both > 0)


def likeness_of(
    persons: NDArray[np.object_], *, places: Mapping[str, frozenset[str]], topics: Weights | None
) -> Likeness:
    """Make ready what people take part in and write about.

    Args:
        persons: (P,) person keys.
        places: open places in which each person took part, by key.
        topics: (P, K), none below 0.
    """
    held = [sorted(places.get(str(person), ())) for person in persons]
    names = sorted({place for theirs in held for place in theirs})
    if not names:
        return Likeness(places=None, people=None, topics=topics)
    number = {place: row for row, place in enumerate(names)}
    who = np.repeat(np.arange(len(held)), [len(theirs) for theirs in held])
    where = np.array([number[place] for theirs in held for place in theirs], dtype=np.int64)
    rarity = np.log(1 + len(places) / np.bincount(where, minlength=len(names))) ** 2
    return Likeness(
        places=_rows(who, where, rarity[where], len(held)),
        people=_rows(where, who, np.ones(len(where)), len(names)),
        topics=topics,
    )


def _rows(row: NDArray[np.int64], column: NDArray[np.int64], weights: Weights, rows: int) -> Circles:
    order = np.lexsort((column, row))
    starts = np.zeros(rows + 1, dtype=np.int64)
    np.cumsum(np.bincount(row, minlength=rows), out=starts[1:])
    return Circles(starts=starts, contacts=column[order].astype(np.int32), weights=weights[order])


__all__ = ["Likeness", "likeness_of"]
