"""Shortest paths from everybody to everybody: who stands between how many; compiled."""

from __future__ import annotations

import numpy as np

from crosstie.ideas.compiled import compiled
from crosstie.network.circles import Circles, Offsets
from crosstie.network.kernels.heaps import Distances, pop, push
from crosstie.network.network import Indices, Weights

FAR = np.iinfo(np.int64).max // 4
"""Farther than any path is long."""

FINEST = 30
_ROOM = 60
"""Bits for the longest path of all; less than `FAR` has."""


def lengths(circles: Circles) -> Distances:
    """Return (C,) the length of each tie: one over its contact, counted in parts of the strongest tie's.

    Whole numbers, so that two ways of equal length are equal in whichever order they are summed: that is
    what makes shares of shortest paths the same after renumbering. The strongest tie is 2**30 long, less
    where weights differ so much that the sum along a path would not fit 60 bits.
    """
    if not len(circles.weights):
        return np.zeros(0, dtype=np.int64)
    longest = 2.0**_ROOM / (circles.people + 1)
    with np.errstate(over="ignore"):
        ratio = np.minimum(circles.weights.max() / circles.weights, longest)
    bits = min(FINEST, int(np.log2(longest / ratio.max())))
    length: Distances = np.rint(ratio * 2.0**bits).astype(np.int64)
    return length


def dependencies(circles: Circles) -> Weights:
    """Return (P,) for each person the sum over pairs of others of the share of shortest paths through them.

    Brandes' accumulation, from everybody; each pair counts once.

    References:
        Brandes, U. (2001). A faster algorithm for betweenness centrality. J. Mathematical Sociology 25.
    """
    return _dependencies(circles.starts, circles.contacts, lengths(circles)) / 2.0


@compiled
def _dependencies(  # noqa: C901 - one search, and the way back
    starts: Offsets, contacts: Indices, length: Distances
) -> Weights:
    people = len(starts) - 1
    between = np.zeros(people)
    distance = np.full(people, FAR, dtype=np.int64)
    settled = np.zeros(people, dtype=np.bool_)
    paths = np.zeros(people)
    owed = np.zeros(people)
    order = np.empty(people, dtype=np.int32)
    keys = np.empty(len(contacts) + 1, dtype=np.int64)
    waiting = np.empty(len(contacts) + 1, dtype=np.int32)
    for source in range(people):
        if starts[source] == starts[source + 1]:
            continue
        reached = 0
        distance[source], paths[source] = 0, 1.0
        size = push(keys, waiting, 0, 0, source)
        while size > 0:
            person = waiting[0]
            size = pop(keys, waiting, size)
            if settled[person]:
                continue
            settled[person] = True
            order[reached] = person
            reached += 1
            for at in range(starts[person], starts[person + 1]):
                other = contacts[at]
                through = distance[person] + length[at]
                if through < distance[other]:
                    distance[other], paths[other] = through, paths[person]
                    size = push(keys, waiting, size, through, other)
                elif through == distance[other]:
                    paths[other] += paths[person]
        for place in range(reached - 1, -1, -1):
            person = order[place]
            for at in range(starts[person], starts[person + 1]):
                other = contacts[at]
                if distance[other] + length[at] == distance[person]:
                    owed[other] += paths[other] / paths[person] * (1.0 + owed[person])
            if person != source:
                between[person] += owed[person]
        for place in range(reached):
            person = order[place]
            distance[person], paths[person], owed[person], settled[person] = FAR, 0.0, 0.0, False
    return between
