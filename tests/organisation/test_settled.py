"""What one settled stays settled: it is not put off, nor turned down, nor is anybody reminded of it."""

from __future__ import annotations

from typing import Any

import pytest

from crosstie.actions.home import Home
from crosstie.actions.organisation import asking, being_asked, leaving, passing, proposing
from crosstie.errors import NotAllowed, NotShown
from crosstie.people import Viewer
from crosstie.store.models import Asked, Letter

QUESTION = "How do I resize a queue?"

VERBS = (being_asked.later, being_asked.not_mine)


@pytest.fixture
def mine(firm, ada, ben) -> int:
    """Ada asks Ben: the number under which he was."""
    return Asked.objects.get(question=asking.ask(firm, ada, QUESTION, {ben.person: ["You do."]})).pk


def state_of(mine: int) -> str:
    return Asked.objects.get(pk=mine).state


def reminders() -> int:
    return Letter.objects.filter(kind="again", state="waiting").count()


def say_not_mine(home: Home, _asker: Viewer, asked: Viewer, mine: int) -> None:
    being_asked.not_mine(home, asked, mine)


def answer(home: Home, _asker: Viewer, asked: Viewer, mine: int) -> None:
    asking.answer(home, asked, Asked.objects.get(pk=mine).question_id, "So.")


def close(home: Home, asker: Viewer, _asked: Viewer, mine: int) -> None:
    asking.close(home, asker, Asked.objects.get(pk=mine).question_id)


@pytest.mark.parametrize("settle", [say_not_mine, answer, close])
def test_what_is_settled_or_closed_is_neither_put_off_nor_turned_down(firm, ada, ben, mine, settle):
    being_asked.later(firm, ben, mine)
    settle(firm, ada, ben, mine)
    state = state_of(mine)
    why = "This question is closed" if settle is close else "You settled this question already"
    for verb in VERBS:
        with pytest.raises(NotAllowed, match=why):
            verb(firm, ben, mine)
    assert state_of(mine) == state != "later"
    assert not reminders()


def test_not_my_subject_holds_for_questions_like_it_whatever_a_program_says_next(firm, ben, mine, program):
    assert program(ben)("POST", f"asked/{mine}/not-mine").status_code == 204
    assert program(ben)("POST", f"asked/{mine}/later").status_code == 403
    assert ben.person not in proposing.reachable(firm, QUESTION)


def test_what_was_passed_on_is_neither_put_off_nor_turned_down(firm, ben, cleo, mine):
    being_asked.pass_on(firm, ben, mine, cleo.person)
    for verb in VERBS:
        with pytest.raises(NotAllowed, match="You settled"):
            verb(firm, ben, mine)
    assert state_of(mine) == "passed"


def test_once_an_answer_is_accepted_nobody_is_reminded(firm, ada, ben, cleo, mine):
    being_asked.later(firm, ben, mine)
    asked = Asked.objects.get(pk=mine).question_id
    asking.accept(firm, ada, asking.answer(firm, cleo, asked, "So."))
    assert not reminders()
    with pytest.raises(NotAllowed, match="This question was answered"):
        being_asked.later(firm, ben, mine)
    assert not reminders()
    being_asked.not_mine(firm, ben, mine)
    assert state_of(mine) == "not_mine"


def test_what_is_put_off_can_be_put_off_again_and_turned_down(firm, ben, mine):
    being_asked.later(firm, ben, mine)
    being_asked.later(firm, ben, mine)
    assert reminders() == 1
    being_asked.not_mine(firm, ben, mine)
    assert not reminders()


@pytest.mark.parametrize("verb", VERBS)
def test_who_opted_out_and_who_is_no_member_can_do_neither(firm, ben, mine, verb):
    with pytest.raises(NotShown):
        verb(firm, Viewer(person=ben.person, account=ben.account), mine)
    leaving.opt_out(firm, ben)
    with pytest.raises(NotAllowed, match="You opted out"):
        verb(firm, ben, mine)
    assert state_of(mine) == "withdrawn"


def test_of_two_who_pass_it_on_at_once_one_does(firm, ben, mine, join, monkeypatch):
    cleo, dan, checked = join("Cleo Marti"), join("Dan Wu"), passing.checked

    def overtaken(*given: Any) -> passing.Onward:
        found = checked(*given)
        monkeypatch.setattr(passing, "checked", checked)
        being_asked.pass_on(firm, ben, mine, dan.person)  # a second window, while the first looks
        return found

    monkeypatch.setattr(passing, "checked", overtaken)
    with pytest.raises(NotAllowed, match="You settled"):
        being_asked.pass_on(firm, ben, mine, cleo.person)
    assert set(Asked.objects.values_list("account", flat=True)) == {ben.account, dan.account}
