"""A quarter says whom people really met, and how sure a person's figures are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.network.graphs import network_of_pairs

from crosstie.network.metrics import effective_size, group_diversity
from crosstie.network.network import Network
from crosstie.practice.quarters import errors_of, quarter_of

GROUPS = {"department": ["Build", "Build", "Sales", "Care", "Care"]}
WEEKS = np.full(5, 12)


def _network(contact: dict[tuple[int, int], float], known: dict[tuple[int, int], float]) -> Network:
    """Return a network whose contact without decay is not its contact now."""
    network = network_of_pairs(5, contact, groups=GROUPS)
    ties = network.ties
    pairs = zip(ties.learner.tolist(), ties.teacher.tolist(), strict=True)
    grown = np.array([known[min(pair), max(pair)] for pair in pairs], dtype=np.float64)
    return replace(network, ties=replace(ties, known_contact=grown))


def test_only_those_are_met_with_whom_there_was_contact_since_the_quarter_before():
    before = _network({(0, 1): 2.0, (0, 2): 1.0}, {(0, 1): 3.0, (0, 2): 1.0})
    now = _network(
        {(0, 1): 2.5, (0, 2): 0.5, (0, 3): 1.0, (1, 4): 0.3},
        {(0, 1): 4.0, (0, 2): 1.4, (0, 3): 1.0, (1, 4): 0.5},
    )
    found = quarter_of(now, before, weeks=WEEKS)
    # With 1 a whole reply more, with 2 less than half a one, 3 is new.
    assert found.met.tolist() == [2, 2, 0, 1, 1]
    assert found.size.tolist() == [3, 2, 1, 1, 1]


def test_nothing_before_and_nothing_at_all_are_quarters_too():
    empty = network_of_pairs(5, {}, groups=GROUPS)
    assert quarter_of(empty, empty, weeks=WEEKS).met.tolist() == [0] * 5
    now = network_of_pairs(5, {(0, 1): 1.0}, groups=GROUPS)
    assert quarter_of(now, empty, weeks=WEEKS).met.tolist() == [1, 1, 0, 0, 0]
    assert np.isnan(quarter_of(now, empty, weeks=WEEKS).separateness[2])


def test_what_tells_of_ties_of_others_comes_from_open_evidence_alone():
    triangle = {(0, 1): 1.0, (0, 2): 1.0, (1, 2): 1.0}
    whole = network_of_pairs(5, triangle, groups=GROUPS)
    seen = network_of_pairs(5, {(0, 1): 1.0, (0, 2): 1.0}, groups=GROUPS)
    found = quarter_of(whole, network_of_pairs(5, {}, groups=GROUPS), weeks=WEEKS, open_network=seen)
    assert found.separateness[0] == pytest.approx(1.0)
    assert found.size[0] == found.open_size[0] == 2


def test_the_errors_are_those_of_the_metrics_with_each_contact_left_out():
    contact = {(0, 1): 2.0, (0, 2): 1.0, (0, 3): 0.5, (0, 4): 3.0, (1, 2): 1.0, (3, 4): 2.0, (1, 4): 4.0}
    network = network_of_pairs(5, contact, groups=GROUPS)
    separate, varied = [], []
    for left in (1, 2, 3, 4):
        without = network_of_pairs(
            5, {pair: weight for pair, weight in contact.items() if pair != (0, left)}, groups=GROUPS
        )
        separate.append(effective_size.compute(without)[0] / 3)
        varied.append(group_diversity.compute(without)[0])
    found = errors_of(network, 0)
    for error, values in ((found.group_diversity, varied), (found.separateness, separate)):
        spread = np.array(values)
        assert error == pytest.approx(np.sqrt(3 / 4 * ((spread - spread.mean()) ** 2).sum()))


def test_a_single_contact_or_none_has_no_error():
    network = network_of_pairs(5, {(0, 1): 1.0}, groups=GROUPS)
    for person in (0, 4):
        assert np.isnan(errors_of(network, person).separateness)
        assert np.isnan(errors_of(network, person).group_diversity)
