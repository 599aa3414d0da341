"""How much of what is asked was asked before: by quarter with its interval, and whether it rises or falls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from crosstie.advice.routine import Links, RoutineSettings
from crosstie.network.shares import wilson

LEVEL = 0.95
DRAWS = 2_000
_BLOCK_MONTHS = 3
_LEAST_MONTHS = 12
_LEAST_QUESTIONS = 20
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


def trend(put: Put, *, since: date, until: date, smallest: int, seed: int) -> Trend | None:
    """Return by how much the monthly share changes in a year; None where there is too little to say.

    A line through the shares of whole months, each weighing as many questions as it has. Its interval is
    drawn from the residuals, in blocks of three months next to one another, as months hang together.

    Args:
        put: the questions.
        since: the first day on which all of the time before that counts is known.
        until: the first day that is not whole.
        smallest: how many people have to have asked in all of it, none of them more than half.
        seed: of the draws.

    References:
        Kuensch, H. R. (1989). The jackknife and the bootstrap for general stationary observations. Annals of
        Statistics 17.
    """
    first = _month(since) + (since.day > 1)
    month_of = _months(put.at)
    inside = (month_of >= first) & (month_of < _month(until))
    people = np.unique(put.asker[inside], return_counts=True)[1]
    if len(people) < smallest or people.max() > _MOST_OF_ONE * inside.sum():
        return None
    months, at_month = np.unique(month_of[inside], return_inverse=True)
    if len(months) < _LEAST_MONTHS:
        return None
    weight = np.bincount(at_month).astype(np.float64)
    share = np.bincount(at_month, weights=put.is_repeated[inside]) / weight
    years = months / _MONTHS_A_YEAR
    years = years - np.average(years, weights=weight)
    weight = weight / (weight * years**2).sum()

    def slope(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray((values * weight * years).sum(axis=-1))

    found = float(slope(share))
    line = np.average(share, weights=weight) + found * years
    generator = np.random.default_rng(seed)
    blocks = -(-len(months) // _BLOCK_MONTHS)
    starts = generator.integers(0, len(months) - _BLOCK_MONTHS + 1, (DRAWS, blocks))
    rows = (starts[:, :, None] + np.arange(_BLOCK_MONTHS)).reshape(DRAWS, -1)[:, : len(months)]
    drawn = slope(line + (share - line)[rows])
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Trend(a_year=found, low=float(low), high=float(high), months=len(months))


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
