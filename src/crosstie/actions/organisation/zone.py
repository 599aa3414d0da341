"""Where the organisation's working day is: the time zone in which half hours are proposed."""

from __future__ import annotations

from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, powers
from crosstie.errors import UsageRefused
from crosstie.people import Viewer

_FACT = "time zone"


def zone(home: Home) -> ZoneInfo:
    """Return the organisation's time zone; UTC until one is chosen."""
    return ZoneInfo(home.store.fact(_FACT, "UTC"))


def choose(home: Home, viewer: Viewer, name: str) -> None:
    """Choose the time zone of working hours.

    Raises:
        NotShown: nobody signed in.
        NotAllowed: the viewer is no steward.
        UsageRefused: there is no such time zone.
    """
    me = gate.acting(home, viewer, powers.CHOOSE_ZONE)
    if name not in available_timezones():
        raise UsageRefused(
            _("There is no time zone “%(name)s”.") % {"name": name[:60]},
            hint=_("It looks like Europe/Berlin."),
        )
    home.store.set_fact(_FACT, name)
    home.store.journal(me.account, "time zone chosen", name)
