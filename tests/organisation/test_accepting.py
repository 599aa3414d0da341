"""An accepted answer counts as learned: once, from when it was accepted, and not under an alias."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from crosstie.actions.home import Home
from crosstie.actions.organisation import aliases, asking, held_rows, recording
from crosstie.people import Viewer
from crosstie.store.models import Answer, Letter, Member, Question


@pytest.fixture
def answers(firm: Home, ada: Viewer, ben: Viewer, cleo: Viewer) -> dict[str, int]:
    """What Ben and Cleo answered to Ada a week ago, by name."""
    asked = asking.ask(firm, ada, "How do I resize a queue?", {})
    made = {"ben": asking.answer(firm, ben, asked, "So."), "cleo": asking.answer(firm, cleo, asked, "Or so.")}
    Answer.objects.update(answered_at=timezone.now() - timedelta(days=7))
    return made


def recorded(home: Home) -> list[tuple[str, datetime]]:
    """Carry the question over, and return who was thanked and when."""
    recording.record(home, {"kind": "question", "number": Question.objects.get().pk})
    with home.record.connect() as connection:
        return connection.execute(
            "SELECT parent_author, interactions.at FROM interactions"
            " WHERE kind = 'thanked' AND source = 'members'"
        ).fetchall()


def test_another_answer_accepted_instead_takes_the_place_of_the_former(
    firm: Home, ada: Viewer, ben: Viewer, cleo: Viewer, answers: dict[str, int]
) -> None:
    for name, who in (("cleo", cleo), ("ben", ben), ("cleo", cleo)):
        asking.accept(firm, ada, answers[name])
        accepted_at = Question.objects.get().accepted_at
        assert recorded(firm) == [(who.account, accepted_at)]
    thanked = [one for one in held_rows.every_row(firm, ada) if one.what.startswith("You thanked")]
    assert [one.what for one in thanked if not one.is_from_outside] == ["You thanked Cleo Marti"]


def test_it_bears_the_time_when_it_was_first_accepted(
    firm: Home, ada: Viewer, answers: dict[str, int]
) -> None:
    before = timezone.now()
    asking.accept(firm, ada, answers["ben"])
    ((_, at),) = recorded(firm)
    assert before <= at <= timezone.now()
    asking.accept(firm, ada, answers["ben"])  # a second click
    assert [one[1] for one in recorded(firm)] == [at]


def test_under_an_alias_it_is_told_and_counts_for_nothing_until_the_alias_is_taken_off(
    firm: Home, site: Callable[[], Client], ada: Viewer, ben: Viewer, answers: dict[str, int]
) -> None:
    browser = site()
    browser.force_login(Member.objects.get(pk=ada.member))
    number = Question.objects.get().pk
    Question.objects.update(alias="A colleague", crowd=10)
    accepting = f"/questions/{number}/accept/{answers['ben']}"
    page = browser.post(accepting, follow=True).content.decode()
    assert "It counts for nothing as long as you ask under an alias." in page
    assert "it counts as learned" not in page
    assert Letter.objects.filter(kind="accepted", account=ben.account).exists()
    assert recorded(firm) == []
    aliases.show_myself(firm, ada, number)
    assert [who for who, _ in recorded(firm)] == [ben.account]
    assert "it counts as learned" in browser.post(accepting, follow=True).content.decode()
