"""What is measured of single ties, by hand and on random networks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from tests.network.graphs import graph_of, network_of_pairs, networks

from crosstie.network.network import NO_TIME, Network
from crosstie.network.tie_measures import tie_measures


def test_a_tie_by_hand() -> None:
    network = network_of_pairs(3, {(0, 1): 2.0, (1, 2): 0.1}, learned={(0, 1): 3.0, (1, 0): 1.0})
    day = 86_400_000_000
    at = round(datetime(2026, 1, 11, tzinfo=UTC).timestamp() * 1e6)
    first = np.array([at - 10 * day, at - 10 * day, NO_TIME, NO_TIME])
    ties = replace(network.ties, first_at=first, last_at=np.array([at - day, at - day, NO_TIME, NO_TIME]))
    found = tie_measures(replace(network, ties=ties, as_of=datetime(2026, 1, 11, tzinfo=UTC)))
    # Rows: 0-1, 1-0, 1-2, 2-1; the latter have faded, and nothing was learned.
    assert found.weight.tolist() == [2.0, 2.0, 0.1, 0.1]
    assert found.direction.tolist()[:2] == [0.5, -0.5]
    assert found.mutuality.tolist()[:2] == [pytest.approx(1 / 3)] * 2
    assert np.isnan(found.direction[2:]).all()
    assert np.isnan(found.mutuality[2:]).all()
    assert found.overlap.tolist()[:2] == [0.0, 0.0]
    assert np.isnan(found.overlap[2:]).all()
    assert found.age_days.tolist()[:2] == [10.0, 10.0]
    assert found.silent_days.tolist()[:2] == [1.0, 1.0]
    assert np.isnan(found.silent_days[2:]).all()


@settings(max_examples=50)
@given(network=networks())
def test_both_rows_of_a_tie_agree(network: Network) -> None:
    found, ties, graph = tie_measures(network), network.ties, graph_of(network)
    learned = dict(
        zip(
            zip(ties.learner.tolist(), ties.teacher.tolist(), strict=True), ties.learned.tolist(), strict=True
        )
    )
    for row, (one, other) in enumerate(zip(ties.learner.tolist(), ties.teacher.tolist(), strict=True)):
        mine, theirs = learned[one, other], learned[other, one]
        if mine + theirs:
            assert found.direction[row] == pytest.approx((mine - theirs) / (mine + theirs))
            assert found.mutuality[row] == pytest.approx(min(mine, theirs) / max(mine, theirs))
        else:
            assert np.isnan(found.direction[row])
        assert np.isnan(found.overlap[row]) == (not graph.has_edge(one, other))
