"""Take someone out of a meeting that came about: whoever was told of it hears that it is off, and not why."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from crosstie.actions.home import Home
from crosstie.actions.organisation import meeting_reasons, meetings_sent
from crosstie.actions.organisation.meeting_reasons import Shown
from crosstie.store.models import Letter, Meeting, Part

_MAY_HAVE_ARRIVED = ("handed", "sent", "unclear", "dropped")


def leave(
    home: Home,
    meeting: Meeting,
    account: str,
    *,
    told: Collection[str] | None = None,
    shown: Shown | None = None,
) -> None:
    """Take someone out of a meeting; of three, the two who are left still meet.

    Args:
        home: the workspace.
        meeting: one that came about.
        account: whose.
        told: the accounts of those who heard of it; all, if not given. The others hear nothing now either.
        shown: who may be named; who is shown now, if not given.
    """
    with transaction.atomic():
        meeting.parts.filter(account=account).update(answer="no", answered_at=timezone.now())
        left = list(meeting.parts.exclude(answer="no").values_list("account", flat=True))
        hear = [one for one in left if told is None or one in told]
        if len(left) > 1:
            meetings_sent.meet_as_two(home, meeting, hear, shown)
            return
        meeting.state = "declined"
        meeting.save(update_fields=["state"])
        meetings_sent.call_off(home, meeting, hear, shown)


def leave_all(home: Home, account: str) -> None:
    """Take someone who opted out from every meeting that is ahead: nobody waits for them there.

    Whose letter of it has not gone out yet never hears of it: `crosstie.actions.organisation.unnaming`.
    """
    for meeting in ahead_of(account):
        leave(home, meeting, account, told=_told(meeting))


def before_forgetting(home: Home, accounts: Collection[str]) -> Callable[[], None]:
    """Return what takes someone who is being forgotten from every meeting that is ahead, once they are.

    Letters that name them are withdrawn with all else, so that of three the two who are left are both told.
    """
    if not any(ahead_of(account).exists() for account in accounts):
        return lambda: None
    shown = replace(meeting_reasons.shown_now(home), leaving=frozenset(accounts))

    def leave_each() -> None:
        for account in accounts:
            for meeting in ahead_of(account):
                are_three = meeting.parts.exclude(answer="no").count() > 2  # noqa: PLR2004 - as it says
                leave(home, meeting, account, told=None if are_three else _told(meeting), shown=shown)

    return leave_each


def ahead_of(account: str) -> QuerySet[Meeting]:
    """Return the meetings that came about, are ahead of someone, and were not declined by them since."""
    ahead = Q(starts_at__gt=timezone.now()) | Q(starts_at=None, asked_at=None)
    theirs = Part.objects.filter(account=account).exclude(answer="no")
    found = Meeting.objects.filter(ahead, state="agreed", parts__in=theirs)
    return found.select_related("programme").order_by("pk")


def _told(meeting: Meeting) -> frozenset[str]:
    letters = Letter.objects.filter(kind="meeting", key__startswith=f"meeting:{meeting.pk}:")
    return frozenset(letters.filter(state__in=_MAY_HAVE_ARRIVED).values_list("account", flat=True))
