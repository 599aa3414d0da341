"""Find introductions worth making, in background work or when someone asks for them, and keep them."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, meeting_reasons, meetings_sent
from crosstie.actions.organisation.colleagues import colleagues
from crosstie.actions.organisation.meeting_rules import DAYS_APART, LAPSES, OPEN_AT_MOST, open_parts, rules
from crosstie.advice.introductions import IntroductionSettings, introductions
from crosstie.advice.organisation_introductions import OrganisationSettings, organisation_introductions
from crosstie.advice.worthwhile import Taste
from crosstie.errors import NotAllowed
from crosstie.people import Viewer
from crosstie.people.meeting import MeetingRules, PastMeeting, Stage
from crosstie.store.models import Meeting, Member, Part

A_WEEK_AT_MOST = 6
"""Introductions found for one person in a week at most, however many of them are turned down."""


def look(home: Home, viewer: Viewer) -> int:
    """Look for introductions for the viewer now; return how many were found.

    The others are told only that an introduction is suggested to them too, once a week at most.

    Raises:
        NotShown: nobody signed in.
        NotAllowed: they opted out, or enough were found for them this week.
    """
    me = gate.under_own_name(home, viewer)
    since = timezone.now() - timedelta(days=7)
    if Part.objects.filter(account=me.account, meeting__made_at__gte=since).count() >= A_WEEK_AT_MOST:
        raise NotAllowed(
            _("Enough introductions were found for you this week."), hint=_("Look again next week.")
        )
    made = _Round(home).suggest_to(gate.person_of(home, me.account))
    meetings_sent.tell(home, [account for account in _accounts_in(made) if account != me.account])
    return len(made)


def between(home: Home, one: str, other: str) -> Meeting:
    """Keep an introduction between two people, one of whom wants it; both are still to say yes.

    The other is told as of any introduction, and not what for.

    Args:
        home: the workspace.
        one: the key of who wants it.
        other: the key of whom they may be brought together with (`crosstie.people.meeting.Standing`).

    Raises:
        NotAllowed: somebody else's came between, or one of them is nowhere in what was read.
    """
    try:
        made = _Round(home).keep(one, other)
    except KeyError:
        made = None
    if made is None:
        raise NotAllowed(_("You cannot be brought together just now."), hint=_("Try again in some weeks."))
    others = [account for account in _accounts_in([made]) if gate.person_of(home, account) != one]
    meetings_sent.tell(home, others)
    return made


def suggest(home: Home, payload: dict[str, Any]) -> None:
    """Look for introductions for everybody: the week's round. Begun again, it only fills what is missing."""
    begins = str(payload["begins"])
    this_time = _Round(home)
    this_time.suggest_to_all(seed=int.from_bytes(home.keyring.hashed("round", begins).encode()[:8]))
    meetings_sent.tell(home, sorted(open_parts()))


def lapse(home: Home, _payload: dict[str, Any]) -> None:
    """Let suggestions go that did not come about; who said no to them, or called off, is forgotten."""
    del home
    gone = Meeting.objects.filter(state__in=("suggested", "declined"), made_at__lte=timezone.now() - LAPSES)
    with transaction.atomic():
        Part.objects.filter(meeting__in=gone).update(answer="", answered_at=None)
        gone.filter(state="suggested").update(state="lapsed")


def withdraw(account: str) -> None:
    """Let the introductions go that someone is in who opted out: they are open to nobody any more."""
    theirs = Meeting.objects.filter(
        programme=None, state__in=("suggested", "declined"), parts__account=account
    )
    gone = list(theirs.values_list("pk", flat=True))
    with transaction.atomic():
        Part.objects.filter(meeting__in=gone).update(answer="", answered_at=None)
        Meeting.objects.filter(pk__in=gone).update(state="lapsed")


class _Round:
    """One going round: the rules, and what it adds to them."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.members = gate.joined(home)
        self.colleagues = colleagues(home)
        self.on = timezone.localdate()
        self.rules: MeetingRules = rules(home, on=self.on)

    def suggest_to(self, person: str) -> list[Meeting]:
        """Find and keep introductions for one person, until they are in so many that are open."""
        if person not in self.members:
            return []
        account = self.members[person].account
        room = OPEN_AT_MOST - open_parts([account])[account]
        if room <= 0:
            return []
        try:
            found = introductions(
                person,
                colleagues=self.colleagues,
                rules=self.rules,
                settings=IntroductionSettings(most=OPEN_AT_MOST),
            )
        except KeyError:
            return []  # nothing that was read involves them yet
        # Of three, one is kept for a group they hardly reach; it is the last.
        found = tuple(sorted(found, key=lambda one: not one.is_bridge))
        return [
            made
            for one in found[:room]
            if (made := self.keep(one.person, one.candidate, is_bridge=one.is_bridge)) is not None
        ]

    def suggest_to_all(self, *, seed: int) -> None:
        """Share out and keep introductions for everybody; the seed is of the week, so that luck changes."""
        open_now = open_parts()
        found = organisation_introductions(
            {person: OPEN_AT_MOST - open_now[member.account] for person, member in self.members.items()},
            colleagues=self.colleagues,
            rules=self.rules,
            settings=OrganisationSettings(
                each=IntroductionSettings(most=OPEN_AT_MOST, taste=Taste(seed=seed))
            ),
        )
        for one in found:
            self.keep(one.person, one.candidate, is_bridge=one.is_bridge)

    def keep(self, person: str, candidate: str, *, is_bridge: bool = False) -> Meeting | None:
        """Keep an introduction, unless somebody else's came between and left no room for it."""
        two = [self.members[person], self.members[candidate]]
        accounts = [member.account for member in two]
        with transaction.atomic():
            # Held, so that two who look at once find no third one twice.
            list(Member.objects.select_for_update().filter(account__in=accounts).order_by("pk"))
            counts = open_parts(accounts)
            is_full = max(counts.values(), default=0) >= OPEN_AT_MOST
            made = (
                None
                if is_full or _lately(accounts)
                else self._kept(person, candidate, accounts, is_bridge=is_bridge)
            )
        counts.update(accounts if made is not None else ())
        caps = {each: 0 for each in (person, candidate) if counts[self.members[each].account] >= OPEN_AT_MOST}
        self.rules = replace(self.rules, caps={**self.rules.caps, **caps})
        if made is not None:
            past = PastMeeting(people=(person, candidate), on=self.on, stage=Stage.SUGGESTED)
            self.rules = replace(self.rules, past=(*self.rules.past, past))
        return made

    def _kept(self, person: str, candidate: str, accounts: list[str], *, is_bridge: bool) -> Meeting:
        found = meeting_reasons.find(
            self.colleagues,
            [person, candidate],
            on=self.on,
            unnamed=self.rules.opted_out,
            bridge_for=person if is_bridge else "",
        )
        meeting = Meeting.objects.create(
            reasons=found.reasons, task=found.task, uid=secrets.token_hex(16), made_at=timezone.now()
        )
        Part.objects.bulk_create([Part(meeting=meeting, account=account) for account in accounts])
        return meeting


def _lately(accounts: list[str]) -> bool:
    """Say whether these two were suggested to one another within the days apart."""
    since = timezone.now() - timedelta(days=DAYS_APART)
    theirs = Meeting.objects.filter(made_at__gt=since, parts__account=accounts[0])
    return theirs.filter(parts__account=accounts[1]).exclude(state="planned").exists()


def _accounts_in(made: list[Meeting]) -> list[str]:
    return list(Part.objects.filter(meeting__in=made).values_list("account", flat=True))
