"""Ranking candidates, and whom the suggestions fall on, on made-up questions."""

from __future__ import annotations

import numpy as np
import pytest
from evaluation._ranked import by_busiest, ranked
from evaluation._rolled import Told, rolled
from evaluation.routing import OURS, Seen, best, table, ways

from crosstie.config import AdviceSettings
from crosstie.ideas import Names
from crosstie.ideas.threads import Answer, Message, Question

DAY = 86_400_000_000
SUBJECTS = {"b": "gauge calibration", "c": "ledger export", "d": "printer paper"}


@pytest.fixture(scope="module")
def told() -> Told:
    """Three people, each of whom answers about one subject, in turn."""
    rows: list[Question | Answer] = []
    for number in range(1, 61):
        author, subject = list(SUBJECTS.items())[number % 3]
        text = f"How does {subject} work?"
        asked = Message(f"q{number}", "a", "help", number * DAY, False, f"t{number}", "", True, text)
        said = Message(f"a{number}", author, "help", number * DAY + 9, True, f"t{number}", "", False, subject)
        rows += [Question(number, asked), Answer(number, said)]
    return Told(rows=rows, names=Names(), thanked=frozenset({("a", "a60"), ("b", "a59")}))


@pytest.fixture(scope="module")
def found(told):
    return rolled(told, 49, AdviceSettings())


def test_whoever_answers_such_questions_is_ranked_first_and_nothing_later_is_known(found):
    runs = {name: ranked(found.test, score, {}) for name, score in ways(found, AdviceSettings()).items()}
    assert len(found.test) == 12
    assert runs[OURS].reciprocal.tolist() == [1.0] * 12
    assert runs["recently active anywhere (60 days)"].reciprocal.mean() < 0.5
    assert runs[OURS].gini == pytest.approx(0.0)


def test_what_the_asker_accepted_is_told_by_their_thanks_alone(told, found):
    accepted = told.accepted_in(found.history)
    assert accepted == {60: found.history.people.index("b")}
    run = ranked(found.test, lambda one: one.answered.astype(np.float64), accepted)
    assert np.isfinite(run.accepted).sum() == 1
    assert np.nanmean(run.accepted) == 1.0


def test_load_says_how_much_goes_to_the_busiest(found):
    run = ranked(found.test, lambda one: one.activity.recent[one.people, 0], {})
    assert run.to_busiest == 1.0
    assert np.isnan(run.without_busiest).all()  # there are but three people
    assert by_busiest(found.test) == 1.0


def test_the_best_trivial_way_stands_beside_ours(found):
    runs = {name: ranked(found.test, score, {}) for name, score in ways(found, AdviceSettings()).items()}
    seen = Seen("made up", runs, [one.asked.asker for one in found.test], {}, [])
    name, by = best(seen)
    assert runs[name].reciprocal.mean() == max(
        run.reciprocal.mean() for way, run in runs.items() if way.startswith(("recently", "votes"))
    )
    assert by.low >= 0
    assert table(seen).rows[OURS]["accepted MRR"] is None
