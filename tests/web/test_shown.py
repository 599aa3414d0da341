"""Answers are kept while the workspace stays as it is, for one viewer each, and no longer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from crosstie.actions import pages
from crosstie.errors import NotShown
from crosstie.web import FromHome
from crosstie.web.shown import KEPT


@dataclass
class Workspace:
    now: str = "first"

    def shown_state(self) -> str:
        return self.now


@pytest.fixture
def asked(monkeypatch) -> list[Any]:
    questions: list[Any] = []

    def circle(_home, viewer):
        questions.append(viewer)
        if viewer == "nobody":
            raise NotShown("Not yours.")
        return object()

    monkeypatch.setattr(pages, "circle", circle)
    return questions


def shown_from(workspace: Any) -> FromHome:
    return FromHome(workspace)


def test_the_same_question_is_answered_once(asked):
    shown = shown_from(Workspace())
    assert shown.circle("ada") is shown.circle("ada")
    assert asked == ["ada"]


def test_every_viewer_gets_an_answer_of_their_own(asked):
    shown = shown_from(Workspace())
    assert shown.circle("ada") is not shown.circle("ben")
    assert asked == ["ada", "ben"]


def test_a_changed_workspace_is_asked_again_and_nothing_old_is_kept(asked):
    workspace = Workspace()
    shown = shown_from(workspace)
    shown.circle("ada")
    shown.circle("ben")
    workspace.now = "ben was forgotten"
    shown.circle("ada")
    assert asked == ["ada", "ben", "ada"]
    assert {question[0] for question in shown._kept} == {"ben was forgotten"}


def test_a_refusal_is_not_kept(asked):
    shown = shown_from(Workspace())
    for _ in range(2):
        with pytest.raises(NotShown):
            shown.circle("nobody")
    assert asked == ["nobody", "nobody"]


def test_only_so_many_answers_are_kept(asked):
    shown = shown_from(Workspace())
    for number in range(KEPT + 5):
        shown.circle(str(number))
    assert len(shown._kept) == KEPT
