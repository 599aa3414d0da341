"""Before a question goes out: what was answered before, who could help and why, how large the crowd is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from crosstie.actions import advising, asked_places
from crosstie.actions.advice_views import Answered, Helper
from crosstie.actions.home import Home
from crosstie.actions.organisation import circles, gate
from crosstie.actions.organisation.first_replies import FirstReply, first_reply
from crosstie.actions.pages.circle import contacts_of
from crosstie.actions.pages.sight import sight
from crosstie.actions.views import PersonCard
from crosstie.errors import NotShown, UsageRefused
from crosstie.ideas.requests import asks_nothing
from crosstie.people import Viewer
from crosstie.store.models import Asked, Member

SUGGESTED = 3
SMALLEST_CROWD = 10
LONGEST = 4_000
_ALIKE = 0.3  # of the words of two questions, from where "not my subject" said to one holds for the other


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Someone likely to help, with the reasons both can read.

    Attributes:
        helper: who, why, and the path to them.
        is_free: whether they take questions now; otherwise "ask later", and no more is said.
    """

    helper: Helper
    is_free: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What one sees before a question is sent."""

    text: str
    is_ready: bool  # whether earlier questions can be looked through already
    has_failed: bool  # where they cannot: whether making that possible failed when it was last tried
    place: str  # the key of the place it belongs to, as was said; "" for none
    first_reply: FirstReply | None  # the answer chosen for a question like it that comes again
    before: tuple[Answered, ...]
    candidates: tuple[Candidate, ...]
    asks_nothing: bool  # whether nothing in the text asks for anything, where that can be told
    crowd: int  # the people an alias would hide among, if all who are free were asked; 0: too few for one


def checked(text: str) -> str:
    """Return a question's text, or refuse it.

    Raises:
        UsageRefused: it is empty or longer than a question.
    """
    text = advising.said(text)
    if len(text) > LONGEST:
        raise UsageRefused(
            _("The question is longer than %(most)d characters.") % {"most": LONGEST},
            hint=_("Say the heart of it; the rest fits into the answers."),
        )
    return text


def places(home: Home, viewer: Viewer) -> tuple[tuple[str, str], ...]:
    """Return the open places where questions were answered, by key and name: one of them may be said.

    Raises:
        NotShown: nobody signed in.
    """
    gate.acting(home, viewer)
    return asked_places.places(home)


def checked_place(home: Home, viewer: Viewer, place: str) -> str:
    """Return the key of a place a question may be said to belong to, "" for none, or refuse it.

    Raises:
        NotShown: nobody signed in, or there is no such open place.
    """
    if place and place not in dict(places(home, viewer)):
        raise NotShown(_("There is no such open place."), hint=_("Leave it out."))
    return place


def draft(home: Home, viewer: Viewer, text: str, *, place: str = "", outside: bool = False) -> Draft:
    """Return what was answered before, three people likely to help, and the crowd an alias would hide in.

    Args:
        home: the workspace.
        viewer: who is about to ask.
        text: what they are working on.
        place: the key of the open place it belongs to; "": where questions like it were asked.
        outside: suggest only people who are not in their circle.

    Raises:
        NotShown: nobody signed in, or there is no such place.
        UsageRefused: there is no text, or too much.
    """
    me = gate.acting(home, viewer)
    text = checked(text)
    place = checked_place(home, viewer, place)
    near = circles.people_in(home, me.account) if outside else frozenset()
    candidates = likely(home, viewer, text, place=place, without=near)
    is_ready = advising.is_ready(home)
    return Draft(
        text=text,
        is_ready=is_ready,
        has_failed=not is_ready and advising.has_failed(home),
        place=place,
        first_reply=first_reply(home, viewer, text),
        before=tuple(advising.answered_before(home, viewer, text)),
        candidates=candidates,
        asks_nothing=asks_nothing(text),
        crowd=crowd(home, {one.helper.person.key for one in candidates if one.is_free}),
    )


def likely(
    home: Home,
    viewer: Viewer,
    text: str,
    *,
    place: str = "",
    most: int = SUGGESTED,
    without: Collection[str] = (),
) -> tuple[Candidate, ...]:
    """Return the members likely to help with a question, likeliest first.

    Args:
        home: the workspace.
        viewer: whose question it is.
        text: the question.
        place: the key of the open place it belongs to; "": where questions like it were asked.
        most: how many people at most.
        without: keys of people not to suggest.

    Raises:
        NotShown: nobody signed in.
    """
    me = gate.acting(home, viewer)
    here = reachable(home, text)
    for person in (gate.person_of(home, me.account), *without):
        here.pop(person, None)
    times = times_asked()
    found = advising.who_can_help(
        home,
        viewer,
        text,
        place,
        most,
        only=frozenset(here),
        asked_lately={person: times[member.account] for person, member in here.items()},
    )
    free = {person for person, member in here.items() if takes_one_more(member, times)}
    return tuple(Candidate(helper=one, is_free=one.person.key in free) for one in found)


def is_free(member: Member) -> bool:
    """Say whether someone may be asked now: they said so, and were not asked too often this week."""
    return takes_one_more(member, times_asked(member.account))


def times_asked(account: str = "") -> Counter[str]:
    """Return by account how many questions were put to members this week; to one, or to all."""
    rows = Asked.objects.filter(asked_at__gte=timezone.now() - timedelta(days=7))
    if account:
        rows = rows.filter(account=account)
    return Counter(rows.values_list("account", flat=True))


def takes_one_more(member: Member, times: Counter[str]) -> bool:
    """Say whether someone may be asked now, who was asked so often this week (`times_asked`)."""
    return member.is_free and times[member.account] < member.asked_a_week


def crowd(home: Home, asked: Collection[str], *, more: int = 0) -> int:
    """Return among how many members an alias hides; 0 where they are too few.

    Only who is here and has not opted out could have asked, and nobody who was asked did.

    Args:
        home: the workspace.
        asked: the keys of those of whom everyone concerned knows that they did not ask.
        more: how many others there are of them.
    """
    left = len(gate.people(home) - set(asked)) - more
    return left if left >= SMALLEST_CROWD else 0


def reachable(home: Home, text: str) -> dict[str, Member]:
    """Return by person the members who may be suggested: not away, and nobody whose subject this is not."""
    today = timezone.localdate()
    turned_down = _who_turned_down(text)
    return {
        person: member
        for person, member in gate.joined(home).items()
        if not is_away(member, today) and member.account not in turned_down
    }


def is_away(member: Member, today: date) -> bool:
    """Say whether someone is away, or pauses."""
    if member.paused_until and member.paused_until > today:
        return True
    return bool(
        member.absent_from
        and member.absent_from <= today
        and (member.absent_until is None or today <= member.absent_until)
    )


def _who_turned_down(text: str) -> set[str]:
    """Return who said "not my subject" to a question like this one."""
    words = _words(text)
    rows = Asked.objects.filter(state="not_mine").values_list("account", "question__text")
    return {account for account, other in rows if _likeness(words, _words(other)) >= _ALIKE}


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w+", text.casefold()) if len(word) > 3)  # noqa: PLR2004


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the Jaccard index of two sets of words."""
    return len(one & other) / len(one | other) if one | other else 0.0


def may_pass_to(home: Home, viewer: Viewer) -> tuple[PersonCard, ...]:
    """Return the members in one's own circle who are free, by name: to whom a question can be passed on.

    Raises:
        NotShown: nobody signed in.
    """
    gate.acting(home, viewer)
    here, today = gate.joined(home), timezone.localdate()
    try:
        contacts = contacts_of(sight(home, viewer))
    except NotShown:
        return ()  # one is a member, and nothing that was read involves one yet
    people = [one.person for one in contacts if one.person.key in here]
    times = times_asked()
    cards = [
        one for one in people if takes_one_more(here[one.key], times) and not is_away(here[one.key], today)
    ]
    return tuple(sorted(cards, key=lambda card: (card.name.casefold(), card.key)))
