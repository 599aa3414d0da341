"""A group's change is told with its interval, and never where it would tell of one person."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosstie.practice.group_change import NOT_SAID, group_change, t_quantile

VARIED = [2.0, -1.0, 0.0, 3.0, 1.0, 1.0, 0.0, -2.0, 4.0, 2.0]


def test_the_mean_has_students_interval():
    from scipy.stats import ttest_1samp

    found = group_change(VARIED, smallest=10)
    expected = ttest_1samp(VARIED, 0).confidence_interval(0.9)
    assert (found.people, found.mean) == (10, 1.0)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-3)


@pytest.mark.parametrize("freedom", [4, 9, 11, 30, 200])
def test_the_quantile_agrees_with_another_library(freedom):
    from scipy.stats import t

    assert t_quantile(0.95, freedom) == pytest.approx(t.ppf(0.95, freedom), abs=5e-3)


@pytest.mark.parametrize(
    "differences",
    [
        VARIED[:9],
        [1.0] * 12,
        [0.0] * 12,
        [30.0, *VARIED],
    ],
    ids=["too few", "all alike", "none changed", "one person's"],
)
def test_it_is_withheld_where_it_would_tell_of_one(differences):
    assert group_change(differences, smallest=10) == NOT_SAID


def test_no_setting_goes_below_five():
    assert group_change(VARIED[:4], smallest=1) == NOT_SAID
    assert group_change(VARIED[:6], smallest=1).people == 6


@given(st.lists(st.integers(-5, 5), min_size=10, max_size=40))
def test_it_is_the_same_in_any_order_and_the_mean_lies_within(differences):
    found = group_change(differences, smallest=10)
    turned = group_change(differences[::-1], smallest=10)
    if found == NOT_SAID:
        assert turned == NOT_SAID
        return
    assert found.mean is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.mean < found.high
    assert turned.mean == pytest.approx(found.mean)


def test_nine_in_ten_intervals_hold_the_truth():
    drawn = random.Random(1)
    held = 0
    for _ in range(2000):
        found = group_change([drawn.gauss(1, 3) for _ in range(12)], smallest=10)
        assert found.low is not None
        assert found.high is not None
        held += found.low <= 1 <= found.high
    assert 0.88 < held / 2000 < 0.92
