"""Free days: a steward sets them, as a list or from a calendar file, and what is due passes them over."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as some
from tests.actions import company
from tests.organisation.test_entering_pages import sign_in

from crosstie.actions.organisation import asking, being_asked, newcomers, working_days
from crosstie.actions.organisation.holiday_file import LARGEST, holidays_in
from crosstie.errors import NotAllowed, NotShown, UsageRefused
from crosstie.people import Viewer
from crosstie.practice.holidays import Holiday
from crosstie.store.models import Asked, Letter, Question

pytestmark = pytest.mark.anywhere

WEDNESDAY = datetime(2026, 12, 23, 12, 0, tzinfo=UTC)
SHUTDOWN = "2026-12-24 - 2027-01-01 Between the years"


def event(*lines: str) -> str:
    return "\r\n".join(("BEGIN:VEVENT", "UID:x", *lines, "END:VEVENT"))


def calendar(*events: str) -> bytes:
    whole = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN", *events, "END:VCALENDAR", "")
    return "\r\n".join(whole).encode()


CHRISTMAS = event("SUMMARY:Christmas", "DTSTART;VALUE=DATE:20261225", "DTEND;VALUE=DATE:20261227")


class TestFile:
    def test_whole_days_are_holidays_and_the_end_is_the_day_after(self):
        assert holidays_in(calendar(CHRISTMAS)) == (
            [Holiday(first=date(2026, 12, 25), last=date(2026, 12, 26), name="Christmas")],
            0,
        )

    @pytest.mark.parametrize("more", [(), ("DURATION:P1D",), ("DTEND;VALUE=DATE:20261225",)])
    def test_one_day_may_be_said_in_several_ways(self, more):
        ((found,), _) = holidays_in(calendar(event("DTSTART;VALUE=DATE:20261225", *more)))
        assert (found.first, found.last, found.name) == (date(2026, 12, 25), date(2026, 12, 25), "")

    def test_what_comes_every_year_is_taken_to_two_years_ahead(self):
        yearly = event(
            "SUMMARY:May", "DTSTART;VALUE=DATE:19900501", "RRULE:FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1"
        )
        until = event("SUMMARY:Once", "DTSTART;VALUE=DATE:20200501", "RRULE:FREQ=YEARLY;UNTIL=20260601")
        with time_machine.travel(WEDNESDAY, tick=False):
            found, left_out = holidays_in(calendar(yearly, until))
        assert left_out == 0
        assert [one.first.year for one in found if one.name == "May"] == [2025, 2026, 2027, 2028]
        assert [one.first.year for one in found if one.name == "Once"] == [2025, 2026]

    @pytest.mark.parametrize(
        "lines",
        [
            ("DTSTART:20261225T090000Z", "DTEND:20261225T100000Z"),
            ("DTSTART;VALUE=DATE:20261225", "RRULE:FREQ=WEEKLY"),
            ("DTSTART;VALUE=DATE:20261225", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"),
            ("DTSTART;VALUE=DATE:20261225", "RRULE:FREQ=YEARLY;INTERVAL=2"),
            ("DTSTART;VALUE=DATE:20261225", "RRULE:FREQ=YEARLY;COUNT=2"),
            ("DTSTART;VALUE=DATE:20261225", "RDATE;VALUE=DATE:20271225"),
            ("DTSTART;VALUE=DATE:20260101", "DTEND;VALUE=DATE:20270101"),
            ("DTSTART;VALUE=DATE:20261225", "STATUS:CANCELLED"),
            ("DTSTART;VALUE=DATE:20261225", "DTEND:20261225T100000Z"),
            ("SUMMARY:No day",),
        ],
    )
    def test_what_is_no_holiday_is_left_out_and_counted(self, lines):
        found, left_out = holidays_in(calendar(CHRISTMAS, event(*lines)))
        assert ([one.name for one in found], left_out) == (["Christmas"], 1)

    @pytest.mark.parametrize(
        "file",
        [
            b"",
            b"x",
            b"\xff\xfe\x00",
            b"BEGIN:VCALENDAR",
            calendar(CHRISTMAS).replace(b"VALUE=DATE:", b"VALUE=DATE,DATE:"),
            b"x" * (LARGEST + 1),
        ],
    )
    def test_what_is_no_calendar_is_refused(self, file):
        with pytest.raises(UsageRefused):
            holidays_in(file)

    @given(some.binary(max_size=200), some.integers(0, 300))
    def test_a_damaged_file_is_refused_or_read_and_never_a_fault(self, noise, at):
        whole = calendar(CHRISTMAS)
        damaged = whole[: at % len(whole)] + noise + whole[at % len(whole) :]
        try:
            found, _ = holidays_in(damaged)
        except UsageRefused:
            return
        assert len(found) <= 300


class TestSetting:
    def test_a_list_takes_the_place_of_the_one_before(self, firm, ada, ben):
        working_days.set_holidays(firm, ada, [SHUTDOWN, "", "1.5.2027 May"])
        assert [str(one) for one in working_days.holidays_here(firm, ben)] == [SHUTDOWN, "2027-05-01 May"]
        working_days.set_holidays(firm, ada, [" "])
        assert working_days.holidays(firm) == ()

    def test_a_file_is_added_and_nothing_stands_twice(self, firm, ada):
        working_days.set_holidays(firm, ada, [SHUTDOWN])
        for _ in range(2):
            assert working_days.add_calendar(firm, ada, calendar(CHRISTMAS)) == (1, 0)
        assert [one.name for one in working_days.holidays(firm)] == ["Between the years", "Christmas"]
        with pytest.raises(UsageRefused, match="no holiday"):
            working_days.add_calendar(firm, ada, calendar())

    def test_a_wrong_line_changes_nothing(self, firm, ada):
        working_days.set_holidays(firm, ada, [SHUTDOWN])
        with pytest.raises(UsageRefused, match="“Easter” is no holiday"):
            working_days.set_holidays(firm, ada, ["2027-01-06 Epiphany", "Easter"])
        days = [str(date(2026, 1, 1) + timedelta(days=number)) for number in range(501)]
        with pytest.raises(UsageRefused, match="more than 500"):
            working_days.set_holidays(firm, ada, days)
        assert [str(one) for one in working_days.holidays(firm)] == [SHUTDOWN]

    def test_working_time_has_to_be_left(self, firm, ada):
        begins = [date(2026, 1, 1) + timedelta(days=100 * number) for number in range(9)]
        with pytest.raises(UsageRefused, match="Too little working time"):
            working_days.set_holidays(firm, ada, [f"{day} - {day + timedelta(days=99)}" for day in begins])
        sundays = [str(date(2026, 1, 4) + timedelta(days=7 * number)) for number in range(120)]
        working_days.set_holidays(firm, ada, sundays)
        with pytest.raises(UsageRefused, match="Too little working time"):
            working_days.set_working_hours(firm, ada, "Sun 09:00-17:00", "UTC")

    def test_stewards_set_them_and_members_see_them(self, firm, ada, ben):
        for verb in (
            lambda who: working_days.set_holidays(firm, who, [SHUTDOWN]),
            lambda who: working_days.add_calendar(firm, who, calendar(CHRISTMAS)),
        ):
            with pytest.raises(NotAllowed):
                verb(ben)
            with pytest.raises(NotShown):
                verb(Viewer(person=ben.person))
        with pytest.raises(NotShown):
            working_days.holidays_here(firm, Viewer(person=ben.person))
        assert working_days.holidays(firm) == ()


class TestWhatIsDue:
    def test_an_answer_after_a_free_day_is_in_time(self, firm, ada, join):
        people = [ada, *(join(name) for name in company.NAMES[1:10])]
        for one in people:
            for _ in range(3):
                Question.objects.create(
                    account=one.account,
                    text="How?",
                    asked_at=datetime(2026, 12, 24, 10, 0, tzinfo=UTC),
                    first_answer_at=datetime(2027, 1, 4, 9, 40, tzinfo=UTC),
                )
        with time_machine.travel(datetime(2027, 1, 8, tzinfo=UTC), tick=False):
            assert newcomers.promise(firm, ada).everyone.share == 0.0
            working_days.set_holidays(firm, ada, [SHUTDOWN])
            assert newcomers.promise(firm, ada).everyone.share == 1.0

    def test_a_question_put_off_comes_again_on_a_working_day(self, firm, ada, ben):
        working_days.set_holidays(firm, ada, [SHUTDOWN])
        with time_machine.travel(WEDNESDAY, tick=False):
            asking.ask(firm, ada, "How?", {ben.person: ("x",)})
            again = being_asked.later(firm, ben, Asked.objects.get().pk)
        assert again == datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
        assert Letter.objects.get(kind="again").due_at == again


class TestPages:
    def test_a_steward_writes_them_down_and_everyone_reads_them(self, site, firm):
        browser = site()
        sign_in(browser)
        assert "a holiday counts as a working day" in browser.get("/ask").content.decode()
        with time_machine.travel(WEDNESDAY):
            sign_in(browser)
            wrong = browser.post("/members/holidays", {"lines": f"{SHUTDOWN}\nEaster"}).content.decode()
            assert "“Easter” is no holiday." in wrong
            assert SHUTDOWN in wrong
            page = browser.post("/members/holidays", {"lines": SHUTDOWN}, follow=True).content.decode()
            assert f"{SHUTDOWN}</textarea>" in page
            shown = browser.get("/ask").content.decode()
            assert "24 December 2026 \u2013 1 January 2027: Between the years" in shown
            assert "counts as a working day" not in shown

    def test_a_file_is_taken_in(self, site, firm):
        browser = site()
        sign_in(browser)
        file = SimpleUploadedFile("holidays.ics", calendar(CHRISTMAS, event("DTSTART:20261225T090000Z")))
        page = browser.post("/members/holidays/file", {"file": file}, follow=True).content.decode()
        assert "1 holiday was found." in page
        assert "1 event was left out" in page
        assert "2026-12-25 - 2026-12-26 Christmas" in page
        for wrong in (SimpleUploadedFile("x.ics", b"nothing"), SimpleUploadedFile("x.ics", b"")):
            assert 'role="alert"' in browser.post("/members/holidays/file", {"file": wrong}).content.decode()

    def test_no_name_is_taken_for_markup(self, site, firm, ada):
        working_days.set_holidays(firm, ada, [f"{date.today()} <script>x</script>"])  # noqa: DTZ011 - any day near
        browser = site()
        sign_in(browser)
        for path in ("/ask", "/members/working-time"):
            page = browser.get(path).content.decode()
            assert "<script>x" not in page
            assert "&lt;script&gt;x" in page


def test_the_api_says_and_sets_them(program, ada, ben):
    said = {"holidays": [{"first": "2026-12-24", "last": "2027-01-01", "name": "Between the years"}]}
    assert program(ada)("PUT", "holidays", said).status_code == 204
    assert program(ben)("GET", "holidays").json() == said
    assert program(ben)("PUT", "holidays", said).status_code == 403
    wrong = {"holidays": [{"first": "2026-12-24", "last": "2026-12-01"}]}
    assert program(ada)("PUT", "holidays", wrong).status_code == 422
