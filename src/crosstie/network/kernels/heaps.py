"""A heap of (distance, person), smallest distance first, in two arrays; compiled."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.compiled import compiled
from crosstie.network.network import Indices

Distances: TypeAlias = NDArray[np.int64]


@compiled
def push(keys: Distances, people: Indices, size: int, key: int, person: int) -> int:
    """Put a person in, and return the new size; the arrays must have room."""
    at = size
    while at > 0:
        parent = (at - 1) >> 1
        if keys[parent] <= key:
            break
        keys[at], people[at] = keys[parent], people[parent]
        at = parent
    keys[at], people[at] = key, person
    return size + 1


@compiled
def pop(keys: Distances, people: Indices, size: int) -> int:
    """Take the first out, which the caller has read, and return the new size."""
    size -= 1
    key, person = keys[size], people[size]
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and keys[child + 1] < keys[child]:
            child += 1
        if keys[child] >= key:
            break
        keys[at], people[at] = keys[child], people[child]
        at = child
    keys[at], people[at] = key, person
    return size
