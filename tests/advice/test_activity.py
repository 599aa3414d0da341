"""Activity moved on answer by answer is what it is when summed at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from crosstie.advice.activity import NEVER, Activity, Answers

DAY = 86_400_000_000
PEOPLE, PLACES = 4, 3


def _answers(rows: list[tuple[int, int, int]]) -> Answers:
    rows = sorted(rows, key=lambda row: row[0])
    return Answers(
        question=np.arange(1, len(rows) + 1),
        author=np.array([row[1] for row in rows], dtype=np.int32),
        place=np.array([row[2] for row in rows], dtype=np.int32),
        at=np.array([row[0] * DAY for row in rows], dtype=np.int64),
        is_own=np.array([row[0] % 5 == 0 for row in rows], dtype=np.bool_),
    )


_ROWS = some.lists(
    some.tuples(some.integers(0, 400), some.integers(0, PEOPLE - 1), some.integers(0, PLACES - 1)),
    min_size=1,
    max_size=25,
)


@given(_ROWS, some.integers(0, 25))
@settings(max_examples=60)
def test_two_steps_are_one(rows, cut):
    answers = _answers(rows)
    start, end = Activity.before(answers, people=PEOPLE), 401 * DAY
    cut = min(cut, len(answers))
    between = int(answers.at[cut - 1]) if cut else start.at
    once = start.after(answers, end)
    twice = start.after(answers.part(0, cut), between).after(answers.part(cut, len(answers)), end)
    assert twice.recent == pytest.approx(once.recent)
    assert twice.to_others == pytest.approx(once.to_others)
    assert (twice.helped_at == once.helped_at).all()
    assert twice.in_place == pytest.approx(once.in_place)
    assert (twice.answers == once.answers).all()
    assert (twice.last_at == once.last_at).all()
    assert once.answers.sum() == len(answers)
    assert sum(once.here(place)[:, 0].sum() for place in range(PLACES)) == pytest.approx(
        once.in_place[:, 0].sum()
    )


def test_an_answer_counts_half_after_its_half_life_there_and_anywhere():
    activity = Activity.before(_answers([(0, 2, 1)]), people=PEOPLE).after(_answers([(0, 2, 1)]), 60 * DAY)
    assert activity.recent[2] == pytest.approx([0.5, 2 ** -(60 / 7), 2**-60])
    assert activity.here(1)[2] == pytest.approx([2 ** -(60 / 365), 0.25, 2 ** -(60 / 7)])
    assert (activity.here(0) == 0).all()
    assert activity.last_at.tolist() == [NEVER, NEVER, 0, NEVER]
