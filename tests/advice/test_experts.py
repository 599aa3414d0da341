"""Whom the advisor suggests, and whom it never does."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from numpy.typing import NDArray
from tests.ideas.said import DAY, thread

from crosstie.advice.activity import Activity
from crosstie.advice.experts import FALLBACK, FEATURES, Expert, spared, suggest
from crosstie.advice.history import History, moments, weights
from crosstie.advice.votes import votes
from crosstie.config import AdviceSettings
from crosstie.ideas import Asked, Index, NewIndex
from crosstie.ideas.threads import Message, questions_and_answers

CHOSEN = AdviceSettings(spare_busy=0.0)
SUBJECTS = {"ben": "gauge", "cleo": "ledger", "dan": "printer"}


def _told(weeks: int = 6) -> Iterator[Message]:
    """Ada asks each week about three subjects, and always the same person knows about each."""
    number = 1
    for week in range(weeks):
        for person, subject in SUBJECTS.items():
            yield from thread(
                number, "ada", f"a {subject} question", (person, f"my {subject} answer"), day=week * 7
            )
            number += 2


@pytest.fixture
def index():
    with NewIndex(":memory:") as made:
        made.add(questions_and_answers(_told()))
        made.settle()
        yield made


def _ask(
    index: Index,
    text: str,
    *,
    most: int = 3,
    asker: str = "ada",
    excluded: Collection[str] = (),
    busy: float = 0.0,
    weights: NDArray[np.float64] = FALLBACK,
    asked_lately: Mapping[str, float] | None = None,
) -> tuple[list[str], tuple[Expert, ...]]:
    history = History.of(index)
    number = {key: row for row, key in enumerate(history.people)}
    activity = Activity.before(history.answers, people=len(history.people)).after(history.answers, 40 * DAY)
    out = np.array([key in excluded for key in history.people])
    lately = (
        None if asked_lately is None else np.array([asked_lately.get(key, 0.0) for key in history.people])
    )
    found = suggest(
        activity,
        votes(index, text, number_of=number),
        weights=weights,
        settings=AdviceSettings(spare_busy=busy, spare_asked=busy),
        most=most,
        asker=number.get(asker),
        place=0,
        excluded=out,
        asked_lately=lately,
    )
    return [history.people[one.person] for one in found], found


@pytest.mark.parametrize(("person", "subject"), SUBJECTS.items())
def test_who_answered_such_questions_comes_first_with_the_answers_that_speak_for_them(index, person, subject):
    people, found = _ask(index, f"another {subject} question")
    assert people[0] == person
    assert len(people) == 3
    assert found[0].near == 6
    assert {one.author for one in found[0].answers} == {person}


def test_neither_the_asker_nor_anyone_left_out_is_suggested(index):
    assert (
        _ask(index, "gauge", asker="ben")[0] == ["dan", "cleo"]
        or "ben" not in _ask(index, "gauge", asker="ben")[0]
    )
    assert "ben" not in _ask(index, "gauge", excluded={"ben"})[0]
    assert _ask(index, "gauge", excluded=set(SUBJECTS))[0] == []


def test_one_earlier_answer_is_not_enough(index):
    index.add(
        one
        for one in questions_and_answers(
            [*_told(), *thread(900, "ada", "a gauge question", ("eve", "gauge gauge gauge"), day=45)]
        )
        if one.message.thread == "t900"
    )
    assert "eve" not in _ask(index, "gauge")[0]


def test_who_was_asked_much_of_late_steps_back(index):
    assert _ask(index, "gauge", busy=3.0)[0][0] == "ben"
    assert _ask(index, "gauge", busy=3.0, asked_lately={"ben": 30.0})[0][-1] == "ben"


def test_who_answered_much_steps_back_a_little_and_who_was_asked_much_as_far_as_it_takes(index):
    history = History.of(index)
    activity = Activity.before(history.answers, people=3).after(history.answers, 40 * DAY)
    busy, people = replace(activity, to_others=np.array([0.0, 4.0, 400.0])), np.arange(3)
    chosen = AdviceSettings()
    steps = spared(busy, people, chosen)
    assert steps[0] == 0
    assert 0 < steps[1] < steps[2] == chosen.spare_at_most
    asked = spared(busy, people, chosen, np.array([0.0, 0.0, 4_000.0]))
    assert asked[2] > 5 * chosen.spare_at_most
    assert asked[:2] == pytest.approx(steps[:2])


@given(
    some.sets(some.sampled_from(sorted(SUBJECTS))), some.integers(1, 4), some.text("abc gauge", max_size=12)
)
@settings(max_examples=25)
def test_never_more_than_wanted_never_anyone_left_out_and_twice_the_same(excluded, most, text):
    with NewIndex(":memory:") as index:
        index.add(questions_and_answers(_told(2)))
        people, _ = _ask(index, text, most=most, excluded=excluded)
        assert len(people) == min(most, 3 - len(excluded))
        assert not excluded & set(people)
        assert _ask(index, text, most=most, excluded=excluded)[0] == people


def test_a_moment_knows_nothing_later_but_who_answered(index):
    text = {
        one.number: f"a {list(SUBJECTS.values())[(one.number - 1) % 3]} question"
        for one in index.every_question()
    }

    def text_of(asked: Asked) -> str:
        return text[asked.number]

    seen = list(moments(History.of(index), range(1, 19), text_of, lambda _: index, CHOSEN))
    # Two answers each are needed before anybody can be suggested, so the first two weeks tell nothing.
    assert [one.asked.number for one in seen] == list(range(7, 19))
    for one in seen:
        assert one.answered.sum() == 1
        assert int(one.activity.answers.sum()) <= one.asked.number - 1
        assert all(near.answer.question < one.asked.number for near in one.voted.near)
        assert one.choice.features.shape == (3, len(FEATURES))


def test_weights_are_learned_where_there_are_questions_enough_and_stated_ones_stand_in_otherwise(index):
    subjects = list(SUBJECTS.values())
    seen = list(
        moments(
            History.of(index),
            range(1, 19),
            lambda asked: f"a {subjects[(asked.number - 1) % 3]} question",
            lambda _: index,
            CHOSEN,
        )
    )
    choices = [one.choice for one in seen]
    found, learned_from = weights(choices, AdviceSettings(least_questions=100))
    assert learned_from == 0
    assert found is FALLBACK
    found, learned_from = weights(choices, AdviceSettings(least_questions=5, penalty=0.5))
    assert learned_from == 12
    # What told them apart was the subject: the votes.
    assert found[7:10].sum() > FALLBACK[7:10].sum()


def test_ten_messages_in_one_thread_are_one_question_answered():
    with NewIndex(":memory:") as index:
        index.add(
            questions_and_answers(
                thread(1, "ada", "a gauge question", *[("ben", "more")] * 10, ("cleo", "so"))
            )
        )
        history = History.of(index)
    assert history.answers.question.tolist() == [1, 1]
    assert [history.people[row] for row in history.answers.author] == ["ben", "cleo"]
    assert (np.diff(history.answers.at) == 10).all()  # the first of the ten counts


def test_who_answered_a_question_like_this_steps_forward_before_who_is_only_active():
    chatter = [
        one
        for row in range(150)
        for one in thread(
            1000 + 2 * row, "ada", f"thing{row} for part{row}", ("zoe", f"use{row}"), day=row / 10
        )
    ]
    known = [
        one
        for day in (1, 2)
        for one in thread(day * 10, "ada", "the gauge drifts", ("ben", "warm it"), day=day)
    ]
    with NewIndex(":memory:") as index:
        index.add(questions_and_answers(sorted([*chatter, *known], key=lambda one: one.at)))
        index.settle()
        active, like = (
            np.array([name.startswith(one) for name in FEATURES], dtype=np.float64)
            for one in ("answers, halved every 60", "nearness of the questions like it")
        )
        assert _ask(index, "my gauge drifts at noon", weights=active)[0] == ["zoe", "ben"]
        people, found = _ask(index, "my gauge drifts at noon", weights=like)
        assert people == ["ben", "zoe"]
        assert [one.near for one in found] == [2, 0]
        assert [len({answer.question for answer in one.answers}) for one in found] == [2, 0]
        assert _ask(index, "zebra crossings")[1][0].near == 0


def test_the_nearest_questions_say_where_a_question_belongs():
    told = [
        *thread(1, "ada", "the printer jams", ("ben", "so"), place="office"),
        *thread(3, "ada", "a printer jam again", ("ben", "so"), place="office"),
        *thread(5, "ada", "print the ledger", ("cleo", "so"), place="finance"),
    ]
    with NewIndex(":memory:") as index:
        index.add(questions_and_answers(told))
        number_of = {"ben": 0, "cleo": 1}
        assert votes(index, "my printer jams", number_of=number_of).place == "office"
        assert votes(index, "ledger", number_of=number_of).place == "finance"
        assert votes(index, "zebra", number_of=number_of).place == ""
