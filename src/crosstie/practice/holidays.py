"""Holidays: days on which nobody works, with a name, one a line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

LONGEST_DAYS = 100
"""Days of one holiday at most: a shutdown of a summer, no slip of a year."""

MOST = 500
LONGEST_NAME = 80

_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_DATE = r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\s?\d{1,2}\.\s?\d{4}"
_LINE = re.compile(
    rf"(?P<first>{_DATE})(?:\s*(?:-|\u2013|to|bis)\s*(?P<last>{_DATE}))?(?:\s*[:,;]\s*|\s+|$)(?P<name>.*)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Holiday:
    """A day, or several in a row, on which nobody works.

    Attributes:
        first, last: of its days.
        name: as people call it; may be "".
    """

    first: date
    last: date
    name: str = ""

    def __post_init__(self) -> None:
        """Refuse what is no holiday.

        Raises:
            ValueError: it ends before it begins, is too long, or lies in no year that is reckoned with.
        """
        if not timedelta() <= self.last - self.first < timedelta(days=LONGEST_DAYS):
            raise ValueError(f"{self} is no holiday.")
        if not _FIRST_YEAR <= self.first.year <= _LAST_YEAR:
            raise ValueError(f"{self} lies too far away.")

    def __str__(self) -> str:
        """Return the line that `holiday` reads."""
        until = "" if self.last == self.first else f" - {self.last.isoformat()}"
        return f"{self.first.isoformat()}{until} {self.name}".strip()


def holiday(line: str) -> Holiday:
    """Return the holiday that a line says.

    >>> str(holiday("24.12.2026 - 1.1.2027: Between the years"))
    '2026-12-24 - 2027-01-01 Between the years'

    Args:
        line: a day, or the first and the last of several, and a name; days as ``2026-12-25``
            or ``25.12.2026``.

    Raises:
        ValueError: it says something else.
    """
    found = _LINE.fullmatch(line.strip())
    if found is None:
        raise ValueError(f"{line!r} is no holiday.")
    first = _day(found["first"])
    last = _day(found["last"]) if found["last"] else first
    return Holiday(first=first, last=last, name=" ".join(found["name"].split())[:LONGEST_NAME])


def days_of(holidays: Iterable[Holiday]) -> frozenset[date]:
    """Return every day of some holidays."""
    return frozenset(
        one.first + timedelta(days=number)
        for one in holidays
        for number in range((one.last - one.first).days + 1)
    )


def _day(said: str) -> date:
    if "-" in said:
        year, month, day = (int(part) for part in said.split("-"))
    else:
        day, month, year = (int(part) for part in said.split("."))
    return date(year, month, day)


__all__ = ["LONGEST_DAYS", "LONGEST_NAME", "MOST", "Holiday", "days_of", "holiday"]
