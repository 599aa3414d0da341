"""Whether the day or the month stands first in the dates of a column, as the dates themselves say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from crosstie.saying import mark
from crosstie.sources.ledger import Ledger

AUTO = "auto"
_BOTH = re.compile(r"\s*(\d{1,2})/(\d{1,2})/\d{2,4}(?!\d)")
_MONTHS = 12
_DAY_FIRST = mark("date read day first, since a date beside it has no such month")
_UNCLEAR = mark("date of which nothing says whether its day or its month stands first, read month first")


@dataclass(slots=True)
class DayOrder:
    """What the dates of a column say about their order.

    Attributes:
        day_first: how many can only be read so.
        month_first: the same.
        unclear: how many would be other days, read the other way.
    """

    day_first: int = 0
    month_first: int = 0
    unclear: int = 0

    @classmethod
    def of(cls, texts: Iterable[str]) -> DayOrder:
        """Look through a column; streams."""
        order = cls()
        for text in texts:
            order.take(text)
        return order

    def take(self, text: str) -> None:
        """Look at one date; any other text says nothing."""
        found = _BOTH.match(text) if "/" in text else None
        if found is None:
            return
        first, second = int(found[1]), int(found[2])
        if first > _MONTHS >= second:
            self.day_first += 1
        elif second > _MONTHS >= first:
            self.month_first += 1
        elif first != second and first <= _MONTHS:
            self.unclear += 1

    def is_day_first(self, ledger: Ledger, setting: str) -> bool:
        """Say whether to read the day first, and note what the dates leave open.

        Args:
            ledger: of the reading.
            setting: the name of the setting that says so, and its source's before it.
        """
        found = bool(self.day_first) and not self.month_first
        if found and self.unclear:
            ledger.note(_DAY_FIRST, self.unclear)
        elif self.unclear and (self.day_first or not self.month_first):
            ledger.note(f"{_UNCLEAR}: {setting}=yes", self.unclear)
        return found
