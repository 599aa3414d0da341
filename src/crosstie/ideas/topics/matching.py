"""Which topic is which, when topics were looked for anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

SAME = 0.5
"""A topic is the one from before if the two share so much of what is in either (Dice)."""


def matched(
    key: NDArray[Any],
    topic: NDArray[np.int32],
    *,
    count: int,
    before: tuple[Mapping[str, int], int] | None,
) -> tuple[tuple[int, ...], int]:
    """Return the number of each topic, and the next that is free.

    Only conversations that were there before and have a topic both times count. The largest overlaps are
    taken first, each topic once on either side; what overlaps by less than half is another topic.

    Args:
        key: (N,) conversations.
        topic: (N,) the topic of each now, -1 for none.
        count: how many topics there are now.
        before: the number of each conversation's topic then, -1 for none, and the next number that was free.
    """
    if before is None:
        return tuple(range(count)), count
    earlier, next_id = before
    was = np.array([earlier.get(one, -1) for one in key.tolist()], dtype=np.int64)
    both = (was >= 0) & (topic >= 0)
    pairs, shared = np.unique(np.column_stack([topic[both], was[both]]), axis=0, return_counts=True)
    now_size = np.bincount(topic[both], minlength=count)
    was_size = np.bincount(was[both], minlength=next_id)
    dice = 2 * shared / (now_size[pairs[:, 0]] + was_size[pairs[:, 1]])
    ids = [-1] * count
    taken: set[int] = set()
    for at in np.lexsort((pairs[:, 1], pairs[:, 0], -dice)).tolist():
        now, then = pairs[at].tolist()
        if dice[at] >= SAME and ids[now] < 0 and then not in taken:
            ids[now] = then
            taken.add(then)
    for row in range(count):
        if ids[row] < 0:
            ids[row], next_id = next_id, next_id + 1
    return tuple(ids), next_id
