"""From how many one learned, how many learned from one, and with how many it goes both ways; compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.compiled import compiled
from crosstie.network.network import Flags, Indices, Network


class Mutual(NamedTuple):
    """How many people each one has a directed tie with; (P,) each.

    Attributes:
        out: people one learned from.
        into: people who learned from one.
        both: people who are both.
    """

    out: NDArray[np.int64]
    into: NDArray[np.int64]
    both: NDArray[np.int64]


def mutual(network: Network, among: Flags) -> Mutual:
    """Return the counts over some of the ties.

    Args:
        network: ties stand both ways in it.
        among: (T,) the ties that count.
    """
    ties = network.ties
    return Mutual(*_mutual(ties.learner, ties.teacher, among, len(network.persons)))


@compiled
def _mutual(
    learner: Indices, teacher: Indices, among: Flags, people: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    out = np.zeros(people, dtype=np.int64)
    into = np.zeros(people, dtype=np.int64)
    both = np.zeros(people, dtype=np.int64)
    # Rows of any teacher are asked for in order, as `crosstie.network.kernels.back` says.
    starts = np.zeros(people + 1, dtype=np.int64)
    for at in range(len(learner)):
        starts[learner[at] + 1] += 1
    for person in range(people):
        starts[person + 1] += starts[person]
    following = starts[:-1].astype(np.uint32)
    for person in range(people):
        mine, theirs, mutually = 0, 0, 0
        for at in range(starts[person], starts[person + 1]):
            back = following[teacher[at]]
            following[teacher[at]] = back + np.uint32(1)
            mine += among[at]
            theirs += among[back]
            mutually += among[at] & among[back]
        out[person], into[person], both[person] = mine, theirs, mutually
    return out, into, both
