"""A network from anybody's edges: who is tied to whom, and how strongly, without times or places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crosstie.errors import UsageRefused
from crosstie.network.network import NO_EVIDENCE, NO_TIME, Indices, Network, Ties, Weights

NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)
"""The date of a network in which nothing has a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What became of the rows of an edge list.

    Attributes:
        rows: rows given.
        self_loops: rows that tie somebody to themselves, left out.
        without_weight: rows of weight 0, left out; their people stay.
        doubled: rows whose two ends stood in an earlier row in the same order; their weights are summed.
        ties: ordered pairs with a weight, after that.
        people: people named in any row.
    """

    rows: int
    self_loops: int
    without_weight: int
    doubled: int
    ties: int
    people: int


def network_of_edges(
    source: NDArray[Any],
    target: NDArray[Any],
    weight: Weights,
    *,
    directed: bool = True,
) -> tuple[Network, Counted]:
    """Return the network of edges, and what became of the rows.

    An edge from A to B says that A turned to B and learned from B, as much as its weight says; contact is
    the sum of both directions. An edge without direction is half of its weight in each. Every tie is active.

    Args:
        source: (R,) keys of people, whole numbers or texts.
        target: (R,) the same kind of keys.
        weight: (R,) 0 or more, finite.
        directed: whether the order of the two ends means something.

    Raises:
        UsageRefused: a weight is negative or no number.
    """
    bad = ~(np.isfinite(weight) & (weight >= 0))
    if bad.any():
        row = int(np.flatnonzero(bad)[0])
        count = int(bad.sum())
        raise UsageRefused(
            f"{count:,} {'weight is' if count == 1 else 'weights are'} negative or no number, the first in"
            f" row {row + 1:,}: {weight[row]}.",
            hint="Leave such rows out, or give them the weight they should have; 0 is no tie.",
        )
    persons, one, other = _numbered(source, target)
    loops, nothing = one == other, weight == 0
    kept = ~(loops | nothing)
    if not kept.all():
        one, other, weight = one[kept], other[kept], weight[kept]
    edges = len(one)
    if not directed:
        half = weight / 2.0
        one, other = np.concatenate([one, other]), np.concatenate([other, one])
        weight = np.concatenate([half, half])
    ties = _ties(one, other, weight, people=len(persons))
    pairs = int(np.count_nonzero(ties.learned))
    found = pairs if directed else pairs // 2
    return Network(persons=persons, ties=ties, as_of=NO_DATE), Counted(
        rows=len(loops),
        self_loops=int(loops.sum()),
        without_weight=int((nothing & ~loops).sum()),
        doubled=edges - found,
        ties=found,
        people=len(persons),
    )


def _ties(source: Indices, target: Indices, weight: Weights, *, people: int) -> Ties:
    """Return the ties; what an edge list does not say is one value for all, which takes no memory."""
    from crosstie.network.kernels.merging import rows_of  # loads numba

    rows = rows_of(source, target, weight, people=people)
    count = len(rows.others)
    no = np.broadcast_to(np.False_, count)  # weights are of any unit, and no measure asks for it
    yes, never = np.broadcast_to(np.True_, count), np.broadcast_to(np.int64(NO_TIME), count)
    return Ties(
        learner=rows.whose,
        teacher=rows.others,
        learned=rows.out,
        turned_to=rows.out,
        contact=rows.both,
        known_contact=rows.both,
        first_at=never,
        last_at=never,
        stated=yes,
        active=yes,
        known=yes,
        is_open=yes,
        one_way=no,
        evidence=np.broadcast_to(np.uint64(NO_EVIDENCE), count),
    )


def _numbered(source: NDArray[Any], target: NDArray[Any]) -> tuple[NDArray[np.object_], Indices, Indices]:
    """Return everybody's key, sorted, and the two ends of each edge as places among them."""
    if source.dtype.kind in "iu" and target.dtype.kind in "iu":
        return _whole_numbers(source, target)
    first, second = source.tolist(), target.tolist()
    keys = sorted({*first, *second})
    place = {key: at for at, key in enumerate(keys)}
    persons = np.empty(len(keys), dtype=object)
    persons[:] = keys
    ends = (
        np.fromiter(map(place.__getitem__, end), dtype=np.int32, count=len(end)) for end in (first, second)
    )
    return persons, next(ends), next(ends)


def _whole_numbers(source: NDArray[Any], target: NDArray[Any]) -> tuple[NDArray[Any], Indices, Indices]:
    if not len(source):
        nobody = np.zeros(0, dtype=np.int32)
        return np.zeros(0, dtype=np.int64), nobody, nobody
    lowest = min(int(source.min()), int(target.min()))
    span = max(int(source.max()), int(target.max())) - lowest + 1
    if span <= 4 * len(source) + 1024:  # dense enough to look each number up
        seen = np.zeros(span, dtype=np.bool_)
        seen[source - lowest] = True
        seen[target - lowest] = True
        if seen.all():
            return (
                np.arange(lowest, lowest + span),
                (source - lowest).astype(np.int32),
                (target - lowest).astype(np.int32),
            )
        number: Indices = (np.cumsum(seen, dtype=np.int64) - 1).astype(np.int32)
        return np.flatnonzero(seen) + lowest, number[source - lowest], number[target - lowest]
    persons, place = np.unique(np.concatenate([source, target]), return_inverse=True)
    ends: Indices = place.astype(np.int32)
    return persons, ends[: len(source)], ends[len(source) :]
