"""Trees as arrays, asked row by row."""

from __future__ import annotations

import numpy as np
import pytest

from crosstie.ideas.replies.trees import Trees, asked, chances

STEP = Trees(
    first=np.array([0, 3], np.int32),
    column=np.array([1, -1, -1, -1], np.int32),
    value=np.array([2.0, 10.0, 20.0, 0.5], np.float32),
    right=np.array([2, 0, 0, 0], np.int32),
    missing_left=np.array([True, False, False, False]),
)
"""Up to 2 in the second column 10, above it 20; and 0.5 to everybody."""


@pytest.mark.parametrize(("known", "said"), [(1.0, 10.5), (2.0, 10.5), (2.1, 20.5), (np.nan, 10.5)])
def test_a_row_goes_left_up_to_the_value_and_where_told_without_it(known: float, said: float):
    assert asked(np.array([[99, known]], np.float32), STEP).tolist() == [said]


def test_without_the_feature_a_row_goes_right_where_the_tree_was_taught_so():
    taught = STEP._replace(missing_left=np.zeros(4, np.bool_))
    assert asked(np.array([[0, np.nan]], np.float32), taught).tolist() == [20.5]


def test_chances_are_shared_out_within_a_message():
    said = np.array([0.0, np.log(3), 7.0], np.float32)
    assert chances(np.array([0, 2, 3]), said) == pytest.approx([0.25, 0.75, 1.0])
