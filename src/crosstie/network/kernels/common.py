"""How many contacts the two ends of each tie have in common; compiled."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.compiled import compiled
from crosstie.network.circles import Circles, Offsets, circles_of
from crosstie.network.kernels.orienting import oriented
from crosstie.network.network import Indices, Network, Weights


def overlaps_of(network: Network) -> Weights:
    """Return (C,) the overlap of each tie of the circles: common contacts over all other contacts of the two.

    0 where the two know nobody else, as on a tie that nothing goes around.

    References:
        Onnela, J.-P. et al. (2007). Structure and tie strengths in mobile communication networks. PNAS 104.
    """
    return network.once("overlaps", lambda: _overlaps(circles_of(network)))


def _overlaps(circles: Circles) -> Weights:
    shared = common(circles)
    others = circles.sizes[circles.rows()] + circles.sizes[circles.contacts] - 2 - shared
    overlaps = np.zeros(len(shared))
    np.divide(shared, others, out=overlaps, where=others > 0)
    return overlaps


def common(circles: Circles) -> NDArray[np.int64]:
    """Return (C,) the number of common contacts of the two ends of each tie."""
    return _common(circles.starts, circles.contacts, circles.weights)


@compiled
def _common(starts: Offsets, contacts: Indices, weights: Weights) -> NDArray[np.int64]:
    people, begins, ends, _ = oriented(starts, contacts, weights)
    shared = _shared(begins, ends)
    number = np.empty(len(people), dtype=np.int32)
    for a in range(len(people)):
        number[people[a]] = a
    both = np.empty(len(contacts), dtype=np.int64)
    # Rows of anybody are asked for in order, as `crosstie.network.kernels.back` says.
    following = starts[:-1].copy()
    for person in range(len(people)):
        at = begins[number[person]]
        for row in range(starts[person], starts[person + 1]):
            other = contacts[row]
            if number[other] > number[person]:
                both[row] = shared[at]
                both[following[other]] = shared[at]
                at += 1
            following[other] += 1
    return both


@compiled
def _shared(begins: Offsets, ends: Indices) -> NDArray[np.int64]:
    """Return the number of triangles that each tie, standing once, is part of."""
    people = len(begins) - 1
    shared = np.zeros(len(ends), dtype=np.int64)
    place = np.full(people, -1, dtype=np.int32)
    for a in range(people):
        for at in range(begins[a], begins[a + 1]):
            place[ends[at]] = at
        for ab in range(begins[a], begins[a + 1]):
            for bc in range(begins[ends[ab]], begins[ends[ab] + 1]):
                ac = place[ends[bc]]
                if ac >= 0:
                    shared[ab] += 1
                    shared[ac] += 1
                    shared[bc] += 1
        for at in range(begins[a], begins[a + 1]):
            place[ends[at]] = -1
    return shared
