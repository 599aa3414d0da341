"""*Circle check* for a member: a word to that person alone, with three ways to open the circle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from crosstie.actions import failures, quarters, snapshots
from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, looks, meeting, openings
from crosstie.actions.organisation.proposing import is_away
from crosstie.actions.pages.circle import contacts_of
from crosstie.actions.pages.originals import traces
from crosstie.actions.pages.sight import sight
from crosstie.actions.quarters import Circles
from crosstie.actions.speaking import spoken
from crosstie.actions.views import Original
from crosstie.errors import NotShown
from crosstie.network.metrics.group_diversity import KINDS
from crosstie.people import Viewer
from crosstie.practice import said
from crosstie.practice.checked import CircleCheck, Opening, Way, Withheld, WithheldWhy
from crosstie.practice.checked import openings as chosen_of
from crosstie.practice.circle_check import Presence, circle_check
from crosstie.record import Openness
from crosstie.store.models import Member

_PART_TIME = 0.5
"""How much of full time a part-time person is taken to work: members do not say, so the careful half."""

_MOST = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningView:
    """One concrete thing to do.

    Attributes:
        way: ``ask``, ``read`` or ``meet``.
        sentence: what, and why.
        original: of a place to read, a question that was answered there.
    """

    way: str
    sentence: str
    original: Original | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckView:
    """What is said to one person about their circle.

    Attributes:
        is_ready: whether it was worked out yet.
        has_failed: where it was not: whether that failed when it was last tried.
        findings: what is pointed out, in sentences.
        withheld: what is not said and why, in sentences.
        openings: one thing to do a way, where something is pointed out.
        ends_on: the last day that was looked at.
    """

    is_ready: bool
    has_failed: bool = False
    findings: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    openings: tuple[OpeningView, ...] = ()
    ends_on: date | None = None


def check(home: Home, viewer: Viewer) -> CheckView:
    """Look at the viewer's own circle over the last three quarters; nobody else is ever shown it.

    Raises:
        NotShown: nobody signed in.
    """
    me = gate.acting(home, viewer)
    circles = quarters.newest(home)
    if circles is None:
        return CheckView(is_ready=False, has_failed=failures.has_failed(home, "circle-check"))
    person = gate.person_of(home, me.account)
    checked = _checked(home, circles, person, me)
    return CheckView(
        is_ready=True,
        findings=tuple(spoken(one.sentence) for one in checked.findings),
        withheld=tuple(spoken(one.sentence) for one in checked.withheld),
        openings=_openings(home, viewer, me, checked) if checked.findings else (),
        ends_on=circles.quarters[-1].ends_on if circles.quarters else None,
    )


def make(home: Home, _payload: dict[str, Any]) -> None:
    """Work out what the checks of everybody rest on, and ways to open the circles of those with a finding."""
    members = gate.joined(home)
    quarters.make(home, exact_for=members)
    circles = quarters.newest(home)
    if circles is not None and not openings.are_found(home):
        openings.find(home, _with_findings(home, circles, members.items()))


def _with_findings(home: Home, circles: Circles, members: Iterable[tuple[str, Member]]) -> list[str]:
    return [person for person, member in members if _checked(home, circles, person, member).findings]


def _checked(home: Home, circles: Circles, person: str, member: Member) -> CircleCheck:
    row = circles.row_of(person) if person else None
    if row is None:  # nothing that was read up to then involves them
        why = WithheldWhy.FEW_TRACES
        return CircleCheck(findings=(), withheld=(Withheld(sign=None, why=why, sentence=said.withheld(why)),))
    return circle_check(
        row, quarters=circles.quarters, presence=_presence(home, person, member), errors=circles.errors(row)
    )


def _presence(home: Home, person: str, member: Member) -> Presence:
    """Return what is known of someone's time: the directory's first day, and what they said themselves.

    Who joined crosstie lately has not thereby joined the organisation; where no directory says it, few traces
    in the first of the quarters speak for a newcomer, and nothing is said either.
    """
    joined_on = snapshots.persons(home).by_key[person].joined_on
    absences: tuple[tuple[date, date], ...] = ()
    if member.absent_from is not None:
        absences = ((member.absent_from, member.absent_until or timezone.localdate()),)
    return Presence(
        joined_on=date.fromisoformat(joined_on) if joined_on else None,
        absences=absences,
        share=_PART_TIME if member.part_time else 1.0,
    )


def _openings(home: Home, viewer: Viewer, me: Member, checked: CircleCheck) -> tuple[OpeningView, ...]:
    ways = openings.kept_for(home, gate.person_of(home, me.account))
    here, today = gate.joined(home), timezone.localdate()
    to_ask = {
        one.person: one for one in ways.ask if one.person in here and not is_away(here[one.person], today)
    }
    opened = traces(home, viewer, [one.trace for one in ways.read])
    to_read = {one.place: one for one in ways.read if one.trace in opened and _open_place(home, one.place)}
    to_meet = {one.who[0].key: one for one in meeting.suggested_to(home, me)}
    candidates = [
        *(Opening(way=Way.ASK, key=key, group=_group_of(home, key)) for key in to_ask),
        *(Opening(way=Way.READ, key=key, is_new=one.is_new) for key, one in to_read.items()),
        *(Opening(way=Way.MEET, key=key, group=_group_of(home, key)) for key in to_meet),
    ]
    found = {
        one.way: one
        for one in chosen_of(checked, candidates=candidates, usual_groups=_usual_groups(home, viewer))
    }
    looks.note_all(
        home, viewer, [found[way].key for way in (Way.ASK, Way.MEET) if way in found], "circle check"
    )
    made = []
    if Way.ASK in found:
        key = found[Way.ASK].key
        made.append(_asking(home, key, to_ask[key].place))
    if Way.READ in found:
        key = found[Way.READ].key
        made.append(
            OpeningView(
                way=Way.READ,
                sentence=_reading(to_read[key].is_topical) % {"place": _open_place(home, key)},
                original=opened[to_read[key].trace],
            )
        )
    meet = (
        _("Meet %(names)s: you could be introduced.") % {"names": to_meet[found[Way.MEET].key].names}
        if Way.MEET in found
        else _("Let crosstie look for someone you could be introduced to.")
    )
    return (*made, OpeningView(way=Way.MEET, sentence=meet))


def _reading(is_topical: bool) -> str:  # noqa: FBT001 - which of two sentences
    if is_topical:
        return _("Read %(place)s: people outside your circle answer there what you write about.")
    return _(
        "Read %(place)s: people outside your circle answer questions there, and you have not been there."
    )


def _asking(home: Home, key: str, place: str) -> OpeningView:
    named = {"name": gate.card_of(home, key).name, "place": _open_place(home, place)}
    if named["place"]:
        return OpeningView(
            way=Way.ASK,
            sentence=_("Ask %(name)s, who answers in %(place)s what you write about.") % named,
        )
    return OpeningView(way=Way.ASK, sentence=_("Ask %(name)s, who answers what you write about.") % named)


def _open_place(home: Home, key: str) -> str:
    """Return the name of a place while it is open, "" else."""
    name, openness = home.store.places.one(key)
    return name if openness == Openness.OPEN.value else ""


def _group_of(home: Home, person: str) -> str:
    groups = gate.card_of(home, person).groups
    return next((groups[kind] for kind in KINDS if kind in groups), "")


def _usual_groups(home: Home, viewer: Viewer) -> frozenset[str]:
    """Return the largest groups with which together more than half of the viewer's contact is."""
    try:
        contacts = contacts_of(sight(home, viewer))
    except NotShown:
        return frozenset()
    held: Counter[str] = Counter()
    for one in contacts:
        group = next((one.person.groups[kind] for kind in KINDS if kind in one.person.groups), "")
        if group and one.is_active:
            held[group] += one.contact  # type: ignore[assignment]  # amounts are counted as well as things
    usual: set[str] = set()
    for group, _amount in held.most_common():
        if sum(held[one] for one in usual) > _MOST * sum(held.values()):
            break
        usual.add(group)
    return frozenset(usual)
