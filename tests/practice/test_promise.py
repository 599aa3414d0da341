"""How often a first answer comes within an hour of working time, and when that is not said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosstie.practice.promise import Kept, Waited, kept
from crosstie.practice.working_time import working_time

HOURS = working_time("Mon-Fri 09:00-17:00", ZoneInfo("UTC"))
NOW = datetime(2026, 3, 27, 12, tzinfo=UTC)  # a Friday
MONDAY = datetime(2026, 3, 23, 10, tzinfo=UTC)
NOTHING = Kept(share=None, low=None, high=None, questions=0)


def waited(number: int, minutes: float | None, *, at: datetime = MONDAY, people: int = 10) -> Waited:
    return Waited(
        asker=f"p{number % people}",
        asked_at=at,
        answered_at=None if minutes is None else at + timedelta(minutes=minutes),
    )


def share(questions: list[Waited], smallest: int = 10) -> Kept:
    return kept(questions, hours=HOURS, now=NOW, smallest=smallest)


def test_the_share_is_that_of_first_answers_in_time_with_an_interval_over_askers():
    found = share([waited(number, 30 if number < 15 else 90) for number in range(20)])
    assert (found.share, found.questions) == (0.75, 20)
    # Wilson's interval by hand: z = 1.6449, n = 10 people, p = 0.75.
    assert (found.low, found.high) == pytest.approx((0.490, 0.904), abs=5e-4)


def test_the_night_does_not_count():
    evening = datetime(2026, 3, 24, 16, 30, tzinfo=UTC)
    in_time = evening + timedelta(hours=17)  # half an hour in the morning
    late = in_time + timedelta(minutes=1)
    for answered_at, expected in ((in_time, 1.0), (late, 0.0)):
        questions = [
            Waited(asker=f"p{number}", asked_at=evening, answered_at=answered_at) for number in range(20)
        ]
        assert share(questions).share == expected


def test_a_question_without_an_answer_counts_once_its_hour_has_passed():
    answered = [waited(number, 10) for number in range(20)]
    just_now = waited(0, None, at=NOW - timedelta(minutes=59))
    assert share([*answered, just_now]).questions == 20
    passed = waited(0, None, at=NOW - timedelta(minutes=61))
    assert share([*answered, passed]).share == pytest.approx(20 / 21)


def test_what_is_older_than_ninety_days_does_not_count():
    old = [waited(number, None, at=NOW - timedelta(days=91)) for number in range(20)]
    assert share(old) == NOTHING
    assert share([*old, *(waited(number, 10) for number in range(20))]).share == 1.0


@pytest.mark.parametrize(
    "questions",
    [
        [],
        [waited(number, 10) for number in range(19)],
        [waited(number, 10, people=9) for number in range(40)],
        [*(waited(number, 10) for number in range(20)), *(waited(0, 10) for _ in range(20))],
    ],
    ids=["none", "few questions", "few askers", "mostly one asker"],
)
def test_too_few_say_nothing(questions):
    assert share(questions) == NOTHING


def test_a_larger_smallest_group_withholds_more():
    questions = [waited(number, 10, people=20) for number in range(40)]
    assert share(questions, smallest=20).share == 1.0
    assert share(questions, smallest=21) == NOTHING


@given(minutes=st.lists(st.one_of(st.none(), st.floats(0, 10_000)), min_size=20, max_size=60))
def test_a_quicker_answer_never_lowers_the_share(minutes):
    def at_most(most: float) -> float:
        questions = [
            waited(number, None if one is None else min(one, most)) for number, one in enumerate(minutes)
        ]
        found = share(questions)
        assert found.share is not None
        assert found.low is not None
        assert found.high is not None
        assert 0 <= found.low <= found.share <= found.high <= 1
        return found.share

    assert at_most(5) >= at_most(5_000)
