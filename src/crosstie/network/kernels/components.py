"""Which people are linked at all, over however many steps; compiled."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.compiled import compiled
from crosstie.network.circles import Circles, Offsets
from crosstie.network.network import Indices


def components(circles: Circles) -> NDArray[np.int64]:
    """Return (P,) the number of each person's component, in the order of their first people."""
    return _components(circles.starts, circles.contacts)


@compiled
def _components(starts: Offsets, contacts: Indices) -> NDArray[np.int64]:
    people = len(starts) - 1
    part = np.full(people, -1, dtype=np.int64)
    waiting = np.empty(people, dtype=np.int64)
    parts = 0
    for first in range(people):
        if part[first] >= 0:
            continue
        part[first], waiting[0], left = parts, first, 1
        while left:
            left -= 1
            person = waiting[left]
            for at in range(starts[person], starts[person + 1]):
                if part[contacts[at]] < 0:
                    part[contacts[at]] = parts
                    waiting[left] = contacts[at]
                    left += 1
        parts += 1
    return part
