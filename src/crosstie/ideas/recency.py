"""How far what was asked lately comes forward among what is near."""

from __future__ import annotations

RECENT, RECENT_DAYS = 0.2, 90.0
"""How much an answered question of today comes forward among those like one, and after how many days half.

What people themselves link to when somebody asks again is mostly the near one that was answered lately
(docs/explanation/evaluation/asked-before.md).
"""

_MICROSECONDS_A_DAY = 86_400_000_000


def recent(at: int, latest: int) -> float:
    """Return how far something comes forward that was asked at a time, if the latest was at another."""
    made: float = RECENT * 2 ** ((at - latest) / _MICROSECONDS_A_DAY / RECENT_DAYS)
    return made
