"""The area under the ROC curve, and the interval of a difference between two, over several lists of cases."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from evaluation.comparing import SEED, Difference

RESAMPLES = 2_000
Scores = NDArray[np.float64]


def area(scores: Scores, true: NDArray[np.bool_], times: Scores | None = None) -> float:
    """Return how often a true case scores above a false one; ties count half.

    Args:
        scores: (n,).
        true: (n,).
        times: (n,) how often each case counts; once, if not given.
    """
    counts = np.ones(len(scores)) if times is None else times
    row = np.unique(scores, return_inverse=True)[1]
    yes, no = np.bincount(row, weights=counts * true), np.bincount(row, weights=counts * ~true)
    below = np.cumsum(no) - no
    return float((yes * (below + no / 2)).sum() / (yes.sum() * no.sum()))


def difference_of_areas(
    ours: Sequence[Scores], theirs: Sequence[Scores], true: Sequence[NDArray[np.bool_]]
) -> Difference:
    """Return by how much our mean area over the lists is larger; cases are drawn within their list."""
    dice = np.random.default_rng(SEED)
    by = [
        area(one, is_true) - area(two, is_true) for one, two, is_true in zip(ours, theirs, true, strict=True)
    ]
    drawn = np.empty(RESAMPLES)
    for turn in range(RESAMPLES):
        found = []
        for one, two, is_true in zip(ours, theirs, true, strict=True):
            times = np.bincount(dice.integers(0, len(one), len(one)), minlength=len(one)).astype(np.float64)
            found.append(area(one, is_true, times) - area(two, is_true, times))
        drawn[turn] = np.mean(found)
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Difference(float(np.mean(by)), float(low), float(high))
