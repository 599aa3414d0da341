"""The calendar file of a meeting: a proposal anyone's calendar can take, and take out again."""

from __future__ import annotations

import email.policy
from datetime import timedelta
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from icalendar import Calendar
from tests.organisation.meetings import all_say_yes, letters_to

from crosstie.actions.organisation import mail_settings, meeting, sending
from crosstie.store.models import Member

pytestmark = pytest.mark.anywhere


def event_in(file: str) -> Any:
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    return event


class TestCalendarFile:
    """What goes into a calendar."""

    @pytest.fixture
    def file(self, firm, ben, cleo, introduced) -> str:
        all_say_yes(firm, introduced, ben, cleo)
        return str(letters_to(ben, "meeting")[0].attachments[0]["text"])

    def test_it_is_published_as_a_proposal_with_the_meetings_own_uid(self, file, introduced):
        event = event_in(file)
        assert "METHOD:PUBLISH\r\n" in file
        assert event["STATUS"] == "TENTATIVE"
        assert event["UID"] == f"{introduced.uid}@crosstie"
        assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=30)
        assert event["DTSTART"].dt == introduced.starts_at
        assert event["SUMMARY"] == "Ben Olu and Cleo Marti"
        assert "ATTENDEE" not in event  # RFC 5546 forbids it in what is published

    def test_lines_are_folded_at_75_octets_and_end_as_the_format_says(self, file):
        assert file.endswith("END:VCALENDAR\r\n")
        lines = file.encode().split(b"\r\n")
        assert max(len(line) for line in lines) <= 75
        assert any(line.startswith(b" ") for line in lines)
        assert b"\n" not in b"".join(lines)

    def test_times_are_in_utc_so_that_every_calendar_shows_its_own(self, file):
        event = event_in(file)
        assert event["DTSTART"].dt.utcoffset() == timedelta(0)
        starts = next(line for line in file.splitlines() if line.startswith("DTSTART"))
        assert starts.endswith("Z")
        assert "TZID" not in starts

    def test_it_survives_the_way_through_a_mail(self, firm, ben, file):
        settings = mail_settings.MailSettings(sender="crosstie@firm.example")
        wire = sending.composed(firm, letters_to(ben, "meeting")[0], settings).as_bytes()
        mail = email.message_from_bytes(wire, policy=email.policy.default)
        assert isinstance(mail, EmailMessage)
        (part,) = mail.iter_attachments()
        assert part.get_content_type() == "text/calendar"
        assert part.get_param("method") == "PUBLISH"
        assert Calendar.from_ical(part.get_content()) == Calendar.from_ical(file)

    def test_both_have_the_same_event_and_the_page_gives_it_too(self, firm, ben, cleo, introduced, file):
        mine = event_in(file)
        theirs = event_in(letters_to(cleo, "meeting")[0].attachments[0]["text"])
        shown = event_in(meeting.calendar(firm, ben, introduced.pk))
        assert mine["UID"] == theirs["UID"] == shown["UID"]
        assert mine["DTSTART"].dt == theirs["DTSTART"].dt == shown["DTSTART"].dt

    def test_calling_off_takes_it_out_again_and_says_no_more_than_that(
        self, firm, ben, cleo, introduced, file
    ):
        meeting.call_off(firm, ben, introduced.pk)
        (letter,) = letters_to(cleo, "called-off")
        assert letter.subject == "A meeting does not take place"
        (attached,) = letter.attachments
        event = event_in(attached["text"])
        assert attached["type"] == "text/calendar; method=CANCEL"
        assert "METHOD:CANCEL\r\n" in attached["text"]
        assert event["STATUS"] == "CANCELLED"
        assert event["UID"] == f"{introduced.uid}@crosstie"
        assert event["SEQUENCE"] == 1
        assert not letters_to(ben, "called-off")
        assert meeting.meet(firm, cleo).agreed == ()


def test_the_half_hour_is_in_working_time_of_the_organisation_and_when_both_are_there(
    firm, ada, ben, cleo, introduced
):
    away = timezone.localdate() + timedelta(days=30)
    Member.objects.filter(pk=cleo.member).update(absent_from=timezone.localdate(), absent_until=away)
    firm.store.set_fact("time zone", "Asia/Kolkata")
    all_say_yes(firm, introduced, ben, cleo)
    assert introduced.starts_at is not None
    local = timezone.localtime(introduced.starts_at, ZoneInfo("Asia/Kolkata"))
    assert local.date() > away
    assert local.weekday() < 5
    assert 10 <= local.hour < 16
    assert "(Asia/Kolkata)" in letters_to(ben, "meeting")[0].text
