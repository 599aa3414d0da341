"""What is a question and what an answer."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as some
from tests.ideas.said import said

from crosstie.ideas.threads import Answer, Message, Question, questions_and_answers


def _told(*messages: Message) -> list[tuple[object, ...]]:
    return [
        (one.number, one.message.external_id)
        if isinstance(one, Question)
        else (one.question, one.message.external_id, "answer")
        for one in questions_and_answers(messages)
    ]


def test_the_first_message_of_a_thread_is_a_question_and_what_others_write_there_an_answer():
    told = _told(
        said(1, "ada", thread="t"),
        said(2, "ben", thread="t", is_reply=True),
        said(3, "ada", thread="t", is_reply=True),
        said(4, "cleo", thread="t", is_reply=True, asks=True),
    )
    assert told == [(1, "m1"), (1, "m2", "answer"), (1, "m4", "answer")]


def test_a_message_that_asks_after_a_long_silence_is_a_question_of_its_own():
    told = _told(
        said(1, "ada", thread="t"),
        said(2, "ben", thread="t", day=13, asks=True),
        said(3, "cleo", thread="t", day=28, asks=True),
        said(4, "ada", thread="t", day=28),
        said(5, "dan", thread="t", day=60),
    )
    assert told == [(1, "m1"), (1, "m2", "answer"), (2, "m3"), (2, "m4", "answer"), (2, "m5", "answer")]


def test_a_thread_whose_beginning_is_not_here_has_no_question():
    assert _told(said(1, "ada", thread="t", is_reply=True), said(2, "ben", thread="t", is_reply=True)) == []


def test_without_threads_a_question_asks_and_its_answers_name_it():
    told = _told(
        said(1, "ada", asks=True),
        said(2, "ben"),
        said(3, "cleo", replies_to="m1", is_reply=True),
        said(4, "dan", replies_to="m2", is_reply=True),
    )
    assert told == [(1, "m1"), (1, "m3", "answer")]


def test_a_thread_that_only_its_answers_name_belongs_to_the_question_they_answer():
    told = _told(
        said(1, "ada", asks=True),
        said(2, "ben", replies_to="m1", thread="t", is_reply=True),
        said(3, "cleo", replies_to="m2", thread="t", is_reply=True),
        said(4, "ada", replies_to="m2", thread="t", is_reply=True),
    )
    assert told == [(1, "m1"), (1, "m2", "answer"), (1, "m3", "answer")]


def test_nobody_without_a_name_answers_and_what_they_asked_still_has_its_answers():
    told = _told(
        said(1, "", thread="t"),
        said(2, "", thread="t", is_reply=True),
        said(3, "ben", thread="t", is_reply=True),
    )
    assert told == [(1, "m1"), (1, "m3", "answer")]


_MESSAGES = some.lists(
    some.tuples(
        some.sampled_from(["", "ada", "ben", "cleo"]),
        some.sampled_from(["", "s", "t"]),
        some.booleans(),
        some.booleans(),
        some.integers(0, 30),
    ),
    max_size=30,
)


@given(_MESSAGES)
@settings(max_examples=80)
def test_questions_are_numbered_in_order_and_nobody_answers_themselves(rows):
    day, messages = 0, []
    for number, (author, thread, is_reply, asks, wait) in enumerate(rows):
        day += wait
        messages.append(said(number, author, day=day, thread=thread, is_reply=is_reply, asks=asks))
    told = list(questions_and_answers(messages))
    asked = [one for one in told if isinstance(one, Question)]
    assert [one.number for one in asked] == list(range(1, len(asked) + 1))
    asker = {one.number: one.message.author for one in asked}
    for one in told:
        if isinstance(one, Answer):
            assert one.question in asker
            assert one.message.author not in {"", asker[one.question]}
