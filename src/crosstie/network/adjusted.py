"""Figures beside those of circles of about the same size, because nearly all of them are size in disguise."""

from __future__ import annotations

import numpy as np

from crosstie.network.circles import circles_of
from crosstie.network.metrics.metric import Scores
from crosstie.network.network import Network

PARTS = 10
FEWEST_ALIKE = 10
"""With fewer people who have a value and a circle of about the same size, there is nobody to stand beside."""


def adjusted(network: Network, scores: Scores) -> Scores:
    """Return (P,) for each person the share of people with about as large a circle whose score is lower.

    People with a circle and a score are cut by size into up to ten parts, as equal as whole sizes allow:
    people of one size are never in two parts. Within a part each gets its percentile rank: the share of
    lower scores plus half of the equal ones, oneself among these, from 0 to 1. NaN without a circle, without
    a score, and in parts of fewer than ten people.

    Chosen over the residual from degree-preserving rewirings: it needs no null model that ignores weights,
    costs two sorts, and is what *Circle check* says in words.
    """
    sizes = circles_of(network).sizes
    compared = np.flatnonzero((sizes > 0) & ~np.isnan(scores))
    found = np.full(len(scores), np.nan)
    if not len(compared):
        return found
    _, of_size, count = np.unique(sizes[compared], return_inverse=True, return_counts=True)
    middle = (np.cumsum(count) - count / 2.0) / len(compared)  # of each size, in the order of sizes
    part = np.minimum((middle * PARTS).astype(np.int64), PARTS - 1)[of_size]
    # Sums in another order differ in their last bits, and that must not part equals.
    value = np.array([float(f"{one:.9g}") for one in scores[compared].tolist()])
    order = np.lexsort((value, part))
    starts = np.searchsorted(part[order], np.arange(PARTS))
    _, block, ties = np.unique(
        np.stack([part[order].astype(np.float64), value[order]], axis=1),
        axis=0,
        return_inverse=True,
        return_counts=True,
    )
    first = np.cumsum(ties) - ties
    below = first[block] - starts[part[order]]
    alike = np.bincount(part, minlength=PARTS)[part[order]]
    rank = (below + ties[block] / 2.0) / alike
    found[compared[order]] = np.where(alike >= FEWEST_ALIKE, rank, np.nan)
    return found
