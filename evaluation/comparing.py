"""Is one way better than another? Paired differences with their bootstrap interval."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

RESAMPLES = 10_000
SEED = 20
_AT_ONCE = 250


@dataclass(frozen=True, slots=True)
class Difference:
    """A mean difference with its 95 % interval; above 0 means the first is larger."""

    mean: float
    low: float
    high: float

    @property
    def verdict(self) -> str:
        """Say "better" or "worse" where the interval lies to one side of 0, else "not settled"."""
        if self.low > 0:
            return "better"
        return "worse" if self.high < 0 else "not settled"

    def __str__(self) -> str:
        return f"{self.mean:+.3f} ({self.low:+.3f} to {self.high:+.3f}), {self.verdict}"


def difference(ours: ArrayLike, theirs: ArrayLike, *, groups: Sequence[Hashable] = ()) -> Difference:
    """Return how much larger `ours` is than `theirs`, case by case.

    Args:
        ours: (n,) one figure a case.
        theirs: (n,) the same cases.
        groups: (n,) what each case belongs to, such as who asked; cases of one group are not independent, so
            groups are drawn as well, and the wider interval is given.

    Raises:
        ValueError: there is no case, or the two do not have the same cases.
    """
    by = np.asarray(ours, dtype=np.float64) - np.asarray(theirs, dtype=np.float64)
    if by.ndim != 1 or not len(by):
        raise ValueError("there is nothing to compare")
    intervals = [_interval(by, np.ones(len(by)))]
    if len(groups):
        number = {key: row for row, key in enumerate(dict.fromkeys(groups))}
        who = np.array([number[key] for key in groups])
        intervals.append(
            _interval(np.bincount(who, weights=by).astype(np.float64), np.bincount(who).astype(np.float64))
        )
    low, high = max(intervals, key=lambda pair: pair[1] - pair[0])
    return Difference(float(by.mean()), low, high)


def _interval(total: NDArray[np.float64], count: NDArray[np.float64]) -> tuple[float, float]:
    dice = np.random.default_rng(SEED)
    means = np.empty(RESAMPLES)
    for start in range(0, RESAMPLES, _AT_ONCE):
        drawn = dice.integers(0, len(total), (_AT_ONCE, len(total)))
        means[start : start + _AT_ONCE] = total[drawn].sum(axis=1) / count[drawn].sum(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)
