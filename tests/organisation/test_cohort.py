"""The cohort's page: notes in threads, what one has done, and what a facilitator is told of it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from tests.actions import company

from crosstie.actions import opting
from crosstie.actions.organisation import cohort, gate, workshops
from crosstie.errors import NotAllowed, NotShown, UsageRefused
from crosstie.people import Role, Viewer
from crosstie.store.models import Look, Note, Participant

pytestmark = pytest.mark.anywhere

START = date(2026, 5, 4)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2026, 5, 1, 9, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def people(firm, join) -> list[Viewer]:
    """Ben, Cleo and Dan."""
    return [join(name) for name in company.NAMES[1:4]]


@pytest.fixture
def fay(join):
    return join("Fay Lind", Role.FACILITATOR)


@pytest.fixture
def number(firm, fay, people, clock) -> int:
    """Fay's workshop in its second week: Ben and Cleo take part, Dan has not answered."""
    number = workshops.make(firm, fay, "Widen your circle", START)
    workshops.invite(firm, fay, number, [one.person for one in people])
    for one in people[:2]:
        workshops.accept(firm, one, number)
    clock.move_to(datetime(2026, 5, 12, 9, tzinfo=UTC))
    return number


def test_those_in_it_see_one_another_by_name_and_that_is_kept_as_a_look(firm, people, number):
    ben, cleo, _dan = people
    seen = cohort.cohort(firm, ben, number)
    assert [one.name for one in seen.people] == ["Ben Olu", "Cleo Marti"]
    assert [(week.number, week.is_open) for week in seen.weeks] == [
        (1, True),
        (2, True),
        (3, False),
        (4, False),
    ]
    assert Look.objects.filter(viewer=ben.account, shown=cleo.account, what="workshop").exists()


def test_a_facilitator_sees_who_takes_part_and_how_many_have_not_answered(firm, fay, number):
    seen = cohort.cohort(firm, fay, number)
    assert (seen.is_facilitator, seen.takes_part, seen.waiting) == (True, False, 1)
    assert [one.name for one in seen.people] == ["Ben Olu", "Cleo Marti"]


class TestNotes:
    def test_answers_stand_under_their_note_two_levels_deep(self, firm, fay, people, number):
        ben, cleo, _dan = people
        first = cohort.write(firm, ben, number, 1, "I found three people.")
        second = cohort.write(firm, cleo, number, 2, "I asked Hana.")
        answer = cohort.write(firm, cleo, number, 2, "Who?", under=first)
        cohort.write(firm, fay, number, 2, "Yes, who?", under=answer)
        threads = cohort.cohort(firm, ben, number).notes
        assert [(one.number, one.week) for one in threads] == [(second, 2), (first, 1)]
        assert [(one.who.name, one.text, one.week) for one in threads[1].answers] == [
            ("Cleo Marti", "Who?", 1),
            ("Fay Lind", "Yes, who?", 1),
        ]
        assert [one.is_mine for one in threads] == [False, True]

    def test_an_empty_or_endless_note_and_one_for_a_week_to_come_is_refused(self, firm, people, number):
        for text in (" ", "x" * 4_001):
            with pytest.raises(UsageRefused):
                cohort.write(firm, people[0], number, 1, text)
        for week in (0, 3, 5):
            with pytest.raises(NotAllowed):
                cohort.write(firm, people[0], number, week, "Early.")

    def test_one_does_not_answer_a_note_of_another_workshop(self, firm, fay, people, number):
        other = workshops.make(firm, fay, "Another", date(2026, 5, 12))
        elsewhere = cohort.write(firm, fay, other, 1, "Here.")
        with pytest.raises(NotShown):
            cohort.write(firm, people[0], number, 1, "There?", under=elsewhere)

    def test_one_erases_ones_own_also_after_having_left(self, firm, people, number):
        ben, cleo, _dan = people
        alone = cohort.write(firm, ben, number, 1, "Alone.")
        with pytest.raises(NotShown):
            cohort.erase(firm, cleo, alone)
        answered = cohort.write(firm, ben, number, 1, "Answered.")
        cohort.write(firm, cleo, number, 1, "So.", under=answered)
        workshops.leave(firm, ben, number)
        for note in (alone, answered):
            cohort.erase(firm, ben, note)
        (left,) = cohort.cohort(firm, cleo, number).notes
        assert (left.who.key, left.text, [one.text for one in left.answers]) == ("", "", ["So."])
        assert not Note.objects.filter(account=ben.account).exists()


