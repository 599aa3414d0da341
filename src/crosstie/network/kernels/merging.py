"""Directed, weighted edges, in any order and doubled or not, to rows of ties; compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from crosstie.ideas.compiled import compiled
from crosstie.network.circles import Offsets
from crosstie.network.network import Indices, Weights


class Rows(NamedTuple):
    """Symmetric rows: row i holds everybody whom an edge joins to person i.

    Attributes:
        starts: (P + 1,) row i is the slice ``starts[i]:starts[i + 1]`` of the others.
        others: (R,) ascending in a row.
        out: (R,) the sum of the weights of the edges from i to the other, 0 without any.
        both: (R,) the sum of the weights in either direction.
    """

    starts: Offsets
    others: Indices
    out: Weights
    both: Weights


def rows_of(source: Indices, target: Indices, weight: Weights, *, people: int) -> Rows:
    """Return the rows of edges that join two different people each; doubled ones are summed.

    Sorted by counting, twice: by target, then by source; that takes time linear in edges and people.
    """
    into = _counted(target, source, weight, people)
    out = _turned(*into, people)
    return Rows(*_merged(out, _turned(*out, people), people))


@compiled
def _counted(end: Indices, other: Indices, weight: Weights, people: int) -> tuple[Offsets, Indices, Weights]:
    """Return the edges row by row of one of their ends; unsorted in a row."""
    starts = np.zeros(people + 1, dtype=np.int64)
    for at in range(len(end)):
        starts[end[at] + 1] += 1
    for person in range(people):
        starts[person + 1] += starts[person]
    place = starts[:-1].copy()
    others = np.empty(len(end), dtype=np.int32)
    weights = np.empty(len(end))
    for at in range(len(end)):
        to = place[end[at]]
        place[end[at]] = to + 1
        others[to], weights[to] = other[at], weight[at]
    return starts, others, weights


@compiled
def _turned(
    starts: Offsets, others: Indices, weights: Weights, people: int
) -> tuple[Offsets, Indices, Weights]:
    """Return the same edges row by row of their other end, sorted in each row."""
    turned = np.zeros(people + 1, dtype=np.int64)
    for at in range(len(others)):
        turned[others[at] + 1] += 1
    for person in range(people):
        turned[person + 1] += turned[person]
    place = turned[:-1].copy()
    back = np.empty(len(others), dtype=np.int32)
    weight = np.empty(len(others))
    for person in range(people):
        for at in range(starts[person], starts[person + 1]):
            to = place[others[at]]
            place[others[at]] = to + 1
            back[to], weight[to] = person, weights[at]
    return turned, back, weight


@compiled
def _merged(
    out: tuple[Offsets, Indices, Weights], into: tuple[Offsets, Indices, Weights], people: int
) -> tuple[Offsets, Indices, Weights, Weights]:
    """Return the union of what goes out of and into each person, both sorted, doubled ones summed."""
    starts = np.zeros(people + 1, dtype=np.int64)
    for person in range(people):
        a, b, found = out[0][person], into[0][person], 0
        while a < out[0][person + 1] or b < into[0][person + 1]:
            other = _next(out, into, a, b, person)
            while a < out[0][person + 1] and out[1][a] == other:
                a += 1
            while b < into[0][person + 1] and into[1][b] == other:
                b += 1
            found += 1
        starts[person + 1] = starts[person] + found
    others = np.empty(starts[people], dtype=np.int32)
    given = np.empty(starts[people])
    both = np.empty(starts[people])
    to = 0
    for person in range(people):
        a, b = out[0][person], into[0][person]
        while a < out[0][person + 1] or b < into[0][person + 1]:
            other = _next(out, into, a, b, person)
            sent, received = 0.0, 0.0
            while a < out[0][person + 1] and out[1][a] == other:
                sent += out[2][a]
                a += 1
            while b < into[0][person + 1] and into[1][b] == other:
                received += into[2][b]
                b += 1
            others[to], given[to], both[to] = other, sent, sent + received
            to += 1
    return starts, others, given, both


@compiled
def _next(
    out: tuple[Offsets, Indices, Weights], into: tuple[Offsets, Indices, Weights], a: int, b: int, person: int
) -> np.int64:
    """Return the smallest of the two people who come next in the two sorted rows."""
    if a >= out[0][person + 1]:
        return np.int64(into[1][b])
    if b >= into[0][person + 1]:
        return np.int64(out[1][a])
    return np.int64(min(out[1][a], into[1][b]))
