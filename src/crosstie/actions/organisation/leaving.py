"""Leave, by oneself: opt out and in again, at once; or be forgotten, for good."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth import SESSION_KEY
from django.db import transaction
from django.utils.translation import gettext as _

from crosstie.actions import forgetting, opting
from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, members
from crosstie.errors import CrosstieError, UsageRefused
from crosstie.people import Role, Viewer
from crosstie.store.models import Member


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the viewer stands."""

    is_out: bool
    address: str  # what they type to be forgotten


def standing(home: Home, viewer: Viewer) -> Standing:
    """Return how the viewer stands.

    Raises:
        NotShown: nobody signed in.
    """
    me = gate.acting(home, viewer)
    return Standing(is_out=gate.is_out(home, me), address=me.email)


def opt_out(home: Home, viewer: Viewer) -> None:
    """Opt out: from now on nothing of the viewer is read, and nothing that was is shown, named or suggested.

    They stay a member, and see what is held about them. Who asked them is not kept waiting, introductions
    that are open go, and letters that name them and have not gone out yet are withdrawn. Meetings that are
    ahead are off: whoever was told of one hears that, and not why.

    Raises:
        NotShown: nobody signed in.
    """
    me = gate.acting(home, viewer)
    opting.opt_out(home, gate.own_person(home, me).key)


def opt_in(home: Home, viewer: Viewer) -> None:
    """Opt in again: what was read before is shown again; what was left out meanwhile has to be read.

    Raises:
        NotShown: nobody signed in.
    """
    me = gate.acting(home, viewer)
    opting.opt_in(home, gate.own_person(home, me).key)


def forget_me(home: Home, viewer: Viewer, typed: str) -> bool:
    """Forget the viewer for good: all rows, the membership, everything they did here; and sign them out.

    Interrupted, it can be done again: the record goes first, while they are still known. Before it they give
    up their role, so that of two last stewards only one can go; who is refused has it back.

    Args:
        home: the workspace.
        viewer: who wants to be forgotten.
        typed: their address, typed, so that it is no slip.

    Returns:
        Whether nothing is left on disk; False while another process still reads the older files.

    Raises:
        NotShown: nobody signed in.
        NotAllowed: they are the last steward.
        UsageRefused: what was typed is not their address.
        WorkspaceBusy: a source is being read.
    """
    me = gate.acting(home, viewer)
    if typed.strip().casefold() != me.email.casefold():
        raise UsageRefused(
            _("That is not your address."), hint=_("Type %(address)s.") % {"address": me.email}
        )
    with transaction.atomic():
        members.keep_a_steward(me.pk, Role.MEMBER)
        Member.objects.filter(pk=me.pk).update(role=Role.MEMBER.value)
    try:
        done = forgetting.forget(home, gate.own_person(home, me).key)
    except CrosstieError:
        Member.objects.filter(pk=me.pk).update(role=me.role)
        raise
    _sign_out(me.pk)
    return bool(done["is_erased"])


def _sign_out(number: int) -> None:
    """End every session of a member, in whichever browser."""
    from django.contrib.sessions.models import Session

    theirs = [
        one.pk for one in Session.objects.iterator() if one.get_decoded().get(SESSION_KEY) == str(number)
    ]
    Session.objects.filter(pk__in=theirs).delete()
