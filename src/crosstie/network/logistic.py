"""Logistic regression with an L2 penalty, by Newton's method."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_STEPS = 50
_SMALL = 1e-8
_AT_ONCE = 2**15
"""So many rows stay near the processor, and are worth several threads where there are some."""

Columns = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Logistic:
    """What was learned: how each column is standardised, and its weight; K columns.

    Attributes:
        means, deviations: (K,) of the columns that were learned from.
        weights: (K,) of the standardised columns.
        level: what is added.
    """

    means: Columns
    deviations: Columns
    weights: Columns
    level: float

    def chances(self, columns: Columns) -> Columns:
        """Return (n,) the probability of each row of (n, K) columns."""
        score = (columns - self.means) / self.deviations @ self.weights + self.level
        made: Columns = 1.0 / (1.0 + np.exp(-np.clip(score, -30.0, 30.0)))
        return made


def learned(columns: Columns, happened: NDArray[np.bool_], *, penalty: float = 1.0) -> Logistic:
    """Learn from rows what makes something likely; there is one answer, and no seed.

    Args:
        columns: (n, K).
        happened: (n,) whether it did; both are there.
        penalty: L2, on the weights of standardised columns.

    Raises:
        ValueError: it always happened, or never.
    """
    if happened.all() or not happened.any():
        raise ValueError("nothing can be learned where it always happened, or never")
    means, deviations = columns.mean(axis=0), np.maximum(columns.std(axis=0), _SMALL)
    rows = np.column_stack([(columns - means) / deviations, np.ones(len(columns))])
    held = np.append(np.full(columns.shape[1], penalty), 0.0)
    weights = np.zeros(rows.shape[1])
    weights[-1] = np.log(happened.mean() / (1 - happened.mean()))
    for _ in range(_STEPS):
        slope, curve = -held * weights, np.diag(held + _SMALL)
        for first in range(0, len(rows), _AT_ONCE):
            some = rows[first : first + _AT_ONCE]
            chance = 1.0 / (1.0 + np.exp(-np.clip(some @ weights, -30.0, 30.0)))
            slope += some.T @ (happened[first : first + _AT_ONCE] - chance)
            some = some * np.sqrt(chance * (1 - chance))[:, None]
            curve += some.T @ some
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if np.abs(step).max() < _SMALL:
            break
    return Logistic(means=means, deviations=deviations, weights=weights[:-1], level=float(weights[-1]))
