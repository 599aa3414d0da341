"""The core each person is in, by peeling off whoever has fewest contacts left; compiled."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.compiled import compiled
from crosstie.network.circles import Circles, Offsets
from crosstie.network.network import Indices


def core_numbers(circles: Circles) -> NDArray[np.int64]:
    """Return (P,) the largest k for which each person has k contacts among people of whom the same holds.

    References:
        Batagelj, V. and Zaversnik, M. (2003). An O(m) algorithm for cores decomposition. cs/0310049.
    """
    return _core_numbers(circles.starts, circles.contacts)


@compiled
def _core_numbers(starts: Offsets, contacts: Indices) -> NDArray[np.int64]:
    people = len(starts) - 1
    left = np.empty(people, dtype=np.int64)
    most = 0
    for person in range(people):
        left[person] = starts[person + 1] - starts[person]
        most = max(most, left[person])
    begin = np.zeros(most + 2, dtype=np.int64)  # where those with so many contacts left begin in `order`
    for person in range(people):
        begin[left[person] + 1] += 1
    for size in range(most + 1):
        begin[size + 1] += begin[size]
    order = np.empty(people, dtype=np.int64)
    place = np.empty(people, dtype=np.int64)
    following = begin.copy()
    for person in range(people):
        place[person] = following[left[person]]
        order[place[person]] = person
        following[left[person]] += 1
    for at in range(people):
        person = order[at]
        for tie in range(starts[person], starts[person + 1]):
            other = contacts[tie]
            if left[other] <= left[person]:
                continue
            # The other goes to the front of those with as many left, and from there to those with one fewer.
            front = begin[left[other]]
            first = order[front]
            order[front], order[place[other]] = other, first
            place[first], place[other] = place[other], front
            begin[left[other]] = front + 1
            left[other] -= 1
    return left
