"""A half hour to propose to people who are to meet: on a working day, in working time, when all are there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HALF_HOUR = timedelta(minutes=30)

STARTS = tuple(time(hour, minute) for hour in (10, 11, 14, 15) for minute in (0, 30))
"""Beginnings of half hours that are nobody's first, last or midday, in local time."""

_SATURDAY = 5
_SPREAD_DAYS = 5
_LONGEST_SEARCH = timedelta(days=180)


def half_hour(
    *,
    after: date,
    zone: ZoneInfo,
    is_away: Callable[[date], bool],
    taken: Collection[datetime] = (),
    free: Collection[date] = (),
    seed: str,
) -> datetime | None:
    """Return when a half hour begins, in UTC; None where nobody is there together for half a year.

    From the third working day after `after` on, spread by the seed over a week of working days and over the
    day, so that a whole group does not meet at once. Nobody's calendar is known, so it is a proposal.

    Args:
        after: the day on which it is proposed.
        zone: where these people work; weekends and hours are those of this zone.
        is_away: whether one of them is not there on a day.
        taken: beginnings that are somebody's already, aware.
        free: days on which nobody works.
        seed: makes the choice.
    """
    drawn = hashlib.sha256(seed.encode()).digest()
    working = 0
    wait = 3 + drawn[0] % _SPREAD_DAYS
    taken_at = frozenset(taken)
    day = after
    while day < after + _LONGEST_SEARCH:
        day += timedelta(days=1)
        if day.weekday() >= _SATURDAY or day in free:
            continue
        working += 1
        if working < wait or is_away(day):
            continue
        for turn in range(len(STARTS)):
            starts = STARTS[(drawn[1] + turn) % len(STARTS)]
            begins = datetime.combine(day, starts, tzinfo=zone).astimezone(ZoneInfo("UTC"))
            if begins not in taken_at:
                return begins
    return None


__all__ = ["HALF_HOUR", "STARTS", "half_hour"]
