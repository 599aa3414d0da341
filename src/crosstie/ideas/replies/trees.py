"""Boosted trees as arrays of numbers, and the loop that asks them; compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.compiled import compiled
from crosstie.ideas.replies.stream import Real

Steps = NDArray[np.int32]

AT_ONCE = 4_096
"""So many rows pass one tree after the other, so that trees and rows stay in the processor's own memory."""


class Trees(NamedTuple):
    """Trees, one after the other; t trees of k nodes in all. The node to the left of a node is the next one.

    Attributes:
        first: (t,) the first node of each.
        column: (k,) the feature a node asks for, -1 for a leaf.
        value: (k,) up to which value a row goes left, or what a leaf says.
        right: (k,) the node to the right.
        missing_left: (k,) whether a row without the feature goes left.
    """

    first: Steps
    column: Steps
    value: Real
    right: Steps
    missing_left: NDArray[np.bool_]


def asked(features: Real, trees: Trees) -> Real:
    """Return (m,) the sum of what the trees say of each row."""
    return _asked(features, *trees)


@compiled
def _asked(  # noqa: PLR0917 - the arrays of `Trees`, in their order
    features: Real, first: Steps, column: Steps, value: Real, right: Steps, missing_left: NDArray[np.bool_]
) -> Real:
    total = np.zeros(len(features), np.float32)
    for start in range(0, len(features), AT_ONCE):
        end = min(start + AT_ONCE, len(features))
        for root in first:
            for row in range(start, end):
                node = root
                while column[node] >= 0:
                    known = features[row, column[node]]
                    if known <= value[node] or (missing_left[node] and np.isnan(known)):
                        node += 1
                    else:
                        node = right[node]
                total[row] += value[node]
    return total


@compiled
def chances(starts: NDArray[np.int64], said: Real) -> Real:
    """Return (m,) the share of each row among those of its message: exp(said) over its sum."""
    chance = np.empty(len(said), np.float32)
    for i in range(len(starts) - 1):
        top = said[starts[i] : starts[i + 1]].max()
        total = 0.0
        for row in range(starts[i], starts[i + 1]):
            chance[row] = np.exp(said[row] - top)
            total += chance[row]
        for row in range(starts[i], starts[i + 1]):
            chance[row] /= total
    return chance
