"""All that a worker can do, and when it comes round: one line each. Add yours here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from django.utils import timezone

from crosstie.actions import flow_files, prepared, retention, routine_files, settings, snapshots, topics
from crosstie.actions.home import Home
from crosstie.actions.organisation import (
    checking,
    digests,
    introducing,
    meetings_sent,
    programmes,
    prompts,
    recording,
    tidying,
)
from crosstie.actions.organisation.steps import Steps

Kind = Callable[[Home, dict[str, Any]], object]
"""Does one piece of work from its payload. It may be begun again after it was killed, so it ends the same."""

MONDAY: Final = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Periodic:
    """Work that comes round: every day, or on one day of the week or month, at an hour (UTC).

    Attributes:
        kind: what is done; its payload says when the period ``begins``.
        hour: 0 to 23.
        weekday: 0 is Monday; None for every day.
        day: of the month, 1 to 28; None for every day.
    """

    kind: str
    hour: int
    weekday: int | None = None
    day: int | None = None

    def last_before(self, now: datetime) -> datetime:
        """Return when its last period began."""
        today = timezone.localtime(now)
        begins = datetime.combine(today.date(), time(self.hour), tzinfo=today.tzinfo)
        while begins > now or not self._is_day(begins):
            begins -= timedelta(days=1)
        return begins

    def _is_day(self, begins: datetime) -> bool:
        return self.weekday in {None, begins.weekday()} and self.day in {None, begins.day}


def _snapshot(home: Home, _payload: dict[str, Any]) -> None:
    steps = Steps(home)

    def beside(home: Home, folder: Path) -> None:
        # With the advice at once: pages go on with the older one meanwhile, and never wait.
        steps.take("advice", lambda: prepared.make(home, folder))
        steps.take("topics", lambda: topics.make(home, folder))
        steps.take("flows", lambda: flow_files.make(home, folder), after="topics")
        steps.take("routine", lambda: routine_files.make(home, folder), after="advice")

    # What is there already is found; what failed just now is not begun a second time.
    steps.take("snapshot", lambda: snapshots.renewed(home, also=beside))
    steps.take("advice", lambda: prepared.prepared(home), after="snapshot")
    steps.take("topics", lambda: topics.current(home), after="snapshot")
    steps.take("flows", lambda: flow_files.current(home), after="topics")
    steps.take("routine", lambda: routine_files.current(home), after="advice")
    steps.finish()


def _retention(home: Home, _payload: dict[str, Any]) -> None:
    if settings.chosen(home).record.keep_months:
        retention.retain(home)


KINDS: dict[str, Kind] = {
    "circle-check": checking.make,
    "digest-monthly": digests.monthly,
    "digest-weekly": digests.weekly,
    "did-you-meet": meetings_sent.ask_whether_met,
    "introductions": introducing.suggest,
    "lapse": introducing.lapse,
    "programme": programmes.bring_together,
    "record": recording.record,
    "retention": _retention,
    "snapshot": _snapshot,
    "tidy": tidying.tidy,
    "workshops": prompts.daily,
}

PERIODIC: tuple[Periodic, ...] = (
    Periodic(kind="retention", hour=1),
    Periodic(kind="tidy", hour=2),
    Periodic(kind="lapse", hour=2),
    Periodic(kind="snapshot", hour=3),  # what counts as active changes with the day
    Periodic(kind="workshops", hour=4),
    Periodic(kind="digest-weekly", hour=5, weekday=MONDAY),
    Periodic(kind="digest-monthly", hour=5, day=1),
    Periodic(kind="circle-check", hour=4, weekday=MONDAY),
    Periodic(kind="introductions", hour=4, weekday=MONDAY),
    Periodic(kind="did-you-meet", hour=7),
)
COMES_AGAIN: Final = frozenset(one.kind for one in PERIODIC)
"""Work of which the next time makes good what failed the last time; any other piece stands for itself."""
