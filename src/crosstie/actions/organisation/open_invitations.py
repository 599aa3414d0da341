"""Invitations that nobody has accepted yet: seen, taken back and sent again by stewards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, invitations, powers
from crosstie.errors import NotAllowed, NotShown
from crosstie.people import Role, Viewer
from crosstie.store.models import Invitation


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenInvitation:
    """One that still holds, as stewards see it; its link is not kept.

    Attributes:
        number: which one.
        address: whom it is for; "" of a link for many.
        domains: of a link for many, whose addresses it is for.
        role: what it makes someone.
        made_at, expires_at: since when, and until when, it holds.
        uses_left: for how many more.
    """

    number: int
    address: str
    domains: tuple[str, ...]
    role: Role
    made_at: datetime
    expires_at: datetime
    uses_left: int


def open_invitations(home: Home, viewer: Viewer) -> tuple[OpenInvitation, ...]:
    """Return the invitations that hold, the newest first.

    Raises:
        NotShown: nobody signed in.
        NotAllowed: the viewer is no steward.
    """
    gate.acting(home, viewer, powers.INVITE)
    return tuple(
        OpenInvitation(
            number=one.pk,
            address=one.address,
            domains=tuple(one.domains),
            role=Role(one.role),
            made_at=one.made_at,
            expires_at=one.expires_at,
            uses_left=one.uses_left,
        )
        for one in invitations.holding().order_by("-made_at", "-pk")
    )


def take_back(home: Home, viewer: Viewer, number: int) -> None:
    """Let an invitation hold no more; its letter, if it has not gone out yet, never will.

    Raises:
        NotAllowed: the viewer is no steward.
        NotShown: it holds no more.
    """
    me = gate.acting(home, viewer, powers.INVITE)
    with transaction.atomic():
        found = _holding(number)
        if not Invitation.objects.filter(pk=found.pk, uses_left__gt=0).update(uses_left=0):
            raise NotShown(_("This invitation holds no more."), hint="")
        invitations.withdraw_letter(found)
    home.store.journal(me.account, "invitation taken back", Role(found.role).value)


def send_again(home: Home, viewer: Viewer, number: int) -> dict[str, str]:
    """Invite the same address anew, for as long as a new invitation holds; return its link by address.

    Raises:
        NotAllowed: the viewer is no steward, or it is a link for many.
        NotShown: it holds no more.
    """
    gate.acting(home, viewer, powers.INVITE)
    found = _holding(number)
    if not found.address:
        raise NotAllowed(_("A link for many is not sent to anybody."), hint=_("Make a new one."))
    return invitations.invite(home, viewer, [found.address], role=Role(found.role))


def _holding(number: int) -> Invitation:
    found = invitations.holding(pk=number).first()
    if found is None:
        raise NotShown(_("This invitation holds no more."), hint=_("The list may have changed."))
    return found
