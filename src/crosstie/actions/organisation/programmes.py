"""A facilitator brings a group of people together: drawn at random, paired, looked at, then sent."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crosstie.actions import snapshots
from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, keeping_apart, meetings_sent, programme_pairs
from crosstie.actions.organisation.powers import BRING_TOGETHER
from crosstie.errors import NotAllowed, NotShown, UsageRefused
from crosstie.people import Viewer
from crosstie.people.meeting import standing
from crosstie.practice.waitlist import is_as_drawn
from crosstie.store.models import Meeting, Member, Programme, Run

LONGEST = 120


def make(
    home: Home,
    viewer: Viewer,
    *,
    name: str,
    everyone: bool = False,
    group: tuple[str, str] | None = None,
    picked: Sequence[str] = (),
    capacity: int | None = None,
) -> int:
    """Choose people, draw who comes first, and pair them; nothing is sent. Return the programme's number.

    Args:
        home: the workspace.
        viewer: the facilitator.
        name: what it is called; the people in it read it.
        everyone: all who joined, or
        group: those of them in one unit of the directory: its kind and its name, or
        picked: people by key.
        capacity: for how many there is room; the others wait, in the order drawn. Everyone, if not given.

    Raises:
        NotShown: nobody signed in.
        NotAllowed: the viewer is no facilitator.
        UsageRefused: there is no name, or there are too few people, or too little room.
    """
    # Before anyone knows who is in the draw.
    seed = secrets.token_hex(16)
    me = gate.acting(home, viewer, BRING_TOGETHER)
    name = " ".join(name.split())[:LONGEST]
    if not name:
        raise UsageRefused(_("A programme needs a name."), hint=_("The people in it read it."))
    if capacity is not None and capacity < programme_pairs.FEWEST:
        raise UsageRefused(
            _("There has to be room for %(fewest)d at least.") % {"fewest": programme_pairs.FEWEST},
            hint=_("Among fewer, the pairs would tell who does not want to meet whom."),
        )
    accounts = _chosen(home, everyone=everyone, group=group, picked=picked)
    drawn = programme_pairs.drawn_from(home, accounts, capacity=capacity, seed=seed)
    if drawn is None:
        raise UsageRefused(
            _("Fewer than %(fewest)d of these people can be brought together now.")
            % {"fewest": programme_pairs.FEWEST},
            hint=_("Choose more people: among so few, the pairs would tell who does not want to meet whom."),
        )
    with transaction.atomic():
        programme = Programme.objects.create(
            name=name,
            facilitator=me.account,
            people=accounts,
            capacity=capacity,
            draw=programme_pairs.stored(drawn),
        )
        programme_pairs.pair(home, programme)
    home.store.journal(me.account, "programme drawn", f"number {programme.pk}, {drawn.digest}")
    return programme.pk


def pair_again(home: Home, viewer: Viewer, number: int) -> None:
    """Pair a programme's people again, from the same draw and what holds now.

    Raises:
        NotShown: nobody signed in, or it is not theirs.
        NotAllowed: the viewer is no facilitator, or it was sent.
    """
    programme_pairs.pair(home, _unsent(home, viewer, number))


def keep_apart(home: Home, viewer: Viewer, number: int, one: str, other: str) -> None:
    """Say that two people are not to be brought together, and pair the programme again; neither is told.

    Raises:
        NotShown: nobody signed in, it is not theirs, or one of the two does not take part.
        NotAllowed: the viewer is no facilitator, it was sent, or the two are one.
    """
    programme = _unsent(home, viewer, number)
    keeping_apart.keep_two_apart(home, viewer, one, other)
    programme_pairs.pair(home, programme)


def send(home: Home, viewer: Viewer, number: int, version: str) -> None:
    """Send a programme: everyone in a pair gets a letter with a proposed half hour, soon.

    Args:
        home: the workspace.
        viewer: the facilitator.
        number: which programme.
        version: of the pairs they looked at (`programmes_seen.ProgrammeView`).

    Raises:
        NotShown: nobody signed in, or it is not theirs.
        NotAllowed: the viewer is no facilitator, it was sent, or the pairs have changed since.
    """
    programme = _unsent(home, viewer, number)
    planned = programme_pairs.pairs(programme, state="planned")
    now = standing(programme_pairs.rules_of_programmes(home))
    person_of = snapshots.persons(home).person_of
    if (
        not planned
        or programme_pairs.version(planned) != version
        or not all(programme_pairs.still_fits(person_of, people, now) for people in planned.values())
    ):
        raise NotAllowed(
            _("These pairs cannot be sent as they were shown."), hint=_("Pair again, and look at them again.")
        )
    with transaction.atomic():
        if not Programme.objects.filter(pk=number, state="preview").update(
            state="sent", sent_at=timezone.now()
        ):
            raise NotAllowed(_("This programme was sent already."), hint="")
        Run.objects.get_or_create(
            key=f"programme:{number}",
            defaults={"kind": "programme", "payload": {"number": number}, "due_at": timezone.now()},
        )
    home.store.journal(programme.facilitator, "programme sent", f"number {number}")


def bring_together(home: Home, payload: dict[str, Any]) -> None:
    """Write the letters of a programme that was sent; begun again, it goes on where it stopped.

    A pair in which somebody opted out, paused or was kept apart since is left out.
    """
    meetings = Meeting.objects.filter(programme=payload["number"], programme__state="sent", state="planned")
    now = standing(programme_pairs.rules_of_programmes(home))
    person_of = snapshots.persons(home).person_of
    for number in meetings.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            meeting = (
                Meeting.objects.select_for_update(of=("self",)).select_related("programme").get(pk=number)
            )
            people = meeting.parts.values_list("account", flat=True)
            if programme_pairs.still_fits(person_of, people, now):
                meetings_sent.bring_together(home, meeting)
            else:
                Meeting.objects.filter(pk=number).update(state="lapsed")


def drop(home: Home, viewer: Viewer, number: int) -> None:
    """Drop a programme that was not sent. That its draw was made stays in the journal, and is counted.

    Raises:
        NotShown: nobody signed in, or it is not theirs.
        NotAllowed: the viewer is no facilitator, or it was sent.
    """
    programme = _unsent(home, viewer, number)
    with transaction.atomic():
        programme.meetings.filter(state="planned").delete()
        Programme.objects.filter(pk=programme.pk, state="preview").update(state="dropped")
    home.store.journal(programme.facilitator, "programme dropped", f"number {number}")


def is_drawn_right(home: Home, viewer: Viewer, number: int) -> bool:
    """Draw a programme again from its seed, and say whether the stored draw is what comes out.

    Raises:
        NotShown: nobody signed in, or it is not theirs.
        NotAllowed: the viewer is no facilitator.
    """
    return is_as_drawn(programme_pairs.draw_of(mine(home, viewer, number)))


def mine(home: Home, viewer: Viewer, number: int) -> Programme:
    """Return a programme of the viewer's.

    Raises:
        NotShown: nobody signed in, or it is not theirs.
        NotAllowed: the viewer is no facilitator.
    """
    me = gate.acting(home, viewer, BRING_TOGETHER)
    found = Programme.objects.filter(pk=number, facilitator=me.account).exclude(state="dropped").first()
    if found is None:
        raise NotShown(_("There is no such programme of yours."), hint="")
    return found


def _unsent(home: Home, viewer: Viewer, number: int) -> Programme:
    programme = mine(home, viewer, number)
    if programme.state != "preview":
        raise NotAllowed(_("This programme was sent already."), hint=_("Make a new one."))
    return programme


def _chosen(home: Home, *, everyone: bool, group: tuple[str, str] | None, picked: Sequence[str]) -> list[str]:
    """Return the accounts of those chosen among the people who joined, sorted."""
    joined = gate.joined(home)
    members: list[Member] = []
    for person, member in joined.items():
        in_group = group is not None and gate.card_of(home, person).groups.get(group[0]) == group[1]
        if everyone or in_group or person in picked:
            members.append(member)
    return sorted(member.account for member in members)
