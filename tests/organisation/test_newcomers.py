"""Who is new, that they come first, and how the promise to them is told."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from tests.actions import company
from tests.organisation.test_entering_pages import sign_in

from crosstie.actions import opting
from crosstie.actions.organisation import asking, newcomers, questions, working_days, zone
from crosstie.actions.organisation.agreement import agreement
from crosstie.errors import NotAllowed, NotShown, UsageRefused
from crosstie.people import Role, Viewer
from crosstie.record import Entry
from crosstie.store.models import Member, Question

pytestmark = pytest.mark.anywhere


def came(home, viewer: Viewer, days_ago: int) -> None:
    Member.objects.filter(pk=viewer.member).update(joined_at=timezone.now() - timedelta(days=days_ago))


def hired(home, viewer: Viewer, on: str) -> None:
    entry = Entry(source="directory:x", id="1", name="x", joined_on=on)
    home.store.accounts.save_entries({viewer.account: entry})


def days_ago(days: int) -> str:
    return (timezone.localdate() - timedelta(days=days)).isoformat()


def asked(home, viewer: Viewer, minutes: float | None, at: datetime) -> None:
    Question.objects.create(
        account=viewer.account,
        text="How?",
        asked_at=at,
        first_answer_at=None if minutes is None else at + timedelta(minutes=minutes),
        is_newcomers=True,
    )


class TestWhoIsNew:
    @pytest.mark.parametrize(("days", "is_new"), [(80, True), (100, False)])
    def test_the_directory_says_it(self, firm, ben, days, is_new):
        hired(firm, ben, days_ago(days))
        assert newcomers.is_newcomer(firm, ben.account) is is_new

    def test_else_who_came_in_lately_is_but_not_while_crosstie_is_new_itself(self, firm, ada, ben):
        assert not newcomers.is_newcomer(firm, ben.account)
        came(firm, ada, 91)
        assert newcomers.is_newcomer(firm, ben.account)
        assert not newcomers.is_newcomer(firm, ada.account)

    def test_who_opted_out_is_nobody_to_point_at(self, firm, ada, ben):
        came(firm, ada, 91)
        opting.opt_out(firm, ben.person)
        assert not newcomers.is_newcomer(firm, ben.account)


def test_newcomers_questions_stand_first_in_every_list_of_others(firm, ada, ben, join):
    cleo = join("Cleo Marti")
    came(firm, ada, 100)
    came(firm, cleo, 100)
    new = asking.ask(firm, ben, "I am new.", {ada.person: ("x",)})
    old = asking.ask(firm, cleo, "I am not.", {ada.person: ("x",)})
    for which in ("open", "of_me"):
        first = questions.lines(firm, ada, which)
        assert [(one.number, one.is_newcomers) for one in first] == [(new, True), (old, False)]
        rest = questions.lines(firm, ada, which, after=(True, new))
        assert [one.number for one in rest] == [old]


def test_an_alias_does_not_say_that_one_is_new(firm, ada, ben, join):
    for name in (
        "Cleo Marti",
        "Dan Wu",
        "Eve Ros",
        "Fay Lind",
        "Gil Amado",
        "Hana Sato",
        "Ivo Kral",
        "Jun Park",
    ):
        join(name)
    came(firm, ada, 100)
    number = asking.ask(firm, ben, "Is it me?", {}, alias="A colleague")
    assert not Question.objects.get(pk=number).is_newcomers


class TestPromise:
    def test_it_is_withheld_below_ten_people_and_told_above(self, firm, ada, join):
        now = timezone.now()
        people = [join(name) for name in company.NAMES[1:10]]
        for one in people:
            for _ in range(3):
                asked(firm, one, 1, now - timedelta(days=20))
        found = newcomers.promise(firm, ada)
        assert (found.newcomers.share, found.newcomers.questions) == (None, 0)
        for _ in range(3):
            asked(firm, ada, None, now - timedelta(days=20))
        found = newcomers.promise(firm, ada)
        assert found.newcomers == found.everyone
        assert (found.newcomers.share, found.newcomers.questions) == (0.9, 30)

    def test_one_other_question_cannot_be_found_from_all_and_the_newcomers(self, firm, ada, join):
        now = timezone.now()
        for one in [ada, *(join(name) for name in company.NAMES[1:10])]:
            for _ in range(3):
                asked(firm, one, 1, now - timedelta(days=20))
        asked(firm, ada, None, now - timedelta(days=20))
        Question.objects.filter(first_answer_at=None).update(is_newcomers=False)
        found = newcomers.promise(firm, ada)
        assert (found.newcomers.share, found.newcomers.questions) == (1.0, 30)
        assert (found.everyone.share, found.everyone.questions) == (None, 0)

    def test_a_question_taken_back_before_any_answer_does_not_count(self, firm, ada, join):
        now = timezone.now()
        for name in company.NAMES[1:11]:
            one = join(name)
            for minutes in (1, 1, None):
                asked(firm, one, minutes, now - timedelta(days=20))
        Question.objects.filter(first_answer_at=None).update(state="closed")
        assert newcomers.promise(firm, ada).everyone.share == 1.0

    def test_a_steward_says_when_people_work_and_nobody_else(self, firm, ada, ben):
        working_days.set_working_hours(firm, ada, "Sun-Thu 8:00-16:30", "Asia/Dubai")
        hours = newcomers.promise(firm, ben).hours
        assert str(hours) == "Mon,Tue,Wed,Thu,Sun 08:00-16:30"
        assert hours.zone.key == "Asia/Dubai"
        for said, clock in (("always", "UTC"), ("Mon-Fri 09:00-17:00", "Nowhere/At")):
            with pytest.raises(UsageRefused):
                working_days.set_working_hours(firm, ada, said, clock)
        assert working_days.working_hours(firm) == hours
        with pytest.raises(NotAllowed):
            working_days.set_working_hours(firm, ben, "Mon-Fri 09:00-17:00", "UTC")
        with pytest.raises(NotAllowed):
            working_days.working_hours_to_set(firm, ben)

    def test_the_clock_is_chosen_by_stewards_as_the_works_council_reads(self, firm, ada, join):
        fay = join("Fay Lind", Role.FACILITATOR)
        with pytest.raises(NotAllowed):
            zone.choose(firm, fay, "Europe/Oslo")
        zone.choose(firm, ada, "Europe/Oslo")
        assert zone.zone(firm).key == "Europe/Oslo"
        (roles,) = [one for one in agreement(firm, fay).sections if one.name == "roles"]
        tables = {one.caption: str(one.rows) for one in roles.tables}
        assert {title for title, rows in tables.items() if "clock" in rows} == {"A steward may"}


def test_an_outsider_is_told_nothing(firm, ben):
    outside = Viewer(person=ben.person)
    for verb in (
        lambda: newcomers.promise(firm, outside),
        lambda: working_days.working_hours_to_set(firm, outside),
        lambda: working_days.set_working_hours(firm, outside, "Mon-Fri 09:00-17:00", "UTC"),
    ):
        with pytest.raises(NotShown):
            verb()


def test_the_page_says_how_well_it_is_kept_and_a_steward_sets_the_hours(site, firm):
    browser = site()
    sign_in(browser)
    page = browser.get("/ask").content.decode()
    assert "too few, or from too few people, to say" in page
    assert "Monday to Friday, 09:00 to 17:00 (UTC)" in page
    assert 'value="Mon,Tue,Wed,Thu,Fri 09:00-17:00"' in browser.get("/members/working-time").content.decode()
    wrong = browser.post("/members/working-time", {"hours": "x", "zone": "UTC"}).content.decode()
    assert "no working time" in wrong
    said = {"hours": "Mon,Wed 10:00-12:00", "zone": "Europe/Oslo"}
    page = browser.post("/members/working-time", said, follow=True).content.decode()
    assert "Monday, Wednesday, 10:00 to 12:00 (Europe/Oslo)" in page
