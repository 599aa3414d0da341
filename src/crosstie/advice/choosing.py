"""Choose the best panel, nearly: one after the other, then exchanged while that makes it better."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from crosstie.advice.quotas import Limits
from crosstie.advice.variety import Variety

_AT_ONCE = 64
_EQUAL = 1e-9
_EXCHANGED = 64


def chosen(variety: Variety, limits: Limits) -> tuple[int, ...]:
    """Return the rows of a panel, ascending.

    The one who adds most joins next, as long as the limits allow (lazy greedy: what somebody adds only
    shrinks, so that few have to be looked at again). Then one of the panel and one of the 64 others who add
    most are exchanged, as long as it gains. Equal ones: the lower row.

    Without quotas and where the circle's limit binds nobody, what is chosen is worth at least 1 - 1/e of the
    best panel; under one of the two at least half; under both a third.

    References:
        Nemhauser, G. L., Wolsey, L. A. and Fisher, M. L. (1978). An analysis of approximations for maximizing
        submodular set functions I and (Fisher et al.) II. Mathematical Programming 14 and Study 8.
        Minoux, M. (1978). Accelerated greedy algorithms for maximizing submodular set functions.
    """
    if not len(variety) or not limits.can_be():
        return ()
    everyone = np.arange(len(variety))
    bounds = variety.gains(everyone, *variety.with_chosen(()))
    first = bounds.copy()
    panel: list[int] = []
    while len(panel) < limits.seats:
        row = _next(variety, panel, bounds, limits.allowed(panel))
        if row is None:
            break
        panel.append(row)
    return tuple(sorted(_exchanged(variety, panel, limits, first, bounds)))


def _next(
    variety: Variety, panel: list[int], bounds: NDArray[np.float64], allowed: NDArray[np.bool_]
) -> int | None:
    """Return who adds most; `bounds` hold what each added at most, and are made tighter."""
    held, nearest = variety.with_chosen(panel)
    stale = allowed.copy()
    best, gain = None, -np.inf
    while stale.any():
        rows = np.flatnonzero(stale)
        if len(rows) > _AT_ONCE:
            rows = rows[np.argpartition(-bounds[rows], _AT_ONCE)[:_AT_ONCE]]
        if bounds[rows].max() < gain - _EQUAL:
            break
        rows = np.sort(rows)
        bounds[rows] = variety.gains(rows, held, nearest)
        stale[rows] = False
        top = float(bounds[rows].max())
        row = int(rows[bounds[rows] >= top - _EQUAL][0])
        if top > gain + _EQUAL or (top > gain - _EQUAL and best is not None and row < best):
            best, gain = row, top
    return best


def _exchanged(
    variety: Variety,
    panel: list[int],
    limits: Limits,
    first: NDArray[np.float64],
    bounds: NDArray[np.float64],
) -> list[int]:
    """Return the panel after the exchanges that make it better, each the best one there is."""
    if not panel:
        return panel
    order = np.lexsort((np.arange(len(first)), -first, -bounds))
    others = np.sort(order[: _EXCHANGED + len(panel)])
    for _ in range(limits.seats):
        best, gain = None, _EQUAL
        worth = variety.value(panel)
        for place in range(len(panel)):
            rest = panel[:place] + panel[place + 1 :]
            rows = others[limits.allowed(rest)[others]]
            rows = rows[~np.isin(rows, panel)]
            if not len(rows):
                continue
            more = variety.gains(rows, *variety.with_chosen(rest)) + variety.value(rest) - worth
            top = int(np.argmax(more))
            if more[top] > gain:
                best, gain = [*rest, int(rows[top])], float(more[top])
        if best is None:
            break
        panel = best
    return panel


__all__ = ["chosen"]
