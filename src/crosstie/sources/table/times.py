"""Times as tables write them, as aware UTC."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from email.utils import parsedate_to_datetime

from crosstie.sources.times import EARLIEST

_SECONDS_FROM = EARLIEST.timestamp()
_MILLISECONDS_FROM = _SECONDS_FROM * 1e3  # below this, a number counts seconds (until the year 11966)
_MICROSECONDS_FROM = _SECONDS_FROM * 1e6
_MONTH_FIRST = ("%m/%d/%Y", "%m/%d/%y")
_DAY_FIRST = ("%d/%m/%Y", "%d/%m/%y")
_ALWAYS = (
    "%d.%m.%Y",
    "%d.%m.%y",
    "%d-%m-%Y",
    "%d %b %Y",
    "%d %B %Y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%Y/%m/%d",
    "%Y%m%d",
)
_CLOCKS = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p", " %H:%M:%S.%f")


class Clock:
    """Reads one table's times; a zone for those that name none."""

    def __init__(self, zone: tzinfo, *, day_first: bool) -> None:
        days = (*(_DAY_FIRST if day_first else _MONTH_FIRST), *_ALWAYS)
        self._forms = [day + clock for day in days for clock in _CLOCKS]
        self._zone = zone
        self._last: tuple[str, tuple[datetime | None, bool]] = ("", (None, False))

    def read(self, text: str) -> tuple[datetime | None, bool]:
        """Return the time in UTC, None where the text is none, and whether a zone had to be assumed."""
        if self._last[0] != text:
            self._last = (text, self._parsed(text.strip()))
        return self._last[1]

    def _parsed(self, text: str) -> tuple[datetime | None, bool]:
        found = _from_number(text) or self._from_iso(text) or self._from_forms(text) or _from_mail(text)
        if found is None:
            return None, False
        assumed = found.tzinfo is None
        try:
            return (found.replace(tzinfo=self._zone) if assumed else found).astimezone(UTC), assumed
        except OverflowError:
            return None, False

    def _from_iso(self, text: str) -> datetime | None:
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            return None

    def _from_forms(self, text: str) -> datetime | None:
        for index, form in enumerate(self._forms):
            try:
                found = datetime.strptime(text, form)  # noqa: DTZ007 -- the zone is added by the caller, and counted
            except ValueError:
                continue
            self._forms.insert(0, self._forms.pop(index))  # a table keeps to one form: try it first next time
            return found
        return None


def _from_number(text: str) -> datetime | None:
    """Read seconds, milliseconds or microseconds since 1970; a number too small for a date is none."""
    try:
        number = float(text)
        if (len(text) <= len("20260101") and text.isdigit()) or not number >= _SECONDS_FROM:
            return None
        scale = 1e6 if number >= _MICROSECONDS_FROM else 1e3 if number >= _MILLISECONDS_FROM else 1.0
        return datetime.fromtimestamp(number / scale, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _from_mail(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
