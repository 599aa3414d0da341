"""Each tie once, from its end with fewer contacts, people in the order of their contacts; compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from crosstie.ideas.compiled import compiled
from crosstie.network.circles import Offsets
from crosstie.network.kernels.prefetching import prefetch
from crosstie.network.network import Indices, Weights

_PEOPLE_AHEAD = 4


class Oriented(NamedTuple):
    """Every tie in the row of its end with fewer contacts (then of the smaller index).

    So a person with thousands of contacts has a short row, and a pass over triangles stays short. People are
    numbered anew, those with few contacts first: those whom most ties lead to then lie beside one another.

    Attributes:
        people: (P,) who has which new number.
        begins: (P + 1,) row a is the slice ``begins[a]:begins[a + 1]`` of the others.
        ends: (C/2,) new numbers, each above that of its row.
        contact: (C/2,) the weight of the tie.
    """

    people: Indices
    begins: Offsets
    ends: Indices
    contact: Weights


@compiled
def _ordered(starts: Offsets) -> Indices:
    """Return everybody by the number of contacts, then by index: sorted by counting."""
    people = len(starts) - 1
    most = 0
    for person in range(people):
        most = max(most, starts[person + 1] - starts[person])
    place = np.zeros(most + 2, dtype=np.int64)
    for person in range(people):
        place[starts[person + 1] - starts[person] + 1] += 1
    for size in range(most + 1):
        place[size + 1] += place[size]
    order = np.empty(people, dtype=np.int32)
    for person in range(people):
        size = starts[person + 1] - starts[person]
        order[place[size]] = person
        place[size] += 1
    return order


@compiled
def oriented(starts: Offsets, contacts: Indices, weights: Weights) -> Oriented:
    """Return the ties of symmetric rows, each once."""
    people = _ordered(starts)
    number = np.empty(len(people), dtype=np.int32)
    for a in range(len(people)):
        number[people[a]] = a
    begins = np.zeros(len(people) + 1, dtype=np.int64)
    ends = np.empty(len(contacts) // 2 + 1, dtype=np.int32)
    contact = np.empty(len(contacts) // 2 + 1)
    to = 0
    for a in range(len(people)):
        ahead = starts[people[min(a + _PEOPLE_AHEAD, len(people) - 1)]]
        prefetch(contacts, ahead)
        prefetch(weights, ahead)
        for at in range(starts[people[a]], starts[people[a] + 1]):
            # Written each time, and kept where it counts: quicker than to guess which end is the smaller.
            ends[to] = number[contacts[at]]
            contact[to] = weights[at]
            to += ends[to] > a
        begins[a + 1] = to
    return Oriented(people, begins, ends[:to], contact[:to])
