"""How much of what is asked was asked before: by quarter with its interval, and whether it rises or falls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from crosstie.advice.routine import Links, RoutineSettings
from crosstie.network.shares import student, wilson

LEVEL = 0.95
_LEAST_MONTHS = 12
_LEAST_QUESTIONS = 20
_LEAST_OF_EACH = 10
"""Questions that came again, and that did not, over all of the time of a trend."""
_LEAST_ALONE = 5.0
_MOST_TOGETHER = 0.8
_MOST_OF_ONE = 0.5
_MONTHS_A_YEAR = 12
_MONTHS_A_QUARTER = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """Questions that were looked at; N rows, in order of time.

    Attributes:
        at: (N,) microseconds since 1970.
        asker: (N,) a number for each person.
        is_repeated: (N,) whether one like it was asked and answered not long before.
    """

    at: NDArray[np.int64]
    asker: NDArray[np.int64]
    is_repeated: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterShare:
    """The share of one quarter of the calendar.

    Attributes:
        begins_on: its first day.
        share, low, high: of its questions, those like earlier ones, with the 95 % interval; None where
            withheld: too few questions or people, or half of them one person's.
    """

    begins_on: date
    share: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """By how much the share changes in a year, with the 95 % interval; one of 0.02 is two in a hundred."""

    a_year: float
    low: float
    high: float
    months: int

    @property
    def is_settled(self) -> bool:
        """Say whether it is known to rise, or to fall."""
        return self.low > 0 or self.high < 0


def repeated(
    found: Links, at: NDArray[np.int64], settings: RoutineSettings | None = None
) -> NDArray[np.bool_]:
    """Return (Q,) of each question looked at, whether one like it was asked and answered not long before.

    Not long is `within_days`: with all of the past, the share would rise with the record alone.

    Args:
        found: the links.
        at: microseconds since 1970, of every question by its number; a number is 1 more than its row.
        settings: see there.
    """
    within = (settings or RoutineSettings()).within_days * 86_400e6
    is_recent = at[found.question - 1] - at[found.earlier - 1] <= within
    return np.isin(found.looked_at, found.question[is_recent])


def by_quarter(put: Put, *, since: date, until: date, smallest: int) -> tuple[QuarterShare, ...]:
    """Return the share of every whole quarter of the calendar; oldest first.

    The interval is Wilson's for as many cases as people asked, since what one person asks hangs together.

    Args:
        put: the questions.
        since: the first day on which all of the time before that counts is known.
        until: the first day that is not whole.
        smallest: how many people have to have asked in a quarter.
    """
    made = []
    month_of, begins = _months(put.at), _first_quarter(since)
    while _later(begins, _MONTHS_A_QUARTER) <= until:
        first = _month(begins)
        inside = (month_of >= first) & (month_of < first + _MONTHS_A_QUARTER)
        people = np.unique(put.asker[inside], return_counts=True)[1]
        count = int(inside.sum())
        if count >= _LEAST_QUESTIONS and len(people) >= smallest and people.max() <= _MOST_OF_ONE * count:
            share = float(put.is_repeated[inside].mean())
            low, high = wilson(share, len(people), level=LEVEL)
            made.append(QuarterShare(begins_on=begins, share=share, low=low, high=high))
        else:
            made.append(QuarterShare(begins_on=begins, share=None))
        begins = _later(begins, _MONTHS_A_QUARTER)
    return tuple(made)


def trend(put: Put, *, since: date, until: date, smallest: int) -> Trend | None:
    """Return by how much the monthly share changes in a year; None where there is too little to say.

    A line through the shares of whole months, each weighing as many questions as it has. Its interval is
    Student's, for fewer months the more those next to one another are alike, and never of a smaller variance
    than questions have that come again by chance.

    Args:
        put: the questions.
        since: the first day on which all of the time before that counts is known.
        until: the first day that is not whole.
        smallest: how many people have to have asked in all of it, none of them more than half.

    References:
        Santer, B. D. et al. (2000). Statistical significance of trends and trend differences in
        layer-average atmospheric temperature time series. J. Geophysical Research 105.
    """
    first = _month(since) + (since.day > 1)
    month_of = _months(put.at)
    inside = (month_of >= first) & (month_of < _month(until))
    people = np.unique(put.asker[inside], return_counts=True)[1]
    if len(people) < smallest or people.max() > _MOST_OF_ONE * inside.sum():
        return None
    again = put.is_repeated[inside]
    if min(again.sum(), (~again).sum()) < _LEAST_OF_EACH:
        return None
    months, at_month = np.unique(month_of[inside], return_inverse=True)
    if len(months) < _LEAST_MONTHS:
        return None
    weight = np.bincount(at_month).astype(np.float64)
    share = np.bincount(at_month, weights=again) / weight
    years = months / _MONTHS_A_YEAR
    years = years - np.average(years, weights=weight)
    spread = float((weight * years**2).sum())
    a_year, middle = float((weight * years * share).sum()) / spread, float(again.mean())
    left = share - middle - a_year * years
    count = len(months)
    alone = max(count / _hanging_together(np.sqrt(weight) * left), _LEAST_ALONE)
    by_chance = middle * (1.0 - middle) * (count - 2)
    variance = max(float((weight * left**2).sum()), by_chance) / (alone - 2)
    (reach,) = student(np.array([alone - 2]), level=LEVEL) * np.sqrt(variance / spread)
    return Trend(a_year=a_year, low=a_year - float(reach), high=a_year + float(reach), months=count)


def _hanging_together(left: NDArray[np.float64]) -> float:
    """Return as how many months one that hangs together with the next counts, at least 1.

    From the correlation of neighbours in what the line leaves, which a line through so few makes too small:
    by about (2 + 4 times it) over their number.
    """
    squares = float((left**2).sum())
    if squares == 0:
        return 1.0
    found = float((left[1:] * left[:-1]).sum()) / squares
    together = min(max((len(left) * found + 2) / (len(left) - 4), 0.0), _MOST_TOGETHER)
    return (1 + together) / (1 - together)


def known_from(first_at: datetime, settings: RoutineSettings | None = None) -> date:
    """Return the first day on which all of the time before that counts is in a record that begins then."""
    within = (settings or RoutineSettings()).within_days
    return (first_at + timedelta(days=within)).astimezone(UTC).date() + timedelta(days=1)


def _months(at: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the months of moments, counted from 1970, in UTC."""
    return at.astype("datetime64[us]").astype("datetime64[M]").astype(np.int64)


def _month(day: date) -> int:
    return (day.year - 1970) * _MONTHS_A_YEAR + day.month - 1


def _first_quarter(since: date) -> date:
    begins = date(since.year, since.month - (since.month - 1) % _MONTHS_A_QUARTER, 1)
    return begins if begins >= since else _later(begins, _MONTHS_A_QUARTER)


def _later(day: date, months: int) -> date:
    year, month = divmod(day.year * _MONTHS_A_YEAR + day.month - 1 + months, _MONTHS_A_YEAR)
    return date(year, month + 1, 1)
