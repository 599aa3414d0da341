"""Making a workshop, inviting, saying yes, leaving, and the prompts that come week by week."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from crosstie.actions import opting
from crosstie.actions.organisation import cohort, gate, looking_back, prompts, workshops
from crosstie.actions.organisation.weeks import WEEKS, ends_on, week_on
from crosstie.errors import NotAllowed, NotShown, UsageRefused
from crosstie.people import Role, Viewer
from crosstie.store.models import Done, Letter, Member, Participant, Workshop

START = date(2026, 5, 4)
NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def fay(join):
    return join("Fay Lind", Role.FACILITATOR)


@pytest.fixture
def number(firm, fay, ben) -> int:
    """Fay's workshop, to which Ben is invited."""
    number = workshops.make(firm, fay, "Widen your circle", START)
    workshops.invite(firm, fay, number, [ben.person])
    return number


def told(kind: str = "workshop") -> list[tuple[str, str]]:
    return list(Letter.objects.filter(kind=kind).order_by("pk").values_list("account", "subject"))


def test_the_four_weeks_are_declared_in_order_each_with_its_reason():
    assert [week.number for week in WEEKS] == [1, 2, 3, 4]
    for week in WEEKS:
        assert str(week.title)
        assert str(week.prompt).endswith(".")
        assert str(week.why).endswith(".")


@pytest.mark.parametrize(("day", "week"), [(-1, 0), (0, 1), (6, 1), (7, 2), (27, 4), (28, 5), (400, 5)])
def test_a_day_is_in_its_week(day, week):
    assert week_on(START, START + timedelta(days=day)) == week
    assert ends_on(START) == START + timedelta(days=27)


def test_a_facilitator_makes_one_and_a_member_does_not(firm, fay, ben):
    number = workshops.make(firm, fay, "  Widen  your circle ", START)
    made = Workshop.objects.get(pk=number)
    assert (made.name, made.facilitator, made.starts_on) == ("Widen your circle", fay.account, START)
    with pytest.raises(NotAllowed):
        workshops.make(firm, ben, "Mine", START)
    with pytest.raises(UsageRefused):
        workshops.make(firm, fay, " ", START)
    with pytest.raises(UsageRefused):
        workshops.make(firm, fay, "Too late", NOW.date() - timedelta(days=1))


def test_whoever_is_invited_reads_of_it_once_and_says_yes(firm, fay, ben, number):
    assert workshops.invite(firm, fay, number, [ben.person]) == 0
    assert told() == [(ben.account, "Fay Lind invites you to a workshop")]
    assert [one.number for one in workshops.workshops(firm, ben).invited] == [number]
    with pytest.raises(NotShown):
        cohort.cohort(firm, ben, number)
    workshops.accept(firm, ben, number)
    mine = workshops.workshops(firm, ben)
    assert ([one.number for one in mine.taking_part], mine.invited) == ([number], ())
    assert [one.name for one in cohort.cohort(firm, ben, number).people] == ["Ben Olu"]


def test_only_members_who_are_not_yet_invited_can_be(firm, fay, ben, number, join):
    cleo = join("Cleo Marti")
    assert [one.name for one in workshops.may_invite(firm, fay, number)] == [
        "Ada Berg",
        "Cleo Marti",
        "Fay Lind",
    ]
    with pytest.raises(NotAllowed):
        workshops.invite(firm, fay, number, [cleo.person, "nobody"])
    assert Participant.objects.count() == 1


def test_only_its_facilitator_invites_to_it(firm, ada, ben, number):
    for other in (ada, ben):
        with pytest.raises(NotShown):
            workshops.invite(firm, other, number, [other.person])
        with pytest.raises(NotShown):
            workshops.may_invite(firm, other, number)


def test_who_is_no_facilitator_any_more_facilitates_none(firm, fay, ben, number):
    workshops.accept(firm, ben, number)
    Member.objects.filter(pk=fay.member).update(role=Role.MEMBER.value)
    former = gate.viewer_of(firm, fay.member)
    assert workshops.workshops(firm, former).facilitated == ()
    for verb in (
        lambda: workshops.invite(firm, former, number, [former.person]),
        lambda: cohort.cohort(firm, former, number),
        lambda: looking_back.group(firm, former, number),
    ):
        with pytest.raises(NotShown):
            verb()


def test_nobody_comes_in_without_an_invitation(firm, ada, number):
    for verb in (workshops.accept, workshops.leave, cohort.cohort):
        with pytest.raises(NotShown):
            verb(firm, ada, number)


def test_one_takes_part_in_one_at_a_time(firm, fay, ben, number):
    workshops.accept(firm, ben, number)
    overlapping = workshops.make(firm, fay, "Also in May", START + timedelta(days=27))
    later = workshops.make(firm, fay, "In June", START + timedelta(days=28))
    for other in (overlapping, later):
        workshops.invite(firm, fay, other, [ben.person])
    with pytest.raises(NotAllowed, match="Widen your circle"):
        workshops.accept(firm, ben, overlapping)
    workshops.accept(firm, ben, later)
    workshops.leave(firm, ben, number)
    with pytest.raises(NotAllowed, match="In June"):
        workshops.accept(firm, ben, overlapping)


