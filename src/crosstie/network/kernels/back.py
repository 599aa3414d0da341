"""Where the other row of each tie stands; compiled."""

from __future__ import annotations

import numpy as np

from crosstie.ideas.compiled import compiled
from crosstie.network.circles import Offsets
from crosstie.network.network import Indices, Network


def back_of(network: Network) -> Indices:
    """Return (T,) the row of the tie from teacher to learner, for each row of the ties.

    Ties stand both ways and sorted. So while rows are gone through in order, those of any teacher are asked
    for in order as well, and one pointer a person is enough: linear, without any search.
    """
    return network.once("back", lambda: _of(network))


def _of(network: Network) -> Indices:
    ties, people = network.ties, len(network.persons)
    starts = np.zeros(people + 1, dtype=np.int64)
    np.cumsum(np.bincount(ties.learner, minlength=people), out=starts[1:])
    return _back(starts, ties.teacher)


@compiled
def _back(starts: Offsets, teachers: Indices) -> Indices:
    people = len(starts) - 1
    back = np.empty(len(teachers), dtype=np.int32)
    following = starts[:-1].copy()
    for learner in range(people):
        for at in range(starts[learner], starts[learner + 1]):
            teacher = teachers[at]
            back[at] = following[teacher]
            following[teacher] += 1
    return back
