"""When a mail was written: the Date header in UTC, and what stands in for it when it cannot be right."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import NamedTuple

from crosstie.saying import mark
from crosstie.sources.mail.headers import Headers, plain
from crosstie.sources.times import EARLIEST, is_believable, latest

_AHEAD = timedelta(days=2)  # a mail cannot be written later than it was received, but for zones and clocks

_MONTHS = {
    name: number
    for number, name in enumerate(b"jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
_USUAL = re.compile(
    rb"\s*(?:[A-Za-z]{3},)?\s*(\d{1,2})\s+([A-Za-z]{3})\s+(\d{4})\s+(\d{1,2}):(\d\d)(?::(\d\d))?"
    rb"\s+(?:([+-])(\d\d)(\d\d)|GMT|UTC|UT)(?![\d:])"
)
_MBOX_TIME = re.compile(
    rb"\b([A-Z][a-z]{2})\s+(\d{1,2})\s+(\d\d):(\d\d)(?::(\d\d))?(?:\s+([+-]\d{4}))?\s+(\d{4})"
)


class Time(NamedTuple):
    """A time in UTC (None if nothing gives one) and what is worth noting about it ("" for nothing)."""

    at: datetime | None
    note: str


@lru_cache(maxsize=256)
def _offset(sign: bytes, hours: int, minutes: int) -> timedelta:
    ahead = timedelta(hours=hours, minutes=minutes)
    return -ahead if sign == b"-" else ahead


def parse(value: bytes) -> Time:
    """Return the time of one Date header; a time without a zone is taken as UTC and noted."""
    found = _USUAL.match(value)
    return Time(_moment(found), "") if found else _odd(plain(value))


def _moment(found: re.Match[bytes]) -> datetime | None:
    day, month, year, hour, minute, second, sign, zone_hours, zone_minutes = found.groups()
    try:
        # A leap second is the last one of its minute to everybody else.
        moment = datetime(
            int(year),
            _MONTHS[month.lower()],
            int(day),
            int(hour),
            int(minute),
            min(int(second or 0), 59),
            tzinfo=UTC,
        )
        return moment - _offset(sign, int(zone_hours), int(zone_minutes)) if sign else moment
    except (ValueError, OverflowError, KeyError):
        return None


def _odd(value: str) -> Time:
    """Read an unusual date with the standard library."""
    try:
        moment = parsedate_to_datetime(value)
        at = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError, IndexError, TypeError):  # it stumbles over a few malformed dates
        return Time(None, "")
    # "-0000" has no zone for the library; RFC 5322 says that it is UTC, from a place that is not told.
    is_naive = moment.tzinfo is None and "-0000" not in value
    return Time(at, "time without a zone, taken as UTC" if is_naive else "")


def received_at(headers: Headers) -> datetime | None:
    """Return when the last server took the mail (the part of Received after the last semicolon)."""
    value = headers.get(b"received")
    if not value or b";" not in value:
        return None
    return parse(value[value.rindex(b";") + 1 :]).at


def mbox_time(line: bytes) -> datetime | None:
    """Return the time in an mbox line, taken as UTC where it has no zone; None if there is none."""
    found = _MBOX_TIME.search(line)
    if not found:
        return None
    month, day, hour, minute, second, zone, year = found.groups()
    value = b"%b %b %b %b:%b:%b %b" % (day, month, year, hour, minute, second or b"00", zone or b"+0000")
    return parse(value).at


def written_at(headers: Headers, line: bytes) -> Time:
    """Return when a mail was written.

    The Date header counts unless it is missing, unreadable, before 1980, or days after the mail was
    received; then the time of receipt stands in, or the one in the mbox line.
    """
    date = headers.get(b"date", b"")
    found = _USUAL.match(date)
    stated = Time(_moment(found), "") if found else _odd(plain(date))
    is_possible = stated.at is not None and stated.at >= EARLIEST
    if found and is_possible and date[found.start(1) : found.end(3)] in headers.get(b"received", b""):
        return stated  # received on the day it states: nothing to compare
    receipt = received_at(headers)
    if stated.at is not None and stated.at >= EARLIEST:
        limit = receipt + _AHEAD if receipt is not None and receipt >= EARLIEST else latest()
        if stated.at <= limit:
            return stated
    for other in (receipt, mbox_time(line)):
        if other is not None and is_believable(other):
            return Time(other, mark("date missing or impossible, time of receipt taken"))
    return Time(None, "")