class TestDone:
    def done(self, firm, viewer, number) -> list[int]:
        return [week.number for week in cohort.cohort(firm, viewer, number).weeks if week.is_done]

    def test_what_one_marks_is_ones_own(self, firm, fay, people, number):
        ben, cleo, _dan = people
        for _ in range(2):
            cohort.mark(firm, ben, number, 1, done=True)
        cohort.mark(firm, ben, number, 2, done=True)
        cohort.mark(firm, ben, number, 2, done=False)
        assert self.done(firm, ben, number) == [1]
        assert self.done(firm, cleo, number) == self.done(firm, fay, number) == []
        with pytest.raises(NotAllowed):
            cohort.mark(firm, ben, number, 3, done=True)
        with pytest.raises(NotShown):
            cohort.mark(firm, fay, number, 1, done=True)

    def said(self, firm, viewer, number) -> list[str]:
        return [week.did_it for week in cohort.cohort(firm, viewer, number).weeks]

    def test_a_facilitator_is_told_nothing_of_a_small_group(self, firm, fay, people, number):
        cohort.mark(firm, people[0], number, 1, done=True)
        assert self.said(firm, fay, number) == ["too few people to say", "", "", ""]
        assert self.said(firm, people[0], number) == [""] * 4

    @pytest.mark.parametrize(
        ("did", "said"),
        [(0, "few did it"), (4, "few did it"), (5, "5 of 10 did it"), (6, "nearly all did it"),
         (10, "nearly all did it")],
    )  # fmt: skip
    def test_of_a_group_that_is_large_enough_they_are_told_how_many_once_the_week_is_over(  # noqa: PLR0917 - each plays a part
        self, firm, ada, fay, join, clock, did, said
    ):
        members = [ada, *(join(name) for name in company.NAMES[1:] if name not in {"Fay Lind", "Lea Moreau"})]
        number = workshops.make(firm, fay, "Large", START)
        workshops.invite(firm, fay, number, [one.person for one in (*members, fay)])
        for one in (*members, fay):
            workshops.accept(firm, one, number)
        clock.move_to(datetime(2026, 5, 4, 9, tzinfo=UTC))
        for one in members[:did]:
            cohort.mark(firm, one, number, 1, done=True)
        cohort.mark(firm, fay, number, 1, done=True)
        assert self.said(firm, fay, number) == [""] * 4
        clock.move_to(datetime(2026, 5, 11, 9, tzinfo=UTC))
        assert self.said(firm, fay, number) == [said, "", "", ""]


def test_an_outsider_sees_and_does_nothing(firm, ada, people, number):
    note = cohort.write(firm, people[0], number, 1, "Ours.")
    dan = people[2]
    for outside in (Viewer(person=people[0].person), ada, dan):
        for verb in (
            lambda who: cohort.cohort(firm, who, number),
            lambda who: cohort.mark(firm, who, number, 1, done=True),
            lambda who: cohort.write(firm, who, number, 1, "x"),
            lambda who: cohort.write(firm, who, number, 1, "x", under=note),
            lambda who: cohort.erase(firm, who, note),
            lambda who: cohort.inside(firm, who, number),
        ):
            with pytest.raises(NotShown):
                verb(outside)


def test_of_who_opted_out_neither_name_nor_words_are_shown(firm, people, number):
    ben, cleo, _dan = people
    cohort.write(firm, ben, number, 1, "Alone.")
    answered = cohort.write(firm, ben, number, 1, "Answered.")
    cohort.write(firm, cleo, number, 1, "So.", under=answered)
    opting.opt_out(firm, ben.person)
    seen = cohort.cohort(firm, cleo, number)
    assert [one.name for one in seen.people] == ["Cleo Marti"]
    (left,) = seen.notes
    assert (left.who.key, left.text, [one.text for one in left.answers]) == ("", "", ["So."])
    assert Participant.objects.filter(account=ben.account, left_at=None).exists()
    with pytest.raises(NotAllowed):
        cohort.write(firm, gate.viewer_of(firm, ben.member), number, 1, "Still here.")
