"""When commits were written and committed: as git says it, and what of it can be believed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

# Many times at once, and far sooner than Python's own way from seconds to a datetime.
_TIMES = msgspec.json.Decoder(list[datetime], strict=False)


def times(pairs: list[str]) -> tuple[Sequence[datetime | None], Sequence[datetime | None]]:
    """Return the first and the second times of pairs of seconds since 1970, None for what is none.

    >>> authored, committed = times(["1700000000,1700000001", ",1700000002"])
    >>> authored[0].isoformat(), authored[1], committed[1].second
    ('2023-11-14T22:13:20+00:00', None, 22)
    """
    found: Sequence[datetime | None]
    try:
        found = _TIMES.decode(f"[{','.join(pairs)}]")
    except msgspec.MsgspecError:
        found = [time_of(one) for pair in pairs for one in pair.split(",")]
    return found[::2], found[1::2]


def time_of(seconds: str) -> datetime | None:
    """Return the time that git writes as seconds since 1970, None for what is none."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None
