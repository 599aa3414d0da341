"""What tests of meetings have in common: letters, what is suggested, and both saying yes."""

from __future__ import annotations

from crosstie.actions.home import Home
from crosstie.actions.organisation import meeting
from crosstie.people import Viewer
from crosstie.store.models import Letter, Meeting

MONDAY = {"begins": "2026-11-30T04:00:00+00:00"}


def letters_to(viewer: Viewer, kind: str) -> list[Letter]:
    return list(Letter.objects.filter(account=viewer.account, kind=kind).order_by("pk"))


def suggested(home: Home, viewer: Viewer) -> list[str]:
    return [one.names for one in meeting.meet(home, viewer).suggested]


def all_say_yes(home: Home, found: Meeting, *viewers: Viewer) -> None:
    for viewer in viewers:
        meeting.say(home, viewer, found.pk, yes=True)
    found.refresh_from_db()
