"""Who takes part: the first steward, the members, and what stewards decide of their roles."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from crosstie.actions import settings
from crosstie.actions.home import Home
from crosstie.actions.organisation import powers
from crosstie.actions.organisation.gate import acting
from crosstie.actions.organisation.letters import LETTERS_SPEAK
from crosstie.config import PROPOSED_MONTHS
from crosstie.errors import NotAllowed, NotShown, UsageRefused
from crosstie.people import AccountRow, Role, Viewer
from crosstie.record.keys import new_key
from crosstie.store.models import Member

SOURCE = "members"
"""The source of the accounts that members have by being members."""

_WAS_SET_UP = "set_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberCard:
    """A member as stewards see them: never a figure."""

    number: int
    name: str
    address: str
    role: Role
    joined_at: datetime
    is_active: bool


def is_empty(home: Home) -> bool:
    """Say whether nobody ever joined, so that the first to come becomes the steward.

    Once that was, it never is again, even if everybody was forgotten: the record would be a stranger's.
    """
    return not home.store.fact(_WAS_SET_UP) and not Member.objects.exists()


def set_up(
    home: Home,
    *,
    organisation: str,
    name: str,
    address: str,
    password: str,
    keep_months: int = PROPOSED_MONTHS,
) -> int:
    """Make the first steward; return the member's number.

    Args:
        home: the workspace.
        organisation: what it calls itself.
        name: the steward's.
        address: the steward's.
        password: the steward's.
        keep_months: how long is kept what was read, 0 for no limit; a limit that was set before stays.

    Raises:
        NotAllowed: somebody is a member already.
        UsageRefused: the address is none.
    """
    with transaction.atomic():
        if not is_empty(home):
            raise NotAllowed(
                _("This crosstie has its steward already."),
                hint=_("Sign in, or ask for an invitation."),
            )
        home.store.set_fact(_WAS_SET_UP, "yes")
        home.store.set_fact("organisation", organisation.strip())
        if not settings.chosen(home).record.keep_months:
            settings.keep(home, {settings.KEEP_MONTHS: str(keep_months)})
        member = join(home, name=name, address=address, role=Role.STEWARD, password=password)
    home.store.journal(member.account, "set up", "the first visit makes the steward")
    return member.pk


def organisation_name(home: Home) -> str:
    """Return what the organisation calls itself."""
    return home.store.fact("organisation")


def members(home: Home, viewer: Viewer) -> tuple[MemberCard, ...]:
    """Return all members by name, for stewards.

    Raises:
        NotAllowed: the viewer is no steward.
    """
    acting(home, viewer, powers.SEE_MEMBERS)
    rows = Member.objects.order_by("name", "email")
    return tuple(
        MemberCard(
            number=one.pk,
            name=one.name,
            address=one.email,
            role=Role(one.role),
            joined_at=one.joined_at,
            is_active=one.is_active,
        )
        for one in rows
    )


def stewards() -> tuple[str, ...]:
    """Return the names of the stewards, whom every member may turn to."""
    found = Member.objects.filter(role=Role.STEWARD.value, is_active=True).order_by("name", "pk")
    return tuple(found.values_list("name", flat=True))


def change_role(home: Home, viewer: Viewer, number: int, role: Role) -> None:
    """Give a member another role.

    Raises:
        NotAllowed: the viewer is no steward, or would leave the organisation without one.
        NotShown: there is no such member.
    """
    me = acting(home, viewer, powers.GIVE_ROLES)
    with transaction.atomic():
        _there(number)
        keep_a_steward(number, role)
        Member.objects.filter(pk=number).update(role=role.value)
    home.store.journal(me.account, "role changed", role.value)


def suspend(home: Home, viewer: Viewer, number: int, *, active: bool) -> None:
    """Let a member in no more, or again. What they wrote stays.

    Raises:
        NotAllowed: the viewer is no steward, or would leave the organisation without one.
        NotShown: there is no such member.
    """
    me = acting(home, viewer, powers.LET_IN)
    with transaction.atomic():
        _there(number)
        if not active:
            keep_a_steward(number, Role.MEMBER)
        Member.objects.filter(pk=number).update(is_active=active)
    home.store.journal(me.account, "let in again" if active else "let in no more", "")


def _there(number: int) -> None:
    if not Member.objects.filter(pk=number).exists():
        raise NotShown(_("There is no such member."), hint=_("The list of members may have changed."))


def keep_a_steward(number: int, role: Role) -> None:
    """Refuse to give someone a role, or none, that leaves the organisation without a steward.

    Call it within the transaction of the change: it holds the stewards' rows, so that of two who go at once
    one sees the other gone.

    Raises:
        NotAllowed: there is no other steward.
    """
    stewards = Member.objects.select_for_update().filter(role=Role.STEWARD.value, is_active=True)
    others = [one for one in stewards.order_by("pk") if one.pk != number]
    if role is not Role.STEWARD and not others:
        raise NotAllowed(_("Somebody has to be the steward."), hint=_("Make someone else a steward first."))


def join(home: Home, *, name: str, address: str, role: Role, password: str) -> Member:
    """Make someone a member, whose address is confirmed.

    Raises:
        NotAllowed: the address is a member's already.
        UsageRefused: it is none, or there is no name.
    """
    from allauth.account.models import EmailAddress

    address = checked_address(address)
    if Member.objects.filter(email=address).exists():
        raise NotAllowed(_("This address is a member's already."), hint=_("Sign in instead."))
    name = " ".join(name.split())
    if not name:
        raise UsageRefused(_("A member needs a name."), hint=_("It is what colleagues read."))
    known = home.store.accounts.keys_of(SOURCE).get(address)
    account = known[0] if known else new_key()
    home.store.accounts.save([AccountRow(key=account, source=SOURCE, id=address, name=name, address=address)])
    # Who came in by German pages gets German letters; else pages speak as the browser asks.
    here = translation.get_language() or LETTERS_SPEAK
    language = "" if here == LETTERS_SPEAK else here
    member = Member(email=address, name=name, role=role.value, account=account, language=language)
    if password:
        member.set_password(password)
    else:
        member.set_unusable_password()
    member.save()
    EmailAddress.objects.create(user=member, email=address, verified=True, primary=True)
    return member


def digest_of(token: str) -> str:
    """Return what is kept of a link's or a program's secret; the secret itself cannot be read from it."""
    return hashlib.sha256(token.encode()).hexdigest()


def checked_address(given: str) -> str:
    """Return an address as it is kept.

    Raises:
        UsageRefused: it is none.
    """
    address = given.strip().casefold()
    try:
        validate_email(address)
    except ValidationError as trouble:
        raise UsageRefused(
            _("“%(given)s” is no e-mail address.") % {"given": given.strip()[:100]}, hint=_("Check it.")
        ) from trouble
    return address
