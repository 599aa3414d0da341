"""A neighbour embedding of a graph in the plane, as UMAP's second half makes it; compiled.

Written here, and not taken from umap-learn, because importing that costs several CPU seconds and brings
scikit-learn, of which a map of ties needs nothing (docs/decisions/0003-structure-kernel-and-map.md).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.compiled import compiled
from crosstie.network.network import Indices, Weights

STEEPNESS = (1.5769434604035877, 0.8950608781227859)
"""a and b of the curve 1 / (1 + a d^2b), UMAP's fit for a smallest distance of 0.1."""

FARTHEST_STEP = 4.0
NEAREST = 0.001
"""Added to the square of a distance, so that two people in one place are not pushed apart without end."""

_MANTISSA_BITS = 23
_KEPT_BITS = 8
"""Of the 23 bits of a number of 32 bits that say where between two powers of two it lies: to 1 in 256."""

_DROPPED = _MANTISSA_BITS - _KEPT_BITS
REPELLED_A_PULL = 5


@compiled
def _next(state: np.uint64) -> np.uint64:
    """Return the next state of a linear congruential generator (Knuth's MMIX); its high bits are used."""
    return state * np.uint64(6364136223846793005) + np.uint64(1442695040888963407)


@compiled
def _short(move: float) -> float:
    return min(FARTHEST_STEP, max(-FARTHEST_STEP, move))


@compiled
def _by_distance() -> tuple[Weights, Weights]:
    """Return the pull of a tie and the push of two people, by the square of their distance.

    A power a push took four fifths of the time, so they are worked out once for every number of 32
    bits that is told apart by its `_KEPT_BITS`; the place in the table is the number's own upper bits.
    """
    a, b = STEEPNESS
    pull = np.zeros(2**31 >> _DROPPED)
    push = np.zeros(2**31 >> _DROPPED)
    for place in range(len(pull)):
        far = np.float64(np.int32((place << _DROPPED) + (1 << (_DROPPED - 1))).view(np.float32))
        if np.isfinite(far):
            near = 1.0 + a * far**b
            pull[place] = -2.0 * a * b * far ** (b - 1.0) / near
            push[place] = 2.0 * b / ((NEAREST + far) * near)
    return pull, push


@compiled
def _place(far: float) -> np.int64:
    """Return where the square of a distance stands in the tables."""
    return np.int64(np.float32(far).view(np.int32)) >> _DROPPED


@compiled
def embed(
    ends: Indices,
    often: Weights,
    start: NDArray[np.float64],
    epochs: int,
    seed: int,
) -> NDArray[np.float64]:
    """Return (n, 2) positions in which tied people are near and others apart.

    Each tie pulls its ends together as often as it is strong; each pull pushes one end away from a few people
    drawn at random. Serial, so that the same seed gives the same map.

    Args:
        ends: (m, 2) the two people of each tie, each tie once.
        often: (m,) how often each pulls, as a share of the epochs.
        start: (n, 2) where people start.
        epochs: how many rounds.
        seed: seed of the people drawn.

    References:
        McInnes, L., Healy, J. and Melville, J. (2018). UMAP. arXiv:1802.03426, algorithm 5.
    """
    pulls, pushes = _by_distance()
    place = start.copy()
    people = len(place)
    due = np.zeros(len(often))
    state = np.uint64(seed) * np.uint64(2862933555777941757) + np.uint64(3037000493)
    for epoch in range(epochs):
        step = 1.0 - epoch / epochs
        for tie in range(len(often)):
            due[tie] += often[tie]
            if due[tie] < 1.0:
                continue
            due[tie] -= 1.0
            i, j = ends[tie, 0], ends[tie, 1]
            far = (place[i, 0] - place[j, 0]) ** 2 + (place[i, 1] - place[j, 1]) ** 2
            if far > 0.0:
                pull = pulls[_place(far)]
                for axis in range(2):
                    move = _short(pull * (place[i, axis] - place[j, axis])) * step
                    place[i, axis] += move
                    place[j, axis] -= move
            for end in (i, j):
                for _ in range(REPELLED_A_PULL):
                    state = _next(state)
                    drawn = np.int64(((state >> np.uint64(33)) * np.uint64(people)) >> np.uint64(31))
                    if drawn == end:
                        continue
                    far = (place[end, 0] - place[drawn, 0]) ** 2 + (place[end, 1] - place[drawn, 1]) ** 2
                    push = pushes[_place(far)]
                    for axis in range(2):
                        place[end, axis] += _short(push * (place[end, axis] - place[drawn, axis])) * step
    return place
