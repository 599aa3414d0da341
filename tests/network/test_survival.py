"""Which known ties are alive next month, learned from the months before."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from crosstie.network import logistic, survival
from crosstie.network.survival import Touches, alive, came_back, looked_at, model_before

PEOPLE, DAYS = 40, 300


def made(seed: int = 1) -> Touches:
    """Pairs that go on for as long as they last, weekly; half of them end before day 270."""
    dice = np.random.default_rng(seed)
    rows = []
    for one in range(PEOPLE):
        for other in range(one + 1, PEOPLE):
            if dice.random() < 0.5:
                begins, lasts = dice.uniform(0, 200), dice.exponential(150)
                days = np.arange(begins, min(begins + lasts, DAYS), 7) + dice.random()
                rows += [(one, other, day) if dice.random() < 0.5 else (other, one, day) for day in days]
    sender, receiver, day = (np.array(column) for column in zip(*rows, strict=True))
    return Touches(sender=sender, receiver=receiver, day=day, weight=np.ones(len(day)))


def test_pairs_that_stay_are_likelier_than_pairs_that_ended():
    touches = made()
    found = alive(touches.until(270.0), at=270.0, people=PEOPLE)
    stayed = came_back(touches, found.low, found.high, at=270.0, people=PEOPLE)
    assert 50 < stayed.sum() < len(stayed) - 50
    assert found.chance[stayed].mean() > found.chance[~stayed].mean() + 0.5
    assert abs(found.chance.mean() - stayed.mean()) < 0.1


def test_nothing_later_than_the_day_is_looked_at():
    touches = made()
    now, later = alive(touches.until(200.0), at=200.0, people=PEOPLE), alive(touches, at=200.0, people=PEOPLE)
    np.testing.assert_array_equal(now.chance, later.chance)
    np.testing.assert_array_equal(now.low, later.low)


def test_the_order_of_rows_and_the_numbers_of_people_make_no_difference():
    touches = made()
    dice = np.random.default_rng(5)
    order, number = dice.permutation(len(touches.day)), dice.permutation(PEOPLE)
    other = Touches(
        sender=number[touches.sender[order]],
        receiver=number[touches.receiver[order]],
        day=touches.day[order],
        weight=touches.weight[order],
    )
    one, two = alive(touches, at=250.0, people=PEOPLE), alive(other, at=250.0, people=PEOPLE)
    chance = {
        frozenset(pair): value
        for *pair, value in zip(two.low.tolist(), two.high.tolist(), two.chance.tolist(), strict=True)
    }
    for low, high, value in zip(one.low.tolist(), one.high.tolist(), one.chance.tolist(), strict=True):
        assert chance[frozenset((int(number[low]), int(number[high])))] == pytest.approx(value, abs=1e-9)


def test_too_short_a_record_says_nothing():
    touches = made().until(40.0)
    found = alive(touches, at=40.0, people=PEOPLE)
    assert len(found.low) > 0
    assert np.isnan(found.chance).all()
    nothing = touches.until(-1.0)
    assert model_before(nothing, at=0.0, people=PEOPLE) is None
    assert len(alive(nothing, at=0.0, people=PEOPLE).chance) == 0


def test_what_is_looked_at_of_a_pair_is_what_was():
    touches = Touches(
        sender=np.array([0, 1, 0]),
        receiver=np.array([1, 0, 2]),
        day=np.array([10.0, 40.0, 99.0]),
        weight=np.ones(3),
    )
    low, high, columns = looked_at(touches, at=100.0, people=3)
    assert list(zip(low.tolist(), high.tolist(), strict=True)) == [(0, 1), (0, 2)]
    assert columns[0, 2] == pytest.approx(np.log(0.5**1.5 + 0.5**1.0 + 0.02))  # halved every 60 days
    assert columns[0, 4] == pytest.approx(np.log(2.5))  # twice
    assert columns[0, 5] == pytest.approx(np.log(60.5))  # the last 60 days ago
    assert columns[1, 5] == pytest.approx(np.log(1.5))


def test_a_regression_finds_the_weights_that_made_the_rows():
    dice = np.random.default_rng(3)
    columns = dice.normal(0, 1, (20_000, 2)) * [1.0, 3.0] + [0.0, 5.0]
    truth = 1 / (1 + np.exp(-(1.0 * columns[:, 0] - 0.5 * (columns[:, 1] - 5.0) + 0.3)))
    found = logistic.learned(columns, dice.random(20_000) < truth, penalty=1e-6)
    np.testing.assert_allclose(found.weights / found.deviations, [1.0, -0.5], atol=0.05)
    np.testing.assert_allclose(found.chances(columns), truth, atol=0.03)
    with pytest.raises(ValueError, match="always happened"):
        logistic.learned(columns, np.ones(20_000, dtype=np.bool_))


def test_an_earlier_day_out_of_all_that_was_told_is_looked_at_as_it_was():
    touches = made()
    whole_days = replace(touches, day=np.floor(touches.day))
    for told in (touches, whole_days):
        every = survival._Told(told, at=280.0, people=PEOPLE)
        for day in (280.0, 250.0, 235.5, 100.0):
            low, high, columns = survival._looked_at(every, day)
            was_low, was_high, were = looked_at(told.until(day), at=day, people=PEOPLE)
            assert low.tolist() == was_low.tolist()
            assert high.tolist() == was_high.tolist()
            np.testing.assert_array_equal(columns, were)


def test_of_a_pair_each_day_counts_once_and_what_is_left_is_summed():
    touches = Touches(
        sender=np.array([1, 0, 1, 0]),
        receiver=np.array([0, 1, 0, 1]),
        day=np.array([90.7, 90.2, 40.0, 0.0]),
        weight=np.array([1.0, 2.0, 1.0, 0.5]),
    )
    _, _, columns = looked_at(touches, at=100.0, people=2)
    left = 0.5 ** ((100.0 - touches.day) / 30.0)
    days_left = 0.5 ** (np.array([9.0, 60.0, 100.0]) / 30.0)
    assert columns[0, 1] == pytest.approx(np.log((touches.weight * left).sum() + 0.02))
    assert columns[0, 9] == pytest.approx(np.log(days_left.sum() + 0.02))
