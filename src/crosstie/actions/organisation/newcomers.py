"""Newcomers: who is one, what they are promised, and how well it is kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Min
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from crosstie.actions import settings, snapshots
from crosstie.actions.home import Home
from crosstie.actions.organisation import gate
from crosstie.actions.organisation.working_days import holidays, working_hours
from crosstie.people import Viewer
from crosstie.practice.holidays import Holiday
from crosstie.practice.promise import LOOKED_BACK, Kept, Waited, kept
from crosstie.practice.working_time import WorkingTime
from crosstie.privacy import SMALLEST_EVER
from crosstie.store.models import Member, Question

NEW_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """How well a first answer within the hour of working time is kept, over 90 days; never by person.

    Attributes:
        newcomers: for questions of newcomers.
        everyone: for all questions.
        hours: when people work here.
        days: their days in words.
        free: the days taken as free, from the first that counts here on.
    """

    newcomers: Kept
    everyone: Kept
    hours: WorkingTime
    days: str
    free: tuple[Holiday, ...]


def is_newcomer(home: Home, account: str) -> bool:
    """Say whether a member is new: by the directory's date, or, where it has none, by when they came in here.

    While crosstie itself is new here, coming in says nothing of being new.
    """
    person = snapshots.persons(home).by_key.get(gate.person_of(home, account))
    if person is None:
        return False
    since = timezone.now() - NEW_FOR
    if person.joined_on:
        return person.joined_on >= since.date().isoformat()
    first = Member.objects.aggregate(first=Min("joined_at"))["first"]
    came = Member.objects.filter(account=account).values_list("joined_at", flat=True).first()
    return bool(came and came >= since > first)


def promise(home: Home, viewer: Viewer) -> Promise:
    """Return how well the promise is kept.

    Raises:
        NotShown: nobody signed in.
    """
    gate.acting(home, viewer)
    now, hours = timezone.now(), working_hours(home)
    smallest = max(settings.chosen(home).network.smallest_group, SMALLEST_EVER)
    rows = list(
        Question.objects.filter(asked_at__gte=now - LOOKED_BACK)
        .exclude(state="closed", first_answer_at=None)  # taken back before anybody answered
        .values_list("account", "asked_at", "first_answer_at", "is_newcomers")
    )

    def share(of: Collection[bool]) -> Kept:
        waited = (
            Waited(asker=account, asked_at=asked_at, answered_at=answered_at)
            for account, asked_at, answered_at, is_newcomers in rows
            if is_newcomers in of
        )
        return kept(waited, hours=hours, now=now, smallest=smallest)

    of_newcomers, everyone = share({True}), share({True, False})
    # All without the newcomers are the others: where those are too few to be told, the two would tell it.
    has_others = not all(is_newcomers for *_, is_newcomers in rows)
    if of_newcomers.share is not None and has_others and share({False}).share is None:
        everyone = Kept(share=None, low=None, high=None, questions=0)
    return Promise(
        newcomers=of_newcomers,
        everyone=everyone,
        hours=hours,
        days=_in_words(hours.days),
        free=tuple(one for one in holidays(home) if one.last >= (now - LOOKED_BACK).date()),
    )


def _in_words(days: frozenset[int]) -> str:
    first, last = min(days), max(days)
    if len(days) > 2 and len(days) == last - first + 1:  # noqa: PLR2004 - from two days on there is nothing between
        return _("%(first)s to %(last)s") % {"first": WEEKDAYS[first], "last": WEEKDAYS[last]}
    return ", ".join(str(WEEKDAYS[day]) for day in sorted(days))
