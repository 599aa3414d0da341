"""What looks like the points of a scale, of which nobody has said where a tie begins."""

from __future__ import annotations

from collections import Counter

from crosstie.saying import mark
from crosstie.sources.ledger import Ledger

_HIGHEST = 10
_COUNTED = mark(
    "row at the lowest point of what looks like a scale, counted as a tie (if it means “never”, say so)"
)


class Scale:
    """Watches the strengths of one table, and says at its end what was taken for a tie.

    Whole numbers from 1 to some small one are the points of a questionnaire. Its lowest often means "never":
    read as they stand, those who never meet would know one another. A table that has 0 says "never" so.
    """

    def __init__(self) -> None:
        self._points: Counter[int] = Counter()
        self._is_one = True

    def met(self, strength: float) -> None:
        """Take in one strength."""
        if not self._is_one:
            return
        self._is_one = strength == int(strength) and 1 <= strength <= _HIGHEST
        self._points[int(strength)] += 1

    def say(self, ledger: Ledger) -> None:
        """Note how many rows stand at the lowest point of what looks like a scale."""
        if self._is_one and len(self._points) > 1:
            lowest = min(self._points)
            ledger.note(
                f"{_COUNTED}: table.tie_from={lowest + 1}",
                self._points[lowest],
            )
