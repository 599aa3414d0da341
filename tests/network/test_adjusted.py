"""Figures beside those of circles of about the same size."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings, strategies
from tests.network.graphs import network_of_pairs, networks
from tests.network.planted import planted
from tests.network.test_every_metric import renumbered

from crosstie.network.adjusted import adjusted
from crosstie.network.circles import circles_of
from crosstie.network.metrics.registry import measure
from crosstie.network.network import Network


def test_ranks_among_equals_by_hand() -> None:
    # Twelve people in a ring: all circles are of two, so all are compared with one another.
    ring = network_of_pairs(12, {tuple(sorted((at, (at + 1) % 12))): 1.0 for at in range(12)})  # type: ignore[misc]
    scores = np.array([1.0, 2.0, 2.0, 3.0, *[4.0] * 8])
    # Lower ones plus half of the equal ones, over twelve.
    expected = [0.5 / 12, 2 / 12, 2 / 12, 3.5 / 12, *[8 / 12] * 8]
    assert adjusted(ring, scores) == pytest.approx(np.array(expected))


def test_few_of_a_size_are_not_compared() -> None:
    star = network_of_pairs(9, {(0, other): 1.0 for other in range(1, 9)})
    assert np.isnan(adjusted(star, np.arange(9.0))).all()


def test_what_is_only_size_in_disguise_is_adjusted_away() -> None:
    from scipy import stats  # it takes a second, for which only this test should wait

    network, _ = planted(20, 20, inside=4, outside=2, seed=8)
    sizes = circles_of(network).sizes.astype(float)
    effective = measure(network, ["effective_size"])["effective_size"]
    before = stats.spearmanr(sizes, effective).statistic
    after = adjusted(network, effective)
    known = ~np.isnan(after)
    assert known.mean() > 0.9
    assert before > 0.8
    assert abs(stats.spearmanr(sizes[known], after[known]).statistic) < before / 2


@settings(max_examples=40)
@given(network=networks(), data=strategies.data())
def test_renumbering_people_changes_no_rank(network: Network, data: strategies.DataObject) -> None:
    order = list(data.draw(strategies.permutations(range(len(network.persons)))))
    other = renumbered(network, order)
    scores = measure(network, ["strength"])["strength"]
    once, again = adjusted(network, scores), adjusted(other, scores[np.argsort(order)] if order else scores)
    assert again[order] == pytest.approx(once, nan_ok=True) if order else len(again) == 0
    assert np.isnan(once[circles_of(network).sizes == 0]).all()
