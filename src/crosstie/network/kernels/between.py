"""How many contacts any two people have in common, in touch or not; compiled."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.compiled import compiled
from crosstie.network.circles import Circles, Offsets
from crosstie.network.network import Indices


def between(circles: Circles, low: NDArray[np.integer], high: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return (n,) how many people are in the circles of both, pair by pair.

    Args:
        circles: everyone's.
        low: (n,) one person of each pair.
        high: (n,) the other.
    """
    return _between(circles.starts, circles.contacts, low.astype(np.int32), high.astype(np.int32))


@compiled
def _between(starts: Offsets, contacts: Indices, low: Indices, high: Indices) -> NDArray[np.int64]:
    shared = np.zeros(len(low), dtype=np.int64)
    for pair in range(len(low)):
        one, one_ends = starts[low[pair]], starts[low[pair] + 1]
        two, two_ends = starts[high[pair]], starts[high[pair] + 1]
        while one < one_ends and two < two_ends:
            if contacts[one] == contacts[two]:
                shared[pair] += 1
                one += 1
                two += 1
            elif contacts[one] < contacts[two]:
                one += 1
            else:
                two += 1
    return shared
