"""The calendar file of a meeting: a proposal that everyone keeps, moves or throws away in their own calendar.

It is *published* (RFC 5546, 3.2.1) and no request: a request asks for answers by mail, and an organiser who
keeps book of them. Nobody here does, nobody should learn from a calendar who turned somebody down, and
crosstie does not know when people are free. The time is written in UTC, which every calendar shows in its
owner's own zone; all get the same UID, so that a forwarded copy is no second meeting.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText

from crosstie.actions.home import Home
from crosstie.actions.organisation import mail_settings
from crosstie.practice.half_hour import HALF_HOUR
from crosstie.store.models import Meeting

NAME = "meeting.ics"


def calendar_file(
    home: Home, meeting: Meeting, *, title: str, lines: Sequence[str], called_off: bool = False
) -> str:
    """Return the file of a meeting that has a proposed half hour.

    Args:
        home: the workspace.
        meeting: which one.
        title: what it is called in a calendar.
        lines: what the meeting is about.
        called_off: takes the meeting out of the calendar again.
    """
    assert meeting.starts_at is not None  # noqa: S101 - for the type checker: only such a meeting has a file
    made = Calendar()
    made.add("PRODID", "-//crosstie//meetings//EN")
    made.add("VERSION", "2.0")
    made.add("METHOD", "CANCEL" if called_off else "PUBLISH")
    event = Event()
    event.add("UID", f"{meeting.uid}@crosstie")
    event.add("DTSTAMP", timezone.now())
    event.add("SEQUENCE", 1 if called_off else 0)
    event.add("STATUS", "CANCELLED" if called_off else "TENTATIVE")
    event.add("DTSTART", meeting.starts_at)
    event.add("DTEND", meeting.starts_at + HALF_HOUR)
    event.add("SUMMARY", title)
    event.add("DESCRIPTION", "\n".join(lines))
    event.add("ORGANIZER", _organiser(home))
    event.add("CLASS", "PRIVATE")
    made.add_component(event)
    text: str = made.to_ical().decode()
    return text


def attachment(text: str) -> dict[str, str]:
    """Return a calendar file as a letter carries it; mail programs go by the method of its type."""
    method = "CANCEL" if "METHOD:CANCEL" in text else "PUBLISH"
    return {"name": NAME, "type": f"text/calendar; method={method}", "text": text}


def _organiser(home: Home) -> vCalAddress:
    """Return the organiser that a published event has to name: the address that letters come from."""
    sender = mail_settings.kept(home).sender or "crosstie@crosstie.invalid"
    organiser = vCalAddress(f"mailto:{sender}")
    organiser.params["CN"] = vText("crosstie")
    return organiser
