"""Leave: opt out and in again, by oneself, and at once."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from crosstie.actions import opting
from crosstie.actions.home import Home
from crosstie.actions.organisation import gate
from crosstie.people import Viewer
from crosstie.store.models import Asked, Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the viewer stands."""

    is_out: bool
    name: str  # what they type to be forgotten


def standing(home: Home, viewer: Viewer) -> Standing:
    """Return how the viewer stands.

    Raises:
        NotShown: nobody signed in.
    """
    me = gate.acting(home, viewer)
    return Standing(is_out=gate.is_out(home, me), name=me.name)


def opt_out(home: Home, viewer: Viewer) -> None:
    """Opt out: from now on nothing of the viewer is read, and nothing that was is shown, named or suggested.

    They stay a member, and see what is held about them. Who asked them is not kept waiting.

    Raises:
        NotShown: nobody signed in.
    """
    me = gate.acting(home, viewer)
    opting.opt_out(home, gate.own_person(home, me).key)
    waiting = Asked.objects.filter(account=me.account, state__in=("waiting", "later"))
    with transaction.atomic():
        reminders = [f"again:{number}" for number in waiting.values_list("pk", flat=True)]
        Letter.objects.filter(key__in=reminders, state="waiting").delete()
        waiting.update(state="withdrawn")


def opt_in(home: Home, viewer: Viewer) -> None:
    """Opt in again: what was read before is shown again; what was left out meanwhile has to be read.

    Raises:
        NotShown: nobody signed in.
    """
    me = gate.acting(home, viewer)
    opting.opt_in(home, gate.own_person(home, me).key)
