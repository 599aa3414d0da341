"""Who may still join a panel: so many of a group at least or at most, and not all of one circle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """How many of one group sit on a panel.

    Attributes:
        unit: the group's name.
        at_least: so many, or there is no panel.
        at_most: no more than so many; None for any number.
    """

    unit: str
    at_least: int = 0
    at_most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Which panels may be; groups with a quota do not overlap.

    Attributes:
        seats: how many people at most.
        near_seats: how many of them may be people the asker is in touch with.
        is_near: (C,) whether a candidate is.
        group: (C,) the row of a candidate's quota, -1 for none.
        quotas: the quotas.
    """

    seats: int
    near_seats: int
    is_near: NDArray[np.bool_]
    group: NDArray[np.int64]
    quotas: Sequence[Quota] = field(default=())

    def allowed(self, chosen: Sequence[int]) -> NDArray[np.bool_]:
        """Return (C,) who may join these, so that every least number can still be reached.

        A panel can be completed if there are seats and people for what each group lacks, and if those of them
        who have to come from the circle, as there is nobody else, find a seat for such. As groups do not
        overlap, no more has to be looked at.
        """
        kind = 2 * (self.group + 1) + self.is_near
        kinds = 2 * (len(self.quotas) + 1)
        taken = np.bincount(kind[list(chosen)], minlength=kinds)
        there = np.bincount(kind, minlength=kinds) - taken
        may = np.zeros(kinds, dtype=np.bool_)
        for one in np.flatnonzero(there):
            step = np.eye(1, kinds, int(one), dtype=np.int64)[0]
            may[one] = self._can_be_completed(taken + step, there - step)
        allowed: NDArray[np.bool_] = may[kind]
        allowed[list(chosen)] = False
        return allowed

    def can_be(self) -> bool:
        """Say whether any panel meets these limits."""
        kinds = 2 * (len(self.quotas) + 1)
        there = np.bincount(2 * (self.group + 1) + self.is_near, minlength=kinds)
        return self._can_be_completed(np.zeros(kinds, dtype=np.int64), there)

    def _can_be_completed(self, taken: NDArray[np.int64], there: NDArray[np.int64]) -> bool:
        near, seats = int(taken[1::2].sum()), int(taken.sum())
        if seats > self.seats or near > self.near_seats:
            return False
        lacking = from_circle = 0
        for row, quota in enumerate(self.quotas, start=1):
            has = int(taken[2 * row] + taken[2 * row + 1])
            if quota.at_most is not None and has > quota.at_most:
                return False
            lacks = max(0, quota.at_least - has)
            others, circle = int(there[2 * row]), int(there[2 * row + 1])
            if lacks > others + circle:
                return False
            lacking += lacks
            from_circle += max(0, lacks - others)
        return seats + lacking <= self.seats and near + from_circle <= self.near_seats


__all__ = ["Limits", "Quota"]
