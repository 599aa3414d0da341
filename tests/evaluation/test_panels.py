"""What the evaluation of panels counts, by hand; and its data, on a small company of truth."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from evaluation._aspects import alpha_ndcg, coverage
from evaluation._panel_cases import Case, _network, _tags, _topics
from evaluation.panels import TASK

from crosstie.demo.truth import LearningEvent, Way
from crosstie.ideas.threads import Answer, Message, Question


def _case(aspects: dict[int, str], people: int = 6) -> Case:
    """Return a case in which each person brings the letters that stand by their number."""
    brings = {person: frozenset(letters) for person, letters in aspects.items()}
    units = {"department": {person: min(letters) for person, letters in aspects.items()}}
    moment: Any = SimpleNamespace(people=np.arange(people))
    return Case(moment, brings, units)


def test_the_best_list_has_1_and_one_of_nobody_who_knows_0():
    case = _case({0: "a", 1: "a", 2: "b"})
    assert alpha_ndcg([0, 2, 1], case) == pytest.approx(1.0)
    assert alpha_ndcg([3, 4, 5], case) == 0.0


def test_the_second_of_the_same_aspect_counts_half():
    case = _case({0: "a", 1: "a", 2: "b"})
    ideal = 1 + 1 / np.log2(3) + 0.5 / 2
    assert alpha_ndcg([0, 1, 2], case) == pytest.approx((1 + 0.5 / np.log2(3) + 1 / 2) / ideal)


def test_units_count_once_and_only_of_those_who_know():
    case = _case({0: "a", 1: "a", 2: "b", 3: "c"})
    assert coverage([0, 1, 4], case) == pytest.approx(1 / 3)
    assert coverage([0, 2, 3], case) == pytest.approx(1.0)


def test_tags_stand_in_the_last_line_alone():
    assert _tags("Why [x] here?\nSome [text].\n[gates] [qubit]") == {"gates", "qubit"}


def _told(*rows: tuple[str, int, str, int]) -> Any:
    """Return what was said: a question (its number, who, when) or an answer to it."""
    said = []
    for what, question, who, at in rows:
        message = Message(f"m{at}", who, "hall", at * 1_000_000, what == "a", "t", "", what == "q", "x")
        said.append(Question(question, message) if what == "q" else Answer(question, message))
    return SimpleNamespace(rows=said)


def test_the_network_knows_nothing_of_the_test():
    told = _told(("q", 1, "ada", 1), ("a", 1, "ben", 2), ("q", 2, "ada", 3), ("a", 2, "cleo", 4))
    found: Any = SimpleNamespace(history=SimpleNamespace(people=("ben", "cleo")))
    community, degree = _network(told, found, 2)
    assert degree.tolist() == [1, 0]
    assert community.tolist() == [0, -1]


def test_a_question_is_about_what_was_truly_learned_from_an_answer_to_it():
    events = (
        LearningEvent("A", "B", "optics", datetime.fromtimestamp(2, UTC), Way.CHANNEL),
        LearningEvent("A", "C", "budgets", datetime.fromtimestamp(4, UTC), Way.CHAT),
    )
    kestrel: Any = SimpleNamespace(truth=SimpleNamespace(events=events))
    told = _told(("q", 1, "ada", 1), ("a", 1, "ben", 2), ("q", 2, "ada", 3), ("a", 2, "cleo", 4))
    who = {"ada": "A", "ben": "B", "cleo": "C"}
    assert _topics(kestrel, told, who) == {1: "optics"}


def test_what_counts_is_written_down():
    for word in ("seed 20", "alpha", "0.3", "last fifth", "MMR"):
        assert word in TASK.splits
