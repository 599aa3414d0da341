"""Workshops: a facilitator makes one and invites; each says yes or no, and may leave at any time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, letters
from crosstie.actions.organisation.powers import FACILITATE
from crosstie.actions.organisation.weeks import WEEKS, ends_on, week_on
from crosstie.actions.views import PersonCard
from crosstie.errors import NotAllowed, NotShown, UsageRefused
from crosstie.people import Role, Viewer
from crosstie.store.models import Done, Member, Participant, Workshop

LONGEST_NAME = 120
MOST_PEOPLE = 60
"""More do not read one another's notes."""
FURTHEST_AHEAD = timedelta(days=2 * 365)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkshopLine:
    """A workshop in a list.

    Attributes:
        number: which one.
        name: what the facilitator calls it.
        facilitator: who facilitates.
        starts_on, ends_on: its first and last day.
        week: 0 before it, 1 to 4, 5 after it.
    """

    number: int
    name: str
    facilitator: PersonCard
    starts_on: date
    ends_on: date
    week: int

    @property
    def is_over(self) -> bool:
        """Say whether its last day has passed."""
        return self.week > len(WEEKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshops:
    """The workshops of one member: where they are invited, where they take part, and what they facilitate."""

    invited: tuple[WorkshopLine, ...]
    taking_part: tuple[WorkshopLine, ...]
    facilitated: tuple[WorkshopLine, ...]
    may_make: bool


def make(home: Home, viewer: Viewer, name: str, starts_on: date) -> int:
    """Make a workshop; return its number.

    Raises:
        NotAllowed: the viewer is no facilitator.
        UsageRefused: it has no name, or starts before today or over two years from now.
    """
    me = gate.acting(home, viewer, FACILITATE)
    name = " ".join(name.split())[:LONGEST_NAME]
    if not name:
        raise UsageRefused(_("The workshop has no name."), hint=_("Say what it is called."))
    today = timezone.localdate()
    if starts_on < today:
        raise UsageRefused(_("The first day has passed."), hint=_("Choose a day to come."))
    if starts_on > today + FURTHEST_AHEAD:
        raise UsageRefused(
            _("The first day is over two years away."), hint=_("Choose a day within the next two years.")
        )
    made = Workshop.objects.create(name=name, facilitator=me.account, starts_on=starts_on)
    home.store.journal(me.account, "workshop made", f"workshop {made.pk}")
    return made.pk


def may_invite(home: Home, viewer: Viewer, number: int) -> tuple[PersonCard, ...]:
    """Return by name the members who are not invited yet.

    Raises:
        NotShown: nobody signed in, or the workshop is not theirs to facilitate.
    """
    workshop = facilitated(home, viewer, number)[1]
    asked = set(Participant.objects.filter(workshop=workshop).values_list("account", flat=True))
    cards = gate.cards_of(
        home, [one.account for one in gate.joined(home).values() if one.account not in asked]
    )
    return tuple(sorted(cards.values(), key=lambda card: (card.name.casefold(), card.key)))


def invite(home: Home, viewer: Viewer, number: int, people: Collection[str]) -> int:
    """Invite members; each gets a letter and says yes or no. Return how many were not invited before.

    Args:
        home: the workspace.
        viewer: who facilitates it.
        number: the workshop's.
        people: their keys.

    Raises:
        NotShown: nobody signed in, or the workshop is not theirs to facilitate.
        NotAllowed: it is over, or someone did not join.
        UsageRefused: these are too many.
    """
    workshop = facilitated(home, viewer, number)[1]
    if week_on(workshop.starts_on, timezone.localdate()) > len(WEEKS):
        raise NotAllowed(_("This workshop is over."), hint=_("Make another."))
    wanted = [gate.member_of(home, person) for person in dict.fromkeys(people)]
    if None in wanted:
        raise NotAllowed(
            _("Someone you chose does not take part."), hint=_("Choose among the members shown.")
        )
    if workshop.participants.count() + len(wanted) > MOST_PEOPLE:
        raise UsageRefused(
            _("A workshop holds %(most)d people.") % {"most": MOST_PEOPLE}, hint=_("Make a second one.")
        )
    made = 0
    with transaction.atomic():
        for member in wanted:
            if member is not None:
                found = Participant.objects.get_or_create(workshop=workshop, account=member.account)
                made += found[1]
                write_invitation(home, workshop, member)
    return made


def accept(home: Home, viewer: Viewer, number: int) -> None:
    """Say yes to an invitation, also after having left.

    Raises:
        NotShown: nobody signed in, or was not invited.
        NotAllowed: it is over, one takes part in another at the same time, or opted out.
    """
    me = gate.under_own_name(home, viewer)
    mine = invited(me, number)
    starts_on, today = mine.workshop.starts_on, timezone.localdate()
    if week_on(starts_on, today) > len(WEEKS):
        raise NotAllowed(_("This workshop is over."), hint=_("Ask for the next one."))
    others = Participant.objects.filter(account=me.account, left_at=None).exclude(joined_at=None)
    for other in others.exclude(pk=mine.pk).select_related("workshop"):
        # Also what keeps two groups from being told apart by one person.
        if starts_on <= ends_on(other.workshop.starts_on) and other.workshop.starts_on <= ends_on(starts_on):
            raise NotAllowed(
                _("You take part in “%(name)s” at that time.") % {"name": other.workshop.name},
                hint=_("Leave it first, or join a later one."),
            )
    Participant.objects.filter(pk=mine.pk).update(joined_at=timezone.now(), left_at=None)


def leave(home: Home, viewer: Viewer, number: int) -> None:
    """Leave a workshop, or say no to it. One's figures and marks of what is done go; notes stay until erased.

    Raises:
        NotShown: nobody signed in, or was not invited.
    """
    me = gate.acting(home, viewer)
    mine = invited(me, number)
    with transaction.atomic():
        Done.objects.filter(participant=mine).delete()
        Participant.objects.filter(pk=mine.pk).update(left_at=timezone.now(), before={}, after={})


def workshops(home: Home, viewer: Viewer) -> Workshops:
    """Return the viewer's workshops, the latest first.

    Raises:
        NotShown: nobody signed in.
    """
    me = gate.acting(home, viewer)
    mine = Participant.objects.filter(account=me.account, left_at=None).select_related("workshop")
    ordered = list(mine.order_by("-workshop__starts_on", "-pk"))
    invitations = [line(home, one.workshop) for one in ordered if one.joined_at is None]
    return Workshops(
        invited=tuple(one for one in invitations if not one.is_over),
        taking_part=tuple(line(home, one.workshop) for one in ordered if one.joined_at),
        facilitated=tuple(
            line(home, one)
            for one in Workshop.objects.filter(facilitator=me.account).order_by("-starts_on", "-pk")
            if facilitates(me, one)
        ),
        may_make=Role(me.role).covers(FACILITATE.role),
    )


def line(home: Home, workshop: Workshop) -> WorkshopLine:
    """Return a workshop as a line."""
    return WorkshopLine(
        number=workshop.pk,
        name=workshop.name,
        facilitator=gate.card_of(home, workshop.facilitator),
        starts_on=workshop.starts_on,
        ends_on=ends_on(workshop.starts_on),
        week=week_on(workshop.starts_on, timezone.localdate()),
    )


def facilitated(home: Home, viewer: Viewer, number: int) -> tuple[Member, Workshop]:
    """Return the member who acts and a workshop that they facilitate.

    Raises:
        NotShown: nobody signed in, or the workshop is not theirs to facilitate.
    """
    me = gate.acting(home, viewer)
    found = Workshop.objects.filter(pk=number).first()
    if found is None or not facilitates(me, found):
        raise NotShown(_("There is no such workshop of yours."), hint=_("Go back to the workshops."))
    return me, found


def facilitates(me: Member, workshop: Workshop) -> bool:
    """Say whether a workshop is a member's to facilitate: they made it, and have the role still."""
    return workshop.facilitator == me.account and Role(me.role).covers(FACILITATE.role)


def invited(me: Member, number: int) -> Participant:
    """Return a member's part in a workshop, whatever they said to it.

    Raises:
        NotShown: they were not invited.
    """
    found = Participant.objects.select_related("workshop").filter(workshop=number, account=me.account).first()
    if found is None:
        raise NotShown(_("There is no such workshop of yours."), hint=_("Go back to the workshops."))
    return found


def write_invitation(home: Home, workshop: Workshop, member: Member) -> None:
    """Write to a member that they are invited to a workshop, and by whom, as far as they may be shown."""
    with letters.language_of(member.account):
        name = gate.card_of(home, workshop.facilitator).name
        letters.write(
            key=f"workshop:{workshop.pk}:invited:{member.account}",
            kind="workshop",
            account=member.account,
            subject=_("%(name)s invites you to a workshop") % {"name": name},
            text=_(
                "Hello %(member)s,\n\n%(name)s invites you to the workshop “%(workshop)s”: four weeks, one"
                " thing to do a week, about a quarter of an hour each. You say yes or no, and may leave at"
                " any time.\n\n%(link)s\n"
            )
            % {
                "member": member.name,
                "name": name,
                "workshop": workshop.name,
                "link": f"/workshops/{workshop.pk}",
            },
        )
