"""Read the holidays of a calendar file (.ics): whole days, once or every year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Component

from crosstie.errors import UsageRefused
from crosstie.practice.holidays import LONGEST_NAME, Holiday

LARGEST = 1024 * 1024
"""Bytes of a file that are read."""

_MOST_EVENTS = 5_000
_YEARS_AHEAD = 2
_EVERY_YEAR = {"FREQ", "INTERVAL", "UNTIL", "BYMONTH", "BYMONTHDAY", "WKST"}


def holidays_in(file: bytes) -> tuple[list[Holiday], int]:
    """Return the holidays of a calendar file, and how many of its events are none.

    Of those that come every year, the ones from last year to two years ahead are taken.

    Raises:
        UsageRefused: it is no calendar file, or too large.
    """
    if len(file) > LARGEST:
        raise UsageRefused(_("This file is too large."), hint=_("It may have one megabyte."))
    try:
        events = list(Calendar.from_ical(file.decode("utf-8-sig")).walk("VEVENT"))
    except (ValueError, IndexError, KeyError, AttributeError) as trouble:
        # The last is what icalendar raises where a parameter is given more than one value.
        raise UsageRefused(
            _("This is no calendar file."),
            hint=_("Its name ends in .ics, and it begins with BEGIN:VCALENDAR."),
        ) from trouble
    found: list[Holiday] = []
    left_out = 0
    for event in events[:_MOST_EVENTS]:
        try:
            found.extend(_of(event))
        except (ValueError, OverflowError):
            left_out += 1
    return sorted(set(found)), left_out + max(len(events) - _MOST_EVENTS, 0)


def _of(event: Component) -> Iterator[Holiday]:
    """Yield the holidays of an event.

    Raises:
        ValueError: it is none.
    """
    first, last = _days(event)
    name = " ".join(str(event.get("SUMMARY", "")).split())[:LONGEST_NAME]
    if "RDATE" in event or "EXDATE" in event or "RECURRENCE-ID" in event:
        raise ValueError("It repeats in a way of its own.")
    for year in _years(event, first):
        moved = (first.replace(year=year), last.replace(year=last.year + year - first.year))
        yield Holiday(first=moved[0], last=moved[1], name=name)


def _days(event: Component) -> tuple[date, date]:
    starts = event.get("DTSTART")
    first = getattr(starts, "dt", None)
    if not isinstance(first, date) or isinstance(first, datetime):
        raise ValueError("It takes no whole days.")  # noqa: TRY004 - one kind of trouble for all
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        raise ValueError("It is called off.")
    ends = getattr(event.get("DTEND"), "dt", None)
    if ends is None:
        length = getattr(event.get("DURATION"), "dt", timedelta(days=1))
        ends = first + length
    if isinstance(ends, datetime) or not isinstance(ends, date):
        raise ValueError("It takes no whole days.")  # noqa: TRY004 - likewise
    return first, max(first, ends - timedelta(days=1))  # the end is the day after the last


def _years(event: Component, first: date) -> list[int]:
    rule = event.get("RRULE")
    if rule is None:
        return [first.year]
    rules = rule if isinstance(rule, list) else [rule]
    said = {name.upper(): values for name, values in rules[0].items()}
    is_every_year = said.get("FREQ") == ["YEARLY"] and said.get("INTERVAL", [1]) == [1]
    own = said.get("BYMONTH", [first.month]) == [first.month] and said.get("BYMONTHDAY", [first.day]) == [
        first.day
    ]
    if len(rules) > 1 or not is_every_year or not own or said.keys() - _EVERY_YEAR:
        raise ValueError("It repeats otherwise than every year.")
    now = timezone.localdate().year
    last = min([now + _YEARS_AHEAD, *(one.year for one in said.get("UNTIL", []))])
    return list(range(max(first.year, now - 1), last + 1))
