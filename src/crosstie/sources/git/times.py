"""When commits were written and committed: as git says it, and what of it can be believed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
"""Before it no time of a commit is believed: clocks that were never set begin at 1970 or 1980."""

# Many times at once, and far sooner than Python's own way from seconds to a datetime.
_TIMES = msgspec.json.Decoder(list[datetime], strict=False)


def times(seconds: list[str]) -> Sequence[datetime | None]:
    """Return the times that git writes as seconds since 1970, None for what is none.

    >>> [time and time.isoformat() for time in times(["1700000000", ""])]
    ['2023-11-14T22:13:20+00:00', None]
    """
    try:
        return _TIMES.decode(f"[{','.join(seconds)}]")
    except msgspec.MsgspecError:
        return [time_of(one) for one in seconds]


def time_of(seconds: str) -> datetime | None:
    """Return the time that git writes as seconds since 1970, None for what is none."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None
