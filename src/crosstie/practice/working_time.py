"""Working time: how much of it lies between two moments, and when so much of it has passed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SAID = re.compile(r"(?P<days>[\w, -]+?)\s+(?P<begins>\d{1,2}:\d\d)-(?P<ends>\d{1,2}:\d\d)")
_LONGEST_YEARS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingTime:
    """When people work: the same hours on some days of the week, by one clock, but for free days.

    Attributes:
        days: of the week, 0 is Monday.
        begins, ends: by the clock of the zone.
        zone: where they do.
        free: days on which nobody works, whatever day of the week they are.
    """

    days: frozenset[int]
    begins: time
    ends: time
    zone: ZoneInfo
    free: frozenset[date] = frozenset()

    def __str__(self) -> str:
        """Return days and hours as `working_time` reads them."""
        days = ",".join(DAYS[day] for day in sorted(self.days))
        return f"{days} {self.begins:%H:%M}-{self.ends:%H:%M}"


def working_time(said: str, zone: ZoneInfo, free: frozenset[date] = frozenset()) -> WorkingTime:
    """Return the working time that a line says.

    >>> str(working_time("Mon-Fri 9:00-17:00", ZoneInfo("UTC")))
    'Mon,Tue,Wed,Thu,Fri 09:00-17:00'

    Args:
        said: days and hours, as in the example; days by ``-`` and ``,``.
        zone: whose clock it is.
        free: days on which nobody works.

    Raises:
        ValueError: it says something else.
    """
    found = _SAID.fullmatch(said.strip())
    if found is None:
        raise ValueError(f"{said!r} is no working time.")
    days = frozenset(_days(found["days"]))
    begins, ends = (time.fromisoformat(found[name].zfill(5)) for name in ("begins", "ends"))
    if not begins < ends:
        raise ValueError(f"{said!r} ends before it begins.")
    return WorkingTime(days=days, begins=begins, ends=ends, zone=zone, free=free)


def worked(since: datetime, until: datetime, hours: WorkingTime) -> timedelta:
    """Return how much working time lies between two moments, both aware; none where `until` is not later."""
    total = timedelta()
    for begins, ends in _days_of_work(since, hours):
        if begins >= until:
            break
        total += max(min(ends, until) - max(begins, since), timedelta())
    return total


def after(since: datetime, amount: timedelta, hours: WorkingTime) -> datetime:
    """Return the first moment by which so much working time has passed, in UTC.

    Raises:
        ValueError: the amount is negative, or that would take more than two years.
    """
    if amount < timedelta():
        raise ValueError(f"{amount} lies in the past.")
    left = amount
    for begins, ends in _days_of_work(since, hours):
        there = max(begins, since)
        if ends - there >= left:
            return there + left if left else since.astimezone(UTC)
        left -= max(ends - there, timedelta())
    raise ValueError(f"{amount} of working time is more than {_LONGEST_YEARS} years.")


def working_day(at: datetime, hours: WorkingTime) -> datetime:
    """Return a moment if it lies on a working day, else when work begins on the next one, in UTC.

    Raises:
        ValueError: there is none within two years.
    """
    for begins, _ends in _days_of_work(at, hours):
        is_that_day = begins.astimezone(hours.zone).date() == at.astimezone(hours.zone).date()
        return at.astimezone(UTC) if is_that_day else begins
    raise ValueError(f"There is no working day within {_LONGEST_YEARS} years.")


def _days_of_work(since: datetime, hours: WorkingTime) -> Iterator[tuple[datetime, datetime]]:
    """Yield begin and end of each working day from the one of a moment on, in UTC."""
    day = since.astimezone(hours.zone).date()
    for number in range(366 * _LONGEST_YEARS):
        on = day + timedelta(days=number)
        if on.weekday() in hours.days and on not in hours.free:
            # In UTC, since a difference within one zone ignores that its clock was put forward or back.
            yield _moment(on, hours.begins, hours.zone), _moment(on, hours.ends, hours.zone)


def _moment(on: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(on, at, tzinfo=zone).astimezone(UTC)


def _days(said: str) -> Iterator[int]:
    for part in said.replace(" ", "").split(","):
        first, _, last = part.partition("-")
        one, other = DAYS.index(first), DAYS.index(last or first)
        yield from range(one, other + 1) if one <= other else (*range(one, len(DAYS)), *range(other + 1))


__all__ = ["DAYS", "WorkingTime", "after", "worked", "working_day", "working_time"]
