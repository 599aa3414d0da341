"""How long a token holds: one of a few lifetimes, none longer than the stewards let it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, powers
from crosstie.errors import NotAllowed, UsageRefused
from crosstie.people import Viewer
from crosstie.store.models import Token

LIFETIMES: Final = (30, 90, 365)
"""Days for which a token may be made."""

PROPOSED: Final = 90
_KEPT_AS = "token days"


def longest(home: Home) -> int:
    """Return for how many days a token holds at most; the longest lifetime until a steward says less."""
    return int(home.store.fact(_KEPT_AS, str(LIFETIMES[-1])))


def lifetimes(home: Home) -> tuple[int, ...]:
    """Return for how many days a token may be made here."""
    return tuple(days for days in LIFETIMES if days <= longest(home))


def check(home: Home, days: int) -> None:
    """Refuse a lifetime that there is not, or that is longer than stewards let tokens hold.

    Raises:
        NotAllowed: it is longer.
        UsageRefused: there is no such lifetime.
    """
    _check(days)
    if days > longest(home):
        raise NotAllowed(
            _("Here a token holds for %(days)d days at most.") % {"days": longest(home)},
            hint=_("Choose a shorter time, and make another token when it ends."),
        )


def to_set(home: Home, viewer: Viewer) -> int:
    """Return for how many days a token holds at most, to someone who may change it.

    Raises:
        NotShown: nobody signed in.
        NotAllowed: the viewer is no steward.
    """
    gate.acting(home, viewer, powers.LIMIT_TOKENS)
    return longest(home)


def limit(home: Home, viewer: Viewer, days: int) -> None:
    """Say for how many days a token holds at most.

    Those made before end no later than so many days from now; none ends at once, and none is made longer.

    Raises:
        NotShown: nobody signed in.
        NotAllowed: the viewer is no steward.
        UsageRefused: there is no such lifetime.
    """
    me = gate.acting(home, viewer, powers.LIMIT_TOKENS)
    _check(days)
    latest = timezone.now() + timedelta(days=days)
    with transaction.atomic():
        home.store.set_fact(_KEPT_AS, str(days))
        Token.objects.filter(revoked_at=None, ends_at__gt=latest).update(ends_at=latest)
    home.store.journal(me.account, "token limit set", f"{days} days")


def _check(days: int) -> None:
    if days not in LIFETIMES:
        raise UsageRefused(
            _("A token holds for one of a few times."),
            hint=_("In days: %(lifetimes)s.") % {"lifetimes": ", ".join(str(one) for one in LIFETIMES)},
        )
