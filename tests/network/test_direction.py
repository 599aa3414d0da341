"""Which way learning went: said where it is clear."""

from __future__ import annotations

import numpy as np
import pytest
from tests.network.graphs import network_of_pairs

from crosstie.network.direction import clear


@pytest.mark.parametrize(
    ("shown", "back", "is_clear"),
    [
        (0.0, 0.0, False),
        (1.0, 0.0, False),  # one thank-you
        (1.5, 0.0, False),  # one answer, to someone who so turned to them
        (2.5, 0.0, True),  # and thanks for it
        (5.25, 1.5, False),
        (5.5, 1.5, True),
        (0.0, 1.5, False),
    ],
)
def test_clear_is_several_times_as_much_and_more_than_one_answer(
    shown: float, back: float, *, is_clear: bool
):
    assert clear(np.array([shown]), np.array([back])).tolist() == [is_clear]


def test_of_the_two_rows_of_a_pair_at_most_one_is_one_way():
    ties = network_of_pairs(
        4, {(0, 1): 1.0, (0, 2): 1.0, (1, 3): 1.0}, learned={(0, 1): 4.0, (1, 0): 4.0, (2, 0): 4.0}
    ).ties
    rows = list(zip(ties.learner.tolist(), ties.teacher.tolist(), strict=True))
    assert [row for row, one in zip(rows, ties.one_way.tolist(), strict=True) if one] == [(2, 0)]
