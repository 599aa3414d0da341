"""A circle before and after a workshop, for its person alone, and the change of a large enough group."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from tests.actions import company

from crosstie.actions import opting, reading
from crosstie.actions.consent import Consent
from crosstie.actions.organisation import (
    before_after,
    correcting,
    looking_back,
    mapping,
    recording,
    workshops,
)
from crosstie.errors import NotShown
from crosstie.people import Role, Viewer
from crosstie.record import Entry, Trace
from crosstie.store.models import Participant, Run, Workshop

pytestmark = pytest.mark.anywhere

START = date(2026, 3, 16)  # the firm was read from 2 March to 20 April
END = datetime(2026, 4, 13, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2026, 3, 10, 9, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def fay(join):
    return join("Fay Lind", Role.FACILITATOR)


@pytest.fixture
def hana(join):
    return join("Hana Sato")


@pytest.fixture
def number(firm, ada, fay, hana) -> int:
    """Fay's workshop, in which Ada and Hana take part."""
    number = workshops.make(firm, fay, "Widen your circle", START)
    workshops.invite(firm, fay, number, [ada.person, hana.person])
    for one in (ada, hana):
        workshops.accept(firm, one, number)
    return number


@pytest.fixture
def measured(firm, number, clock):
    """Return a function that measures on a day, and returns Ada's sentences."""

    def measuring(viewer: Viewer, at: datetime = END) -> tuple[str, ...]:
        clock.move_to(at)
        for _ in range(2):
            before_after.measure(firm, Workshop.objects.get(pk=number))
        return looking_back.look_back(firm, viewer, number).sentences

    return measuring


def read_more(home, *told) -> None:
    """Read that Ada asked and these answered in April."""
    traces: list[Trace] = [*company.accounts(), *company.places()]
    for place, name in enumerate(told):
        question = company.said(900 + 2 * place, "Ada", days=35)
        traces += [question, company.answered(901 + 2 * place, name, question, days=35.1)]
    reading.read(home, company.plan(traces), agreed=Consent(domains=frozenset({"firm.example"})))


def test_people_who_are_new_are_told_apart_from_those_who_were_there(firm, ada, measured):
    read_more(firm, "Hana", "Jun")
    assert measured(ada)[:2] == (
        "People in your active circle: 6 on 16 March 2026, 8 on 13 April 2026.",
        "2 people in it were not in your circle before, neither active nor known.",
    )


def test_a_circle_that_stayed_is_said_to_have_stayed(ada, measured):
    assert measured(ada)[:2] == (
        "People in your active circle: 6 on 16 March 2026, 6 on 13 April 2026.",
        "Nobody in it is new: all were in your circle before, active or known.",
    )


def test_whoever_one_named_as_missing_is_not_new(firm, ada, hana, measured, clock):
    clock.move_to(datetime(2026, 3, 17, 9, tzinfo=UTC))
    mapping.name_missing(firm, ada, hana.person)
    for run in Run.objects.filter(kind="record"):
        recording.record(firm, run.payload)
    assert measured(ada)[1].startswith("Nobody in it is new")
    assert measured(ada)[0].endswith("6 on 13 April 2026.")


def test_what_was_corrected_during_it_changes_both_days(firm, ada, measured, clock):
    clock.move_to(datetime(2026, 4, 12, tzinfo=UTC))
    ben = next(one for one in mapping.own_map(firm, ada).contacts if one.person.name == "Ben Olu")
    correcting.no_longer(firm, ada, ben.person.key)
    assert measured(ada)[0] == "People in your active circle: 5 on 16 March 2026, 5 on 13 April 2026."


def test_groups_are_told_where_the_directory_has_some_and_contacts_are_enough(firm, ada, measured):
    assert measured(ada)[2].startswith("Over how many groups your contact is spread: not enough to say")
    Participant.objects.update(before={}, after={})
    entries = {
        row.key: Entry(
            source="directory:x", id=row.id, name=row.name, groups={"department": "AB"[row.id > "D"]}
        )
        for row in firm.store.accounts.all()
        if row.source == company.SOURCE
    }
    firm.store.accounts.save_entries(entries)
    assert measured(ada)[2] == (
        "Your contact was as varied as if it went in equal parts to 1.9 groups, and is now as if to 1.9."
    )


def test_of_weeks_that_were_not_read_nothing_is_said(firm, ada, measured, monkeypatch):
    monkeypatch.setattr(before_after, "_covered", lambda _home, begins: begins + timedelta(days=13))
    assert measured(ada) == ()
    assert looking_back.look_back(firm, ada, Workshop.objects.get().pk).everyone == ""


