"""When people work: the demo year, the clocks and holidays of four sites, and who is away when.

Times inside the demo are whole seconds since the first midnight of the year, in UTC.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

from crosstie.demo.dice import Dice
from crosstie.demo.people import Person

STARTS_ON = date(2025, 10, 31)
ENDS_ON = date(2026, 10, 30)
DAYS = (ENDS_ON - STARTS_ON).days + 1
DAY = 86_400
END = DAYS * DAY
SATURDAY = 5
_PATIENCE = 12

_MIDNIGHT = datetime(STARTS_ON.year, STARTS_ON.month, STARTS_ON.day, tzinfo=UTC)


def moment(seconds: int) -> datetime:
    """Return a time of the demo year as an aware UTC datetime."""
    return _MIDNIGHT + timedelta(seconds=seconds)


def day_number(day: date) -> int:
    """Return how many days after the first day of the demo year a date lies; negative before."""
    return (day - STARTS_ON).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A location: its clock, its summer, and the days on which it is closed.

    Attributes:
        winter: minutes ahead of UTC outside summer time.
        summer_time: first and last day of each stretch of summer time that touches the demo year.
        summer_leave: first and last day between which most people take their long leave.
        long_leave: shortest and longest long leave, in days.
        closed: public holidays within the year.
    """

    winter: int
    summer_time: tuple[tuple[date, date], ...]
    summer_leave: tuple[date, date]
    long_leave: tuple[int, int]
    closed: tuple[date, ...]

    def ahead(self, day: int) -> int:
        """Return how many seconds the site's clock is ahead of UTC on a day of the demo year."""
        on = STARTS_ON + timedelta(days=day)
        summer = any(first <= on <= last for first, last in self.summer_time)
        return (self.winter + 60 * summer) * 60


def _days(*written: str) -> tuple[date, ...]:
    return tuple(map(date.fromisoformat, written))


# Tables of our own: the machine that makes the demo may lack a time zone database, or have a newer one.
_EUROPEAN_SUMMER = ((date(2026, 3, 29), date(2026, 10, 24)),)
SITES = {
    "Trondheim": Site(
        winter=60,
        summer_time=_EUROPEAN_SUMMER,
        summer_leave=(date(2026, 6, 29), date(2026, 8, 9)),
        long_leave=(18, 28),
        closed=_days("2026-04-02", "2026-04-03", "2026-04-06", "2026-05-01", "2026-05-14", "2026-05-25"),
    ),
    "Porto": Site(
        winter=0,
        summer_time=_EUROPEAN_SUMMER,
        summer_leave=(date(2026, 7, 27), date(2026, 9, 4)),
        long_leave=(16, 26),
        closed=_days("2025-12-01", "2025-12-08", "2026-04-03", "2026-05-01", "2026-06-10", "2026-06-24"),
    ),
    "Pune": Site(
        winter=330,
        summer_time=(),
        summer_leave=(date(2026, 4, 20), date(2026, 6, 7)),
        long_leave=(9, 16),
        closed=_days("2026-01-26", "2026-03-04", "2026-05-01", "2026-09-14", "2026-10-02", "2026-10-20"),
    ),
    "Halifax": Site(
        winter=-240,
        summer_time=((date(2025, 3, 9), date(2025, 11, 1)), (date(2026, 3, 8), date(2026, 10, 31))),
        summer_leave=(date(2026, 7, 6), date(2026, 8, 30)),
        long_leave=(12, 18),
        closed=_days("2026-02-16", "2026-04-03", "2026-05-18", "2026-07-01", "2026-09-07", "2026-10-12"),
    ),
}
_YEAR_END = range(day_number(date(2025, 12, 24)), day_number(date(2026, 1, 2)))


@cache
def _clock(location: str) -> tuple[int, ...]:
    """Return for each day of the year how far a site's clock is ahead, in seconds."""
    return tuple(SITES[location].ahead(day) for day in range(DAYS))


class Hours:
    """When one person works: their days, and the clock of their site.

    Attributes:
        days: the numbers of the days on which the person works, in order.
    """

    __slots__ = ("_clock", "_closes", "_working", "days")

    def __init__(self, person: Person, dice: Dice, away: tuple[range, ...] = ()) -> None:
        """Draw a person's leave and sick days; `away` are absences known before (a parental leave)."""
        site = SITES[person.location]
        absent = set(_YEAR_END).union(*away)
        absent.update(day_number(day) for day in site.closed)
        length = dice.whole(*site.long_leave)
        first, last = (day_number(day) for day in site.summer_leave)
        begins = dice.whole(first, max(first, last - length))
        absent.update(range(begins, begins + length))
        for longest in (7, 4):
            begins = dice.whole(0, DAYS - 1)
            absent.update(range(begins, begins + dice.whole(2, longest)))
        for _ in range(dice.often(4.0)):
            absent.add(dice.whole(0, DAYS - 1))
        here = max(0, day_number(person.joined_on)) if person.joined_on else 0
        gone = min(DAYS, day_number(person.left_on) + 1) if person.left_on else DAYS
        free = {SATURDAY, SATURDAY + 1, *person.days_off}
        weekday = STARTS_ON.weekday()
        self.days = [
            day for day in range(here, gone) if (weekday + day) % 7 not in free and day not in absent
        ]
        self._working = frozenset(self.days)
        self._clock = _clock(person.location)
        self._closes = dice.whole(16 * 60 + 15, 17 * 60 + 45)

    def works_on(self, day: int) -> bool:
        """Say whether the person works on this day of the year."""
        return day in self._working

    def at(self, day: int, minute: float) -> int:
        """Return the time of a minute of the person's own day."""
        return day * DAY + int(minute * 60) - self._clock[day]

    def next_at(self, earliest: float, dice: Dice) -> int:
        """Return the person's first working moment from a time on; the end of the year if there is none soon.

        A time outside the person's hours moves to the next morning they work, some minutes in. What has
        waited for twelve days is answered no more: people come back to a full inbox.
        """
        if earliest >= END:
            return END
        day = max(0, int(earliest // DAY))
        local = earliest + self._clock[min(day, DAYS - 1)]
        day, minute = int(local // DAY), (local % DAY) / 60
        opens = 8 * 60
        if day in self._working and minute < self._closes:
            return int(earliest) if minute >= opens else self.at(day, opens + dice.roll() * 50)
        place = bisect_left(self.days, day + 1)
        if place == len(self.days) or self.days[place] > day + _PATIENCE:
            return END
        return self.at(self.days[place], opens + dice.roll() * 80)
