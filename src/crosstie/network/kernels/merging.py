"""Directed, weighted edges, in any order and doubled or not, to rows of ties; compiled."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from crosstie.errors import UsageRefused
from crosstie.ideas.compiled import compiled
from crosstie.network.circles import Offsets
from crosstie.network.network import Indices, Weights

Halves: TypeAlias = NDArray[np.uint64]
"""Half an edge in one number: the other person in the upper 32 bits, then twice the place of the edge, plus 1
where it is the half of the target."""

MOST_EDGES = 2**31 - 1
_LOWER = np.uint64(2**32 - 1)
_UP = np.uint64(32)
_ONE = np.uint64(1)


class Rows(NamedTuple):
    """Symmetric rows: row i holds everybody whom an edge joins to person i.

    Attributes:
        starts: (P + 1,) row i is the slice ``starts[i]:starts[i + 1]`` of the others.
        whose: (R,) the person of the row.
        others: (R,) ascending in a row.
        out: (R,) the sum of the weights of the edges from i to the other, 0 without any.
        both: (R,) the sum of the weights in either direction.
    """

    starts: Offsets
    whose: Indices
    others: Indices
    out: Weights
    both: Weights


def rows_of(source: Indices, target: Indices, weight: Weights, *, people: int) -> Rows:
    """Return the rows of edges that join two different people each; doubled ones are summed.

    Sorted by counting, twice: put into rows, then into the rows of the others, person by person, which leaves
    them in order. Time is linear in edges and people; it takes 32 bytes an edge, half of which are gone when
    the rows are made.

    Raises:
        UsageRefused: there are more edges than can be numbered.
    """
    if len(source) > MOST_EDGES:
        raise UsageRefused(
            f"{len(source):,} edges are more than the {MOST_EDGES:,} that are measured at once.",
            hint="Sum those that have the same two ends first, or measure a part.",
        )
    starts, halves = _halves(source, target, people)
    halves = _turned(starts, halves)  # and those before are let go
    return Rows(*_merged(starts, halves, weight))


@compiled
def _halves(source: Indices, target: Indices, people: int) -> tuple[Offsets, Halves]:
    """Return both halves of every edge, row by row; unsorted in a row."""
    starts = np.zeros(people + 1, dtype=np.int64)
    for at in range(len(source)):
        starts[source[at] + 1] += 1
        starts[target[at] + 1] += 1
    for person in range(people):
        starts[person + 1] += starts[person]
    place = starts[:-1].astype(np.uint32)
    halves = np.empty(2 * len(source), dtype=np.uint64)
    for at in range(len(source)):
        one, other = source[at], target[at]
        halves[place[one]] = (np.uint64(other) << _UP) | np.uint64(2 * at)
        place[one] += np.uint32(1)
        halves[place[other]] = (np.uint64(one) << _UP) | np.uint64(2 * at + 1)
        place[other] += np.uint32(1)
    return starts, halves


@compiled
def _turned(starts: Offsets, halves: Halves) -> Halves:
    """Return the same halves, sorted in each row; both halves of an edge are there, so rows stay as long."""
    place = starts[:-1].astype(np.uint32)
    turned = np.empty(len(halves), dtype=np.uint64)
    for person in range(len(starts) - 1):
        for at in range(starts[person], starts[person + 1]):
            other = halves[at] >> _UP
            turned[place[other]] = (np.uint64(person) << _UP) | ((halves[at] & _LOWER) ^ _ONE)
            place[other] += np.uint32(1)
    return turned


@compiled
def _merged(
    starts: Offsets, halves: Halves, weight: Weights
) -> tuple[Offsets, Indices, Indices, Weights, Weights]:
    """Return the rows with one entry a person, in which what is doubled or goes both ways is summed.

    Whether a half goes on with the entry before is reckoned with rather than asked: a third of them do, which
    no processor guesses.
    """
    people = len(starts) - 1
    begins = np.zeros(people + 1, dtype=np.int64)
    whose = np.empty(len(halves), dtype=np.int32)
    others = np.empty(len(halves), dtype=np.int32)
    out = np.empty(len(halves))
    both = np.empty(len(halves))
    to = -1
    for person in range(people):
        before, sent, exchanged = np.int64(-1), 0.0, 0.0
        for at in range(starts[person], starts[person + 1]):
            other = np.int64(halves[at] >> _UP)
            half = halves[at] & _LOWER
            amount = weight[half >> _ONE]
            goes_on = other == before
            to += 0 if goes_on else 1
            sent = (sent if goes_on else 0.0) + (0.0 if half & _ONE else amount)
            exchanged = (exchanged if goes_on else 0.0) + amount
            whose[to], others[to], out[to], both[to] = person, other, sent, exchanged
            before = other
        begins[person + 1] = to + 1
    return begins, whose[: to + 1], others[: to + 1], out[: to + 1], both[: to + 1]
