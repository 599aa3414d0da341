"""Whether one way is better than another."""

import numpy as np
import pytest
from evaluation.comparing import difference


def test_what_is_always_larger_is_better_and_the_other_way_round_worse():
    dice = np.random.default_rng(1)
    theirs = dice.random(200)
    ours = theirs + 0.1 + dice.normal(0, 0.05, 200)
    found = difference(ours, theirs)
    assert found.mean == pytest.approx((ours - theirs).mean())
    assert found.low < found.mean < found.high
    assert found.verdict == "better"
    assert difference(theirs, ours).verdict == "worse"


def test_a_difference_within_its_noise_is_not_settled():
    dice = np.random.default_rng(2)
    found = difference(dice.normal(0, 1, 100), np.zeros(100))
    assert found.low < 0 < found.high
    assert str(found).endswith("not settled")


def test_cases_of_few_groups_make_the_interval_wider():
    effect = np.repeat([0.4, -0.1, 0.2, 0.3], 50)
    alone, grouped = (
        difference(effect, np.zeros(200)),
        difference(effect, np.zeros(200), groups=["a", "b", "c", "d"] * 50),
    )
    by_group = difference(effect, np.zeros(200), groups=list(np.repeat(["a", "b", "c", "d"], 50)))
    assert by_group.high - by_group.low > 2 * (alone.high - alone.low)
    assert by_group.high - by_group.low > grouped.high - grouped.low


def test_the_interval_covers_the_truth_about_as_often_as_it_says():
    dice = np.random.default_rng(3)
    covered = 0
    for _ in range(60):
        found = difference(dice.normal(0.3, 1, 80), np.zeros(80))
        covered += found.low <= 0.3 <= found.high
    assert covered >= 52


@pytest.mark.parametrize("ours", [[], [[1.0]]])
def test_nothing_to_compare_is_said(ours):
    with pytest.raises(ValueError, match="nothing to compare"):
        difference(ours, ours)
