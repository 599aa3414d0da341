"""The date as of which something is shown: whoever names a day means its end, in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from crosstie.errors import UsageRefused


def moment(as_of: date | str) -> datetime:
    """Return a moment as it is, and of a day, be it a date or a text, the end in UTC.

    Raises:
        UsageRefused: it is no date.
    """
    if isinstance(as_of, datetime):
        return as_of
    try:
        day = date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
        return datetime.combine(day, time.max, tzinfo=UTC)
    except (TypeError, ValueError) as unclear:
        raise UsageRefused(
            f'"{as_of}" is no date.', hint='Write it as "2026-03-31", or give a datetime with a time zone.'
        ) from unclear


__all__ = ["moment"]
