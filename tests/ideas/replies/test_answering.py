"""Whom a message answers: the candidates of one other author together."""

from __future__ import annotations

import numpy as np
import pytest

from crosstie.ideas.replies import Replies, answered

ANN, BO, CY = 0, 1, 2


def found(*rows: tuple[int, int, float]) -> Replies:
    message, parent, chance = zip(*rows, strict=True)
    return Replies(np.array(message, np.int32), np.array(parent, np.int32), np.array(chance, np.float32))


def test_what_points_to_one_person_is_added_up_and_names_the_likeliest_message():
    author = np.array([ANN, BO, ANN, CY], np.int32)
    whom = answered(found((3, 0, 0.3), (3, 1, 0.35), (3, 2, 0.25), (3, 3, 0.1)), author)
    assert (whom.message.tolist(), whom.parent.tolist()) == ([3], [0])
    assert whom.probability == pytest.approx([0.55])


def test_going_on_with_ones_own_is_no_answer():
    whom = answered(found((1, 0, 0.8), (1, 1, 0.2)), np.array([ANN, ANN], np.int32))
    assert len(whom.message) == 0


def test_there_is_at_most_one_person_a_message():
    author = np.array([ANN, BO, CY, CY], np.int32)
    rows = [(2, 0, 0.2), (2, 1, 0.6), (2, 2, 0.2), (3, 0, 0.5), (3, 1, 0.1), (3, 3, 0.4)]
    whom = answered(found(*rows), author)
    assert list(zip(whom.message.tolist(), whom.parent.tolist(), strict=True)) == [(2, 1), (3, 0)]
