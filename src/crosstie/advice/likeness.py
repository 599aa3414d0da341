"""How alike two people are in the places where they take part and the topics of their texts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from crosstie.network.network import Weights


def likeness(
    persons: NDArray[np.object_],
    me: int,
    others: NDArray[np.int64],
    *,
    places: Mapping[str, frozenset[str]],
    topics: Weights | None,
) -> Weights | None:
    """Return (n,) how alike one person is to each other, 0 to 1; None where nothing is known of it.

    The cosine of the places of both, where a place counts the more the fewer people take part in it, and of
    their topics; the mean of the two where both are known.

    Args:
        persons: (P,) person keys.
        me: index of the one.
        others: (n,) indices of the others.
        places: open places in which each person took part, by key.
        topics: (P, K) how much of each topic is a person's, none below 0.
    """
    found = []
    if places:
        found.append(_by_places(persons, me, others, places))
    if topics is not None:
        length = np.sqrt((topics**2).sum(axis=1))
        both = length[me] * length[others]
        product = topics[others] @ topics[me]
        found.append(np.divide(product, both, out=np.zeros(len(others)), where=both > 0))
    return np.mean(found, axis=0) if found else None


def _by_places(
    persons: NDArray[np.object_], me: int, others: NDArray[np.int64], places: Mapping[str, frozenset[str]]
) -> Weights:
    sizes: dict[str, int] = {}
    for held in places.values():
        for place in held:
            sizes[place] = sizes.get(place, 0) + 1
    rarity = {place: float(np.log(1 + len(places) / size)) ** 2 for place, size in sizes.items()}

    def weight(held: frozenset[str]) -> float:
        return sum(rarity[place] for place in sorted(held))

    mine = places.get(str(persons[me]), frozenset())
    own = weight(mine)
    alike = np.zeros(len(others))
    for row, other in enumerate(others.tolist()):
        theirs = places.get(str(persons[other]), frozenset())
        both = own * weight(theirs)
        if both > 0:
            alike[row] = weight(mine & theirs) / np.sqrt(both)
    return alike
