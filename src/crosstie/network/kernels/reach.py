"""How many people are two steps away at most; compiled."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.compiled import compiled
from crosstie.network.circles import Circles, Offsets
from crosstie.network.network import Indices


def within_two(circles: Circles) -> NDArray[np.int64]:
    """Return (P,) how many others are contacts of each person, or contacts of their contacts."""
    return _within_two(circles.starts, circles.contacts)


@compiled
def _within_two(starts: Offsets, contacts: Indices) -> NDArray[np.int64]:
    people = len(starts) - 1
    found = np.zeros(people, dtype=np.int64)
    seen_by = np.full(people, -1, dtype=np.int64)
    for person in range(people):
        seen_by[person] = person
        for at in range(starts[person], starts[person + 1]):
            contact = contacts[at]
            if seen_by[contact] != person:
                seen_by[contact] = person
                found[person] += 1
            for further in range(starts[contact], starts[contact + 1]):
                other = contacts[further]
                if seen_by[other] != person:
                    seen_by[other] = person
                    found[person] += 1
    return found
