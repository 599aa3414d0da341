"""Who acts: the member behind a viewer, what their role lets them do, and whom a member may be shown."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from crosstie.actions import looking, snapshots
from crosstie.actions.home import Home
from crosstie.actions.organisation.powers import Power
from crosstie.actions.speaking import spoken
from crosstie.actions.views import PersonCard
from crosstie.errors import NotAllowed, NotShown
from crosstie.people import Person, Role, Viewer
from crosstie.store.models import Member


def acting(home: Home, viewer: Viewer, power: Power | None = None) -> Member:
    """Return the member who acts, or refuse.

    Args:
        home: the workspace.
        viewer: who looks.
        power: what it takes beside being a member; None for what every member may do.

    Raises:
        NotShown: nobody signed in, or they are no member any more.
        NotAllowed: their role does not cover what is needed.
    """
    admitted = looking.as_viewer(home, viewer)
    if not admitted.member:
        raise NotShown(_("Only members may do this."), hint=_("Sign in."))
    needed = power.role if power else Role.MEMBER
    if not admitted.role.covers(needed):
        raise NotAllowed(
            _("Only a %(role)s may do this.") % {"role": spoken(needed.value)},
            hint=_("Ask a steward of your organisation for the role."),
        )
    me = home.store.members.find(admitted.member)
    if me is None:
        raise NotShown(_("Only members may do this."), hint=_("Sign in."))
    return me


def under_own_name(home: Home, viewer: Viewer) -> Member:
    """Return the member who acts where others read who it was, or refuse.

    Raises:
        NotShown: nobody signed in.
        NotAllowed: they opted out, so that nobody is shown them.
    """
    me = acting(home, viewer)
    if is_out(home, me):
        raise NotAllowed(
            _("You opted out, so nothing is shown under your name."), hint=_("Opt in again under About me.")
        )
    return me


def is_out(home: Home, member: Member) -> bool:
    """Say whether a member opted out."""
    return not person_of(home, member.account)


def viewer_of(home: Home, member: int) -> Viewer:
    """Return the viewer for a member who signed in."""
    return looking.as_viewer(home, Viewer(person="", member=member))


def card_of(home: Home, account: str) -> PersonCard:
    """Return the person of an account as any member may see them: name and groups.

    Of someone who opted out or is gone it has no key, and words for a name.
    """
    return cards_of(home, (account,))[account]


def cards_of(home: Home, accounts: Iterable[str]) -> dict[str, PersonCard]:
    """Return the person of each of many accounts, as `card_of` does: who is who is asked for once."""
    who = snapshots.persons(home)
    cards = {}
    for account in accounts:
        person = who.by_key.get(who.person_of.get(account, ""))
        if person is None:
            cards[account] = PersonCard(key="", name=_("someone who is not shown"))
        else:
            cards[account] = PersonCard(key=person.key, name=person.name, groups=dict(person.groups))
    return cards


def person_of(home: Home, account: str) -> str:
    """Return the key of an account's person, "" if there is none (any more)."""
    return snapshots.persons(home).person_of.get(account, "")


def own_person(home: Home, member: Member) -> Person:
    """Return the person a member is, also where they opted out; of nobody else."""
    who = snapshots.persons(home).everyone
    return who.by_key[who.person_of[member.account]]


def member_of(home: Home, person: str) -> Member | None:
    """Return the active member who is this person, if they joined."""
    found = snapshots.persons(home).by_key.get(person)
    if found is None:
        return None
    return Member.objects.filter(account__in=found.accounts, is_active=True).order_by("pk").first()


def people(home: Home) -> frozenset[str]:
    """Return the keys of the persons who joined and are shown, as `joined` does."""
    return frozenset(joined(home))


def joined(home: Home) -> dict[str, Member]:
    """Return the active members by the key of their person; to be looked at, not to be changed."""
    who = snapshots.persons(home).person_of
    return {who[one.account]: one for one in home.store.members.active() if one.account in who}
