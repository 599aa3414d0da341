"""Which times are believed: the same for every source."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from crosstie.saying import mark

EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
"""Before it no time is believed: clocks that were never set begin at 1970 or 1980."""

IMPOSSIBLE = mark("date before 1980 or in the future")
"""The reason where a time can be read, and cannot be."""

_AHEAD = timedelta(days=1)  # for zones, and for clocks that are a little fast


def latest() -> datetime:
    """Return the last time that is believed now: one in the future would make all that was look long ago."""
    return datetime.now(UTC) + _AHEAD


def is_believable(at: datetime) -> bool:
    """Say whether something can have happened at this time."""
    return EARLIEST <= at <= latest()


def iso_time(written: str) -> datetime | None:
    """Return an ISO 8601 time in UTC, which is meant where no zone is named; None where it is none."""
    try:
        found = datetime.fromisoformat(written)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def why_no_iso_time(written: str) -> str:
    """Return the reason why such a time is not believed, or none."""
    return mark("unreadable time") if iso_time(written) is None else IMPOSSIBLE
