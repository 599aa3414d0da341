"""How a group changed between two days: the mean with its interval, where it says nothing of one person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, fmean, stdev

from crosstie.privacy import SMALLEST_EVER

LEVEL = 0.9
_MOST_OF_ALL = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChange:
    """By how much a figure of a group's people changed.

    Attributes:
        people: how many are counted; 0 where it is not said.
        mean: of their differences; None where it is not said.
        low, high: the 90 % interval of the mean; None likewise.
    """

    people: int
    mean: float | None
    low: float | None
    high: float | None


NOT_SAID = GroupChange(people=0, mean=None, low=None, high=None)


def group_change(differences: Sequence[float], *, smallest: int) -> GroupChange:
    """Return the mean of a group's differences with Student's interval; nothing where it would tell of one.

    Nothing is said of fewer people than the smallest group, where one person makes up more than half of all
    change, or where all changed alike, since then everybody's own figure is known.

    Args:
        differences: of each person, after less before.
        smallest: the smallest group that is shown; values under `SMALLEST_EVER` are raised to it.

    References:
        Student (1908). The probable error of a mean. Biometrika 6.
    """
    people = len(differences)
    if people < max(smallest, SMALLEST_EVER):
        return NOT_SAID
    sizes = [abs(one) for one in differences]
    if min(differences) == max(differences) or max(sizes) > _MOST_OF_ALL * sum(sizes):
        return NOT_SAID
    mean = fmean(differences)
    half = t_quantile(0.5 + LEVEL / 2, people - 1) * stdev(differences) / sqrt(people)
    return GroupChange(people=people, mean=mean, low=mean - half, high=mean + half)


def t_quantile(share: float, freedom: int) -> float:
    """Return a quantile of Student's t, to three digits from four degrees of freedom on.

    The expansion in the normal quantile to the fourth order.

    References:
        Abramowitz, M. and Stegun, I. A. (1964). Handbook of Mathematical Functions, 26.7.5.
    """
    z = NormalDist().inv_cdf(share)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92_160,
    )
    return z + sum(float(term / freedom**order) for order, term in enumerate(terms, start=1))


__all__ = ["LEVEL", "NOT_SAID", "GroupChange", "group_change", "t_quantile"]