def test_one_leaves_at_any_time_with_ones_figures_and_may_come_back(firm, ben, number, clock):
    workshops.accept(firm, ben, number)
    clock.move_to(datetime(2026, 5, 5, 9, tzinfo=UTC))
    cohort.mark(firm, ben, number, 1, done=True)
    Participant.objects.update(before={"size": 3}, after={"size": 4})
    workshops.leave(firm, ben, number)
    mine = Participant.objects.get()
    assert (mine.before, mine.after, Done.objects.count()) == ({}, {}, 0)
    with pytest.raises(NotShown):
        cohort.cohort(firm, ben, number)
    workshops.accept(firm, ben, number)
    assert cohort.cohort(firm, ben, number).takes_part


def test_one_that_is_over_takes_nobody_in(firm, fay, ben, number, clock):
    clock.move_to(datetime(2026, 6, 1, 9, tzinfo=UTC))
    with pytest.raises(NotAllowed):
        workshops.accept(firm, ben, number)
    with pytest.raises(NotAllowed):
        workshops.invite(firm, fay, number, [fay.person])
    assert workshops.workshops(firm, ben).invited == ()


class TestPrompts:
    def weekly(self) -> list[tuple[str, str]]:
        return [(account, subject) for account, subject in told() if subject.startswith("Week")]

    def test_each_week_has_its_prompt_once_however_often_the_work_is_begun(self, firm, ben, number, clock):
        workshops.accept(firm, ben, number)
        for day in (0, 3, 4, 9, 10, 16, 17, 23, 24, 30, 31, 40):
            clock.move_to(datetime(2026, 5, 1, 4, tzinfo=UTC) + timedelta(days=day))
            for _ in range(2):
                prompts.daily(firm, {})
        assert self.weekly() == [(ben.account, f"Week {week.number}: {week.title}") for week in WEEKS]
        letter = Letter.objects.get(key=f"workshop:{number}:week:2:{ben.account}")
        assert f"\n/workshops/{number}/weeks/2\n" in letter.text
        assert str(WEEKS[1].why) in letter.text

    def test_it_goes_to_those_who_said_yes_and_are_here(  # noqa: PLR0917 - each plays a part
        self, firm, fay, ben, number, join, clock
    ):
        away, left, waiting, gone = (join(name) for name in ("Cleo Marti", "Dan Wu", "Eve Ros", "Gil Amado"))
        workshops.invite(firm, fay, number, [one.person for one in (away, left, waiting, gone)])
        for one in (ben, away, left, gone):
            workshops.accept(firm, one, number)
        Member.objects.filter(pk=away.member).update(absent_from=START)
        workshops.leave(firm, left, number)
        opting.opt_out(firm, gone.person)
        clock.move_to(datetime(2026, 5, 4, 4, tzinfo=UTC))
        prompts.daily(firm, {})
        assert [account for account, _ in self.weekly()] == [ben.account]
        Member.objects.filter(pk=away.member).update(absent_until=START + timedelta(days=1))
        clock.move_to(datetime(2026, 5, 6, 4, tzinfo=UTC))
        prompts.daily(firm, {})
        assert [account for account, _ in self.weekly()] == [ben.account, away.account]

    def test_of_weeks_that_were_missed_the_last_is_sent(self, firm, ben, number, clock):
        workshops.accept(firm, ben, number)
        clock.move_to(datetime(2026, 5, 20, 4, tzinfo=UTC))
        prompts.daily(firm, {})
        assert [subject for _, subject in self.weekly()] == [f"Week 3: {WEEKS[2].title}"]
        assert Workshop.objects.get().state == "running"


def test_an_outsider_may_do_none_of_it(firm, ben, number):
    outside = Viewer(person=ben.person)
    for verb in (
        lambda: workshops.make(firm, outside, "x", START),
        lambda: workshops.may_invite(firm, outside, number),
        lambda: workshops.invite(firm, outside, number, [ben.person]),
        lambda: workshops.accept(firm, outside, number),
        lambda: workshops.leave(firm, outside, number),
        lambda: workshops.workshops(firm, outside),
    ):
        with pytest.raises(NotShown):
            verb()


def test_who_opted_out_is_neither_shown_nor_invited(firm, fay, ben, number, join):
    cleo = join("Cleo Marti")
    workshops.accept(firm, ben, number)
    for one in (ben, cleo):
        opting.opt_out(firm, one.person)
    assert "Cleo Marti" not in {one.name for one in workshops.may_invite(firm, fay, number)}
    with pytest.raises(NotAllowed):
        workshops.invite(firm, fay, number, [cleo.person])
    assert cohort.cohort(firm, fay, number).people == ()
    with pytest.raises(NotAllowed):
        workshops.accept(firm, gate.viewer_of(firm, ben.member), number)


def test_a_workshop_starts_within_two_years(firm, fay):
    with pytest.raises(UsageRefused, match="over two years away"):
        workshops.make(firm, fay, "A slip of the keyboard", date(9999, 12, 31))
    workshops.make(firm, fay, "Next year", NOW.date() + timedelta(days=365))
    assert [one.name for one in workshops.workshops(firm, fay).facilitated] == ["Next year"]
