"""Two rows a pair, in the order of who learned and from whom; compiled."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.compiled import compiled
from crosstie.network.network import Indices


@compiled
def order_of(low: Indices, high: Indices, people: int) -> NDArray[np.int64]:
    """Return (2N,) the rows in order: of a pair the place where low is the learner, N further where high is.

    Sorted by teacher and then by learner, by counting: everybody is as often the one as the other.

    Args:
        low: (N,) of pairs, each once.
        high: (N,) of the same.
        people: how many persons there may be.
    """
    count = len(low)
    starts = np.zeros(people + 1, dtype=np.int64)
    for at in range(count):
        starts[low[at] + 1] += 1
        starts[high[at] + 1] += 1
    for person in range(people):
        starts[person + 1] += starts[person]
    free = starts.copy()
    by_teacher = np.empty(2 * count, dtype=np.int64)
    for at in range(count):
        by_teacher[free[high[at]]] = at
        free[high[at]] += 1
        by_teacher[free[low[at]]] = count + at
        free[low[at]] += 1
    free[:] = starts
    order = np.empty(2 * count, dtype=np.int64)
    for row in by_teacher:
        learner = low[row] if row < count else high[row - count]
        order[free[learner]] = row
        free[learner] += 1
    return order
