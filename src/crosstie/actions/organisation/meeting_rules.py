"""Who may be brought together with whom today: from what members chose, and from what was before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import itemgetter

from django.db.models import Q
from django.utils import timezone

from crosstie.actions import snapshots
from crosstie.actions.home import Home
from crosstie.actions.organisation import gate
from crosstie.actions.organisation.proposing import is_away
from crosstie.people import Person
from crosstie.people.meeting import MeetingRules, PastMeeting, Stage
from crosstie.store.models import NotWith, Part

OPEN_AT_MOST = 3
"""Introductions that someone is in, and that are not settled, at most."""

LAPSES = timedelta(weeks=4)
"""A suggestion that not all said yes to is gone after so long."""

DAYS_APART = 90
"""The same people are not suggested to one another again within so many days."""


def rules(home: Home, *, on: date, of_programme: bool = False) -> MeetingRules:
    """Return what holds on a day, people by their keys.

    Args:
        home: the workspace.
        on: the day.
        of_programme: for a facilitator's programme, which may bring two who met together once more, and
            takes no account of introductions that are open; else for introductions.
    """
    who = snapshots.persons(home)
    members = gate.joined(home)
    # A year of meetings is some thousand of them, and pages ask again and again.
    asked = f"meetings before {on} in {timezone.get_current_timezone_name()}"
    past, met = home.store.until_written.once(asked, lambda: _past(snapshots.persons(home).person_of, on))
    apart = {
        (who.person_of[one], who.person_of[other])
        for one, other in NotWith.objects.values_list("account", "other")
        if one in who.person_of and other in who.person_of
    }
    return MeetingRules(
        on=on,
        joined=frozenset(one for one in members if one in who.by_key and not _left(who.by_key[one], on)),
        opted_out=frozenset(who.opted_out),
        paused={
            person: None for person, member in members.items() if not member.meets or is_away(member, on)
        },
        do_not_pair=frozenset(apart if of_programme else apart | met),
        past=past,
        caps={} if of_programme else _full(who.person_of),
        days_apart=DAYS_APART,
    )


def _left(person: Person, on: date) -> bool:
    """Say whether the directory says that someone has left by a day."""
    return bool(person.left_on and person.left_on <= on.isoformat())


def _full(person_of: Mapping[str, str]) -> dict[str, int]:
    """Return a cap of none for everyone who is in as many open introductions as can be."""
    return {person_of.get(account, ""): 0 for account, count in open_parts().items() if count >= OPEN_AT_MOST}


def open_parts(accounts: Collection[str] | None = None) -> Counter[str]:
    """Return how many introductions are open, by account; of these accounts, or of all.

    One that the other declined is open still, until it lapses: nobody can tell from it what the other said.
    One that came about, and was called off then, is not.
    """
    open_to_them = Part.objects.filter(
        meeting__programme=None,
        meeting__state__in=("suggested", "declined"),
        meeting__agreed_at=None,
        meeting__made_at__gt=timezone.now() - LAPSES,
    ).exclude(answer="no")
    if accounts is not None:
        open_to_them = open_to_them.filter(account__in=accounts)
    return Counter(open_to_them.values_list("account", flat=True))


def _past(
    person_of: Mapping[str, str], on: date
) -> tuple[tuple[PastMeeting, ...], frozenset[tuple[str, str]]]:
    """Return what was before, and the pairs who said that they met."""
    since = datetime.combine(
        on - timedelta(days=DAYS_APART + 1), datetime.min.time(), tzinfo=timezone.get_current_timezone()
    )
    # Of older ones only those that came about still count: new people are better.
    counts = Q(meeting__state="agreed") | Q(meeting__made_at__gte=since) | Q(meeting__agreed_at__gte=since)
    rows = Part.objects.filter(counts).exclude(meeting__state="planned").order_by("meeting_id")
    named = rows.values_list(
        "meeting_id", "meeting__state", "meeting__made_at", "meeting__agreed_at", "account", "met"
    )
    past: list[PastMeeting] = []
    met: set[tuple[str, str]] = set()
    for (_number, state, made_at, agreed_at), parts in groupby(named, key=itemgetter(0, 1, 2, 3)):
        told = [(person_of[account], said) for *_, account, said in parts if account in person_of]
        people = tuple(sorted({person for person, _ in told}))
        if len(people) < 2:  # noqa: PLR2004 - a meeting takes two
            continue
        said_met = any(said == "yes" for _, said in told)
        if said_met:
            met |= {(one, other) for row, one in enumerate(people) for other in people[row + 1 :]}
        # What was declined costs nobody one of their meetings.
        came_about = state == "agreed"
        stage = (Stage.MET if said_met else Stage.ASKED) if came_about else Stage.SUGGESTED
        past.append(PastMeeting(people=people, on=timezone.localdate(agreed_at or made_at), stage=stage))
    return tuple(past), frozenset(met)