def test_it_looks_as_far_as_the_source_that_ends_first(firm, ada, measured):
    assert before_after._covered(firm, datetime(2026, 3, 16, tzinfo=UTC)).date() == date(2026, 4, 20)
    other = [
        company.said(1, "Ada", source="chat:other", external_id="o1", days=10),
        company.said(2, "Ada", source="chat:other", external_id="o2", days=30),
        company.said(3, "Ada", source="chat:old", external_id="o3", days=-60),
    ]
    reading.read(
        firm, company.plan([*company.accounts(), *company.places(), *other]),
        agreed=Consent(domains=frozenset({"firm.example"})),
    )  # fmt: skip
    assert measured(ada)[0].endswith("6 on 1 April 2026.")


def test_someone_of_whom_nothing_was_read_is_told_nothing(firm, fay, number, measured, join):
    kim = join("Kim Dale")
    workshops.invite(firm, fay, number, [kim.person])
    workshops.accept(firm, kim, number)
    assert measured(kim) == ()


def test_what_everyone_did_meanwhile_stands_beside_it_where_they_are_enough(firm, ada, measured, number):
    measured(ada)
    assert looking_back.look_back(firm, ada, number).everyone == ""  # seven of them are in touch with anybody
    Participant.objects.update(before={}, after={})
    read_more(firm, "Hana", "Ivo", "Jun")
    measured(ada)
    assert "the circles of 10 people here went from 1.2 to 1.8 people on average" in (
        looking_back.look_back(firm, ada, number).everyone
    )


def test_nobody_else_is_shown_it(firm, ada, fay, measured, number):
    measured(ada)
    for other in (fay, Viewer(person=ada.person)):
        with pytest.raises(NotShown):
            looking_back.look_back(firm, other, number)


def test_who_opted_out_has_no_figures(firm, ada, hana, measured, number):
    opting.opt_out(firm, hana.person)
    measured(ada)
    assert Participant.objects.get(account=hana.account).after == {}


class TestGroup:
    DIFFERENCES = (2, -1, 0, 3, 1, 1, 0, -2, 4, 2)

    @pytest.fixture
    def told(self, firm, fay, number, clock):
        """Return a function that gives people figures, waits long enough, and returns what Fay is told."""

        def telling(differences, facilitators=()) -> tuple[str, ...]:
            Participant.objects.all().delete()
            for place, one in enumerate(differences):
                self.take_part(number, f"p{place}", one)
            for one in facilitators:
                self.take_part(number, fay.account, one)
            clock.move_to(END + timedelta(weeks=8))
            before_after.measure(firm, Workshop.objects.get(pk=number))
            return looking_back.group(firm, fay, number)

        return telling

    def take_part(self, number: int, account: str, difference: int) -> None:
        Participant.objects.create(
            workshop_id=number,
            account=account,
            joined_at=datetime(2026, 3, 10, tzinfo=UTC),
            before={"on": "2026-03-16", "size": 6, "groups": None},
            after={"on": "2026-04-13", "size": 6 + difference, "groups": None, "new": max(difference, 0)},
        )

    def test_ten_people_are_enough_and_it_has_its_interval(self, told):
        size, new, groups = told(self.DIFFERENCES)
        assert size == (
            "People in the active circle, after less before: 1.0 on average"
            " (likely between -0.1 and 2.1), of 10 people."
        )
        assert new == "New contacts: 1.3 on average (likely between 0.5 and 2.1), of 10 people."
        assert groups == "Groups reached: not enough to say."

    def test_nine_are_not_and_the_facilitator_makes_no_tenth(self, told):
        assert told(self.DIFFERENCES[:9], facilitators=(2,)) == (
            "People in the active circle: not enough to say.",
            "New contacts: not enough to say.",
            "Groups reached: not enough to say.",
        )

    def test_it_is_kept_once_so_that_nobody_is_found_by_leaving(self, firm, fay, number, told):
        before = told(self.DIFFERENCES)
        Participant.objects.filter(account="p0").update(left_at=datetime(2026, 6, 1, tzinfo=UTC))
        before_after.measure(firm, Workshop.objects.get(pk=number))
        assert looking_back.group(firm, fay, number) == before

    def test_before_it_is_over_and_to_others_nothing_is_told(self, firm, ada, fay, number, told):
        assert looking_back.group(firm, fay, number) == ()
        for other in (ada, Viewer(person=fay.person)):
            with pytest.raises(NotShown):
                looking_back.group(firm, other, number)
