"""The mix learns what told those who answered from those who did not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from numpy.typing import NDArray

from crosstie.advice.mix import Choice, learned, standardised


def _choices(weights: NDArray[np.float64], *, count: int, seed: int, answering: int = 1) -> list[Choice]:
    dice = np.random.default_rng(seed)
    made = []
    for _ in range(count):
        features = standardised(dice.normal(size=(8, len(weights))))
        chances = np.exp(features @ weights)
        answered = np.zeros(8, dtype=np.bool_)
        answered[dice.choice(8, answering, replace=False, p=chances / chances.sum())] = True
        made.append(Choice(features=features, answered=answered))
    return made


def test_weights_that_made_the_answers_are_found_again():
    truth = np.array([1.5, -0.7, 0.0])
    found = learned(_choices(truth, count=1_500, seed=3), penalty=0.1, prior=np.zeros(3))
    assert found == pytest.approx(truth, abs=0.15)


def test_a_strong_penalty_and_no_questions_leave_the_weights_they_are_pulled_to():
    prior = np.array([0.4, -0.2])
    assert learned([], penalty=1.0, prior=prior) == pytest.approx(prior)
    held = learned(_choices(np.array([2.0, 2.0]), count=50, seed=1), penalty=1e9, prior=prior)
    assert held == pytest.approx(prior, abs=1e-6)


@pytest.mark.parametrize(("answering", "away"), [(1, 1e-3), (3, 1e-2)])
def test_the_result_is_where_the_slope_is_nought(answering, away):
    # Where several answered, the last bit of the way is left out: it gains nothing.
    choices = _choices(np.array([0.8, 0.3]), count=60, seed=5, answering=answering)
    found = learned(choices, penalty=2.0, prior=np.zeros(2))

    def value(weights: NDArray[np.float64]) -> float:
        total = -weights @ weights
        for one in choices:
            scores = one.features @ weights
            total += np.log(np.exp(scores[one.answered]).sum()) - np.log(np.exp(scores).sum())
        return float(total)

    for step in ([away, 0], [0, away]):
        assert value(found) > value(found + step)
        assert value(found) > value(found - np.array(step))


def test_where_several_answered_it_is_enough_to_find_one_of_them():
    # Of two who answered, the feature tells one from the three others, and speaks against the other.
    features = standardised(np.array([[4.0], [-4.0], [0.0], [0.0], [0.0]]))
    choice = Choice(features=features, answered=np.array([True, True, False, False, False]))
    found = learned([choice] * 20, penalty=0.1, prior=np.array([0.1]))
    assert found[0] > 1.0  # the mean of the two would learn nothing


def test_weights_that_tell_people_apart_beyond_all_measure_are_no_error():
    choice = Choice(features=np.array([[4e3], [0.0]]), answered=np.array([False, True]))
    found = learned([choice], penalty=1.0, prior=np.ones(1))
    assert np.isfinite(found).all()
    assert found[0] < 1.0


@given(some.integers(0, 6), some.integers(0, 1_000))
@settings(max_examples=30)
def test_standardised_features_are_alike_in_scale_and_never_undefined(people, seed):
    features = np.random.default_rng(seed).normal(3, 9, size=(people, 3))
    features[:, 1] = 7.0
    made = standardised(features)
    assert made.shape == features.shape
    assert np.isfinite(made).all()
    assert made[:, 1] == pytest.approx(0, abs=1e-6)
    if people > 1:
        assert made[:, 0].std() == pytest.approx(1)


def test_a_difference_that_is_none_is_not_blown_up():
    made = standardised(np.array([[1.0], [1.001], [1.002]]), 0.25)
    assert np.abs(made).max() < 0.01
