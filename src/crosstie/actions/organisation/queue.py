"""Claim rows, one worker each, by a conditional UPDATE that means the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F, QuerySet
from django.utils import timezone

from crosstie.actions import presence
from crosstie.actions.home import Home
from crosstie.store.models import Letter, Run

MOST_TRIES = 30
"""With the pauses between them, about a day; then a piece of work or a letter is given up."""

MAY_GO_OUT = ("waiting", "unclear", "failed")
"""States of letters that go out still, by themselves or when a steward sends them again."""

_FIRST_PAUSE = timedelta(seconds=30)
_LONGEST_PAUSE = timedelta(hours=1)
_AT_MOST = timedelta(days=1)
_LOOKED_AT = 50
_ENDED_TIMES = 2
"""A worker may be killed at any moment; that it ended over the same work twice is worth telling."""


def waiting_runs() -> QuerySet[Run]:
    """Return the work that is due and nobody's."""
    return Run.objects.filter(done_at=None, claimed_by="", due_at__lte=timezone.now())


def waiting_letters() -> QuerySet[Letter]:
    """Return the letters that are due and nobody's."""
    return Letter.objects.filter(state="waiting", claimed_by="", due_at__lte=timezone.now())


def claim_run(worker: str) -> Run | None:
    """Claim the run that is due longest; None if there is none."""
    for number in waiting_runs().order_by("due_at", "pk").values_list("pk", flat=True)[:_LOOKED_AT]:
        if waiting_runs().filter(pk=number).update(**_claim(worker)):
            return Run.objects.get(pk=number)
    return None


def claim_letter(worker: str, channel: str) -> Letter | None:
    """Claim the letter that is due longest; None if there is none."""
    waiting = waiting_letters().filter(channel=channel).order_by("due_at", "pk")
    for number in waiting.values_list("pk", flat=True)[:_LOOKED_AT]:
        if waiting_letters().filter(pk=number).update(**_claim(worker)):
            return Letter.objects.get(pk=number)
    return None


def _claim(worker: str) -> dict[str, object]:
    return {"claimed_by": worker, "claimed_until": timezone.now() + _AT_MOST, "tries": F("tries") + 1}


def next_try(tries: int) -> datetime:
    """Return when to try again after so many tries: the pause doubles from half a minute up to an hour."""
    pause: timedelta = min(_FIRST_PAUSE * 2 ** min(tries - 1, 12), _LONGEST_PAUSE)
    return timezone.now() + pause


def release_dead(home: Home) -> list[Run]:
    """Give back what workers had claimed that live no more; what they had handed over becomes *unclear*.

    Return the work over which a worker ended more than once.
    """
    runs = Run.objects.filter(done_at=None).exclude(claimed_by="")
    letters = Letter.objects.filter(state__in=("waiting", "handed")).exclude(claimed_by="")
    claimed = {*runs.values_list("claimed_by", flat=True), *letters.values_list("claimed_by", flat=True)}
    if not claimed:
        return []
    # Asked after the rows: a worker is there before it claims.
    dead = claimed - presence.living(home.folder)
    ended_over = list(runs.filter(claimed_by__in=dead, tries__gte=_ENDED_TIMES))
    for worker in dead:
        release(worker)
    return ended_over


def release(worker: str) -> None:
    """Give back what one worker had claimed, which is no more at work."""
    free = {"claimed_by": "", "claimed_until": None}
    Run.objects.filter(claimed_by=worker, done_at=None).update(**free)
    Letter.objects.filter(claimed_by=worker, state="waiting").update(**free)
    Letter.objects.filter(claimed_by=worker, state="handed").update(
        **free, state="unclear", trouble="The worker ended while it handed this over; it may have arrived."
    )
