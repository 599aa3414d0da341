"""When people work here: hours, days of the week, and the holidays on which nobody does."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time

from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, powers, zone
from crosstie.actions.organisation.holiday_file import holidays_in
from crosstie.config import WorkingSettings
from crosstie.errors import UsageRefused
from crosstie.people import Viewer
from crosstie.practice.holidays import MOST, Holiday, days_of, holiday
from crosstie.practice.promise import WITHIN
from crosstie.practice.working_time import WorkingTime, after, working_time
from crosstie.store.models import Member

_HOURS, _HOLIDAYS = "working time", "holidays"


def working_hours(home: Home) -> WorkingTime:
    """Return when people work here."""
    return _hours(home, home.store.fact(_HOURS) or WorkingSettings().hours, holidays(home))


def holidays(home: Home) -> tuple[Holiday, ...]:
    """Return the days taken as free here, in order."""
    return tuple(holiday(line) for line in json.loads(home.store.fact(_HOLIDAYS, "[]")))


def holidays_here(home: Home, viewer: Viewer) -> tuple[Holiday, ...]:
    """Return the days taken as free here, to any member.

    Raises:
        NotShown: nobody signed in.
    """
    gate.acting(home, viewer)
    return holidays(home)


def working_hours_to_set(home: Home, viewer: Viewer) -> WorkingTime:
    """Return when people work here, to someone who may change it.

    Raises:
        NotAllowed: the viewer is no steward.
    """
    gate.acting(home, viewer, powers.SET_WORKING_TIME)
    return working_hours(home)


def set_working_hours(home: Home, viewer: Viewer, said: str, zone_name: str) -> None:
    """Say when people work here, and by which clock.

    Args:
        home: the workspace.
        viewer: a steward.
        said: e.g. ``Mon-Fri 09:00-17:00``.
        zone_name: e.g. ``Europe/Oslo``.

    Raises:
        NotAllowed: the viewer is no steward.
        UsageRefused: it says something else, there is no such time zone, or no working time is left.
    """
    me = gate.acting(home, viewer, powers.SET_WORKING_TIME)
    try:
        hours = _hours(home, said, holidays(home))
    except ValueError as trouble:
        raise UsageRefused(
            _("“%(said)s” is no working time.") % {"said": said[:80]},
            hint=_("It looks like Mon-Fri 09:00-17:00."),
        ) from trouble
    _check(hours, holidays(home))
    zone.choose(home, viewer, zone_name)
    home.store.set_fact(_HOURS, str(hours))
    home.store.journal(me.account, "working time set", str(hours))


def set_holidays(home: Home, viewer: Viewer, lines: Iterable[str]) -> None:
    """Say which days are free here, in place of those that were; empty lines say none.

    Args:
        home: the workspace.
        viewer: a steward.
        lines: one a line, e.g. ``2026-12-25 Christmas`` or ``2026-12-24 - 2027-01-01 Between the years``.

    Raises:
        NotAllowed: the viewer is no steward.
        UsageRefused: a line says something else, they are too many, or no working time is left.
    """
    me = gate.acting(home, viewer, powers.SET_WORKING_TIME)
    found = []
    for line in lines:
        if not line.strip():
            continue
        try:
            found.append(holiday(line))
        except ValueError as trouble:
            raise UsageRefused(
                _("“%(line)s” is no holiday.") % {"line": line.strip()[:80]},
                hint=_("It looks like 2026-12-25 Christmas, or 2026-12-24 - 2027-01-01 Between the years."),
            ) from trouble
    _keep(home, me, found)


def add_calendar(home: Home, viewer: Viewer, file: bytes) -> tuple[int, int]:
    """Take the whole days of a calendar file (.ics) as free, beside those that are.

    Returns:
        How many holidays were found in it, and how many of its events were left out since they are no whole
        days, too long, or repeat otherwise than every year.

    Raises:
        NotAllowed: the viewer is no steward.
        UsageRefused: it is no calendar file or holds no holiday, they are too many, or no working time is
            left.
    """
    me = gate.acting(home, viewer, powers.SET_WORKING_TIME)
    found, left_out = holidays_in(file)
    if not found:
        raise UsageRefused(
            _("This file holds no holiday."), hint=_("A holiday is an event that takes whole days.")
        )
    _keep(home, me, [*holidays(home), *found])
    return len(found), left_out


def _keep(home: Home, me: Member, given: Iterable[Holiday]) -> None:
    kept = sorted(set(given))
    if len(kept) > MOST:
        raise UsageRefused(
            _("These are more than %(most)d holidays.") % {"most": MOST}, hint=_("Leave out those long ago.")
        )
    _check(_hours(home, str(working_hours(home)), kept), kept)
    home.store.set_fact(_HOLIDAYS, json.dumps([str(one) for one in kept]))
    home.store.journal(me.account, "holidays set", str(len(kept)))


def _hours(home: Home, said: str, free: Iterable[Holiday]) -> WorkingTime:
    return working_time(said, zone.zone(home), days_of(free))


def _check(hours: WorkingTime, free: Sequence[Holiday]) -> None:
    """Refuse days and hours by which a first answer would never be due.

    Raises:
        UsageRefused: from some holiday on the promised time would take years to pass.
    """
    try:
        for one in free:
            after(datetime.combine(one.first, time(), tzinfo=UTC), WITHIN, hours)
    except ValueError as trouble:
        raise UsageRefused(
            _("Too little working time would be left."), hint=_("Leave working days between the holidays.")
        ) from trouble
