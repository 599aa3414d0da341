"""Who would have used a topic when by chance: times change hands among people of the same group."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

ROUNDS = 30
"""How often everybody meets somebody to change times with, between what happened and a shuffled world."""

_AT_ONCE = 1_000_000
"""So many times are shuffled together: it bounds memory."""


def shuffled_times(
    at: NDArray[np.int64],
    *,
    group: NDArray[np.int64],
    begins: NDArray[np.int64],
    ends: NDArray[np.int64],
    count: int,
    dice: np.random.Generator,
) -> Iterator[NDArray[np.int64]]:
    """Yield (S, U) times until there were `count` rows, in each row those of `at` in another order.

    Two people change times only within their group, so that every group uses the topic when it did, whatever
    made it do so; and only where each was there at the other's time, so that whoever comes late to everything
    follows nobody by that alone.

    All rows begin in one world that is itself a way off from what happened, each way as long as the other.
    So what happened is one draw among equals if times are exchangeable, and the share of worlds as far out as
    it is a p-value, however well the rows are mixed.

    Args:
        at: (U,) when each one first used it.
        group: (U,) the group of each.
        begins: (U,) from when each was there.
        ends: (U,) and until when.
        count: how many worlds.
        dice: chance.

    References:
        Anagnostopoulos, A., Kumar, R., Mahdian, M. (2008). Influence and correlation in social networks.
        KDD: the shuffle test. Besag, J., Clifford, P. (1989). Generalized Monte Carlo significance tests.
        Biometrika 76(4): the parallel method.
    """
    known = np.sort(at)
    rank = np.argsort(np.argsort(at, kind="stable"), kind="stable").astype(np.int32)
    # From which to which of the sorted times each one was there; one column, to stand beside many worlds.
    low = np.searchsorted(known, begins, side="left").astype(np.int32)[:, None]
    high = np.searchsorted(known, ends, side="right").astype(np.int32)[:, None]
    meetings = [_pairs(group, dice) for _ in range(ROUNDS)]

    def change(worlds: NDArray[np.int32], one: NDArray[np.int64], other: NDArray[np.int64]) -> None:
        """Let pairs who may change times do so half of the time."""
        first, second = worlds[one], worlds[other]
        do = np.frombuffer(dice.bytes(first.size), dtype=np.int8).reshape(first.shape) >= 0
        do &= (second >= low[one]) & (second < high[one])
        do &= (first >= low[other]) & (first < high[other])
        worlds[one] = np.where(do, second, first)
        worlds[other] = np.where(do, first, second)

    hub = rank[:, None].copy()
    for one, other in reversed(meetings):
        change(hub, one, other)
    most = max(1, _AT_ONCE // max(len(at), 1))
    for made in range(0, count, most):
        worlds = np.repeat(hub, min(most, count - made), axis=1)
        for one, other in meetings:
            change(worlds, one, other)
        yield known[worlds].T


def _pairs(
    group: NDArray[np.int64], dice: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return two and two of the same group, as chance has it, each one once at most."""
    order = dice.permutation(len(group))
    order = order[np.argsort(group[order], kind="stable")]
    first = int(dice.integers(0, 2))
    one, other = order[first:-1:2], order[first + 1 :: 2]
    same = group[one] == group[other]
    return one[same], other[same]
