"""What was asked of a database, kept until anybody writes to it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar, cast

from crosstie.store import database

T = TypeVar("T")


class UntilWritten(threading.local):
    """Answers that hold until the next write, whoever writes; a thread's own, as its connection is.

    A page asks for the same facts some thirty times, and whether anything was written is told at a tenth of
    the price. Within a transaction nothing is kept, as it may still be taken back; nor where a database
    cannot say.
    """

    def __init__(self, alias: str) -> None:
        self._alias = alias
        self._mark: object = None
        self._kept: dict[str, object] = {}

    def once(self, question: str, ask: Callable[[], T]) -> T:
        """Return the answer to a question, asked once for as long as nobody writes."""
        # Told first: of what somebody writes meanwhile, the next one who asks hears.
        mark = database.written_until(self._alias)
        if mark is None:
            return ask()
        if mark != self._mark:
            self._mark, self._kept = mark, {}
        if question not in self._kept:
            self._kept[question] = ask()
        return cast("T", self._kept[question])
