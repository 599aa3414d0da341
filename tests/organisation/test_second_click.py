"""A second click asks and answers once, and accepting leaves a closed question closed."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from crosstie.actions.organisation import asking
from crosstie.store.models import Answer, Asked, Letter, Question


def test_a_second_click_asks_once_and_writes_once(firm, ben, cleo):
    first = asking.ask(firm, ben, "Twice?", {cleo.person: ["x"]})
    assert asking.ask(firm, ben, "Twice?", {cleo.person: ["x"]}) == first
    assert (Question.objects.count(), Asked.objects.count()) == (1, 1)
    assert Letter.objects.filter(kind="asked").count() == 1


def test_a_minute_later_or_by_another_it_is_another_question(firm, ben, cleo):
    first = asking.ask(firm, ben, "Twice?", {})
    assert asking.ask(firm, cleo, "Twice?", {}) != first
    Question.objects.update(asked_at=timezone.now() - timedelta(minutes=2))
    assert asking.ask(firm, ben, "Twice?", {}) != first


def test_one_that_was_closed_meanwhile_is_another_question(firm, ben):
    first = asking.ask(firm, ben, "Twice?", {})
    asking.close(firm, ben, first)
    assert asking.ask(firm, ben, "Twice?", {}) != first


def test_a_second_click_answers_once(firm, ben, cleo):
    number = asking.ask(firm, ben, "Twice?", {})
    first = asking.answer(firm, cleo, number, "So.")
    assert asking.answer(firm, cleo, number, "So. ") == first
    assert asking.answer(firm, cleo, number, "And so.") != first
    assert Answer.objects.count() == 2
    assert Letter.objects.filter(kind="answer").count() == 2


def test_an_accepted_answer_leaves_a_closed_question_closed(firm, ben, cleo):
    number = asking.ask(firm, ben, "Over?", {})
    answer = asking.answer(firm, cleo, number, "So.")
    asking.close(firm, ben, number)
    asking.accept(firm, ben, answer)
    found = Question.objects.get(pk=number)
    assert (found.state, found.accepted_id) == ("closed", answer)
