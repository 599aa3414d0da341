"""The steps of one piece of work: one that fails holds up none but those that rest on it."""

from __future__ import annotations

import logging
from collections.abc import Callable

from crosstie.actions import failures
from crosstie.actions.home import Home
from crosstie.errors import CrosstieError
from crosstie.saying import together

_log = logging.getLogger("crosstie.work")


class StepsFailed(Exception):
    """Some steps failed; that each of them did is kept already, and logged."""


class Steps:
    """Steps that are done one after the other."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._failed: dict[str, Exception] = {}
        self._not_taken: set[str] = set()

    def take(self, step: str, do: Callable[[], object], *, after: str = "") -> None:
        """Take a step, unless it failed before, or the one did that it rests on.

        Args:
            step: its name.
            do: does it, or finds it done.
            after: the step it rests on.
        """
        if step in self._not_taken or after in self._not_taken:
            self._not_taken.add(step)
            return
        try:
            do()
        except Exception as wrong:  # noqa: BLE001 - kept, logged, and told at the end
            self._failed[step] = wrong
            self._not_taken.add(step)
            log(step, wrong)
            failures.keep(self._home, step, wrong)
        else:
            failures.end(self._home, step)

    def finish(self) -> None:
        """Say that steps failed, if some did: the work is tried again.

        Raises:
            StepsFailed: with what went wrong, in a line.
        """
        if self._failed:
            raise StepsFailed(together(*map(failures.in_words, self._failed.values())))


def log(what: str, wrong: Exception) -> None:
    """Tell the log that work failed: in a line where that was expected, else with the way there."""
    if isinstance(wrong, CrosstieError):
        _log.warning("%s failed: %s", what, wrong.message)
    else:
        _log.error("%s failed", what, exc_info=wrong)
