"""Novelty, transience and resonance, on made-up texts whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from crosstie.ideas.novelty import LEAST, WINDOWS, novelty

DAY = 86_400_000_000
OLD, NEW = [1.0, 0.0], [0.0, 1.0]


def days(*given: float) -> np.ndarray:
    return (np.array(given) * DAY).astype(np.int64)


def test_a_text_that_others_take_up_is_new_and_stays():
    """Five old texts, one that begins something, five that follow it."""
    made = novelty(np.array([OLD] * 5 + [NEW] * 6), days(*range(11)), window_days=7)
    assert made.novelty[5] == pytest.approx(1)
    assert made.transience[5] == pytest.approx(0)
    assert made.resonance[5] == pytest.approx(1)


def test_a_text_that_nobody_takes_up_is_new_and_passes():
    made = novelty(np.array([OLD] * 5 + [NEW] + [OLD] * 5), days(*range(11)), window_days=7)
    assert made.novelty[5] == made.transience[5] == pytest.approx(1)
    assert made.resonance[5] == pytest.approx(0)


def test_a_text_like_all_others_is_neither():
    made = novelty(np.array([OLD] * 11), days(*range(11)), window_days=7)
    assert made.novelty[5] == pytest.approx(0)
    assert made.resonance[5] == pytest.approx(0)


def test_at_either_end_nothing_is_said():
    made = novelty(np.array([OLD] * 11), days(*range(11)), window_days=7)
    assert np.isnan(made.novelty[:LEAST]).all()
    assert np.isnan(made.transience[-LEAST:]).all()
    assert np.isfinite(made.resonance[LEAST:-LEAST]).all()


@pytest.mark.parametrize("window", WINDOWS)
def test_it_is_the_mean_distance_to_the_texts_of_the_window(window):
    dice = np.random.default_rng(3)
    places, at = dice.normal(size=(200, 5)), dice.integers(0, 200 * DAY, 200)
    author = dice.integers(0, 7, 200).astype(np.int32)
    unit = places / np.linalg.norm(places, axis=1, keepdims=True)
    for who in (None, author):
        made = novelty(places, at, window_days=window, author=who)
        for row in range(0, 200, 17):
            others = np.ones(200, dtype=bool) if who is None else who != who[row]
            before = others & (at >= at[row] - window * DAY) & (at < at[row])
            after = others & (at > at[row]) & (at <= at[row] + window * DAY)
            for side, found in ((before, made.novelty[row]), (after, made.transience[row])):
                wanted = float((1 - unit[side] @ unit[row]).mean()) if side.sum() >= LEAST else np.nan
                assert found == pytest.approx(wanted, nan_ok=True)


def test_what_one_says_again_oneself_is_no_echo():
    places = np.array([OLD] * 5 + [NEW] * 6)
    author = np.array([0, 1, 2, 3, 4, 9, 9, 9, 9, 9, 9], dtype=np.int32)
    assert np.isnan(novelty(places, days(*range(11)), window_days=7, author=author).transience[5])


def test_the_order_of_rows_does_not_matter():
    dice = np.random.default_rng(4)
    places, at = dice.normal(size=(50, 3)), days(*range(50))
    shuffled = dice.permutation(50)
    one = novelty(places, at, window_days=30)
    other = novelty(places[shuffled], at[shuffled], window_days=30)
    np.testing.assert_allclose(other.resonance, one.resonance[shuffled])


def test_a_text_about_nothing_is_nowhere():
    places = np.array([*[OLD] * 5, [0.0, 0.0], *[OLD] * 5])
    made = novelty(places, days(*range(11)), window_days=7)
    assert np.isnan(made.novelty[5])
    assert made.novelty[6] == pytest.approx(0)


def test_nothing_gives_nothing():
    assert len(novelty(np.empty((0, 3)), days(), window_days=7).novelty) == 0
