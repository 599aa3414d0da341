from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from tests.network.graphs import network_of_pairs, networks

from crosstie.network.flows import flows, quasi_independent
from crosstie.network.network import Network


def test_sums_between_groups_by_hand() -> None:
    network = network_of_pairs(
        5,
        {(0, 1): 1.0, (0, 2): 2.0, (1, 3): 4.0, (3, 4): 8.0},
        learned={(0, 1): 1.0, (2, 0): 3.0, (3, 1): 5.0, (3, 4): 7.0},
    )
    found = flows(network, np.array(["a", "a", "b", "b", ""], dtype=object))
    assert found.groups == ("a", "b")
    assert found.sizes.tolist() == [2, 2]
    # Rows learn: group b learned 3 + 5 from a; the tie to the person of no group is left out.
    assert found.learned.tolist() == [[1.0, 0.0], [8.0, 0.0]]
    assert found.contact.tolist() == [[2.0, 6.0], [6.0, 0.0]]


def test_expected_learning_by_hand() -> None:
    # 0 learned 2 from 1, and 1 and 2 learned 1 each from 0: teaching is 2, 2, 0.
    network = network_of_pairs(3, {(0, 1): 1.0, (0, 2): 1.0}, learned={(0, 1): 2.0, (1, 0): 1.0, (2, 0): 1.0})
    found = flows(network, np.array(["a", "b", "b"], dtype=object))
    # 0's 2 fall on 1 (2 of 2) and 2 (0 of 2). 1's 1 falls on 0 (2 of 2). 2's 1 on 0 and 1 (2 of 4 each).
    assert found.expected_learned == pytest.approx(np.array([[0.0, 2.0], [1.5, 0.5]]))


@settings(max_examples=60)
@given(network=networks())
def test_chance_keeps_what_each_group_learned_and_all_that_flows(network: Network) -> None:
    found = flows(network, network.groups["department"])
    learned, expected = found.learned, found.expected_learned
    # A lone teacher who alone learned has nobody else to learn from; then nothing is expected.
    assert (expected >= -1e-9).all()
    assert (expected.sum(axis=1) <= learned.sum(axis=1) + 1e-6).all()
    if (learned.sum(axis=1) - expected.sum(axis=1) > 1e-6).any():
        assert (learned > 0).sum() <= 1
    assert np.allclose(found.contact, found.contact.T)
    assert np.allclose(found.expected_contact, found.expected_contact.T)
    assert found.expected_contact.sum() == pytest.approx(found.contact.sum())


def test_mixing_at_random_is_what_is_expected() -> None:
    generator = np.random.default_rng(5)
    people = 60
    activity = generator.gamma(2.0, 1.0, people)
    contact = {
        (low, high): float(activity[low] * activity[high]) for high in range(people) for low in range(high)
    }
    groups = np.array([("a", "b", "c")[person % 3] for person in range(people)], dtype=object)
    found = flows(network_of_pairs(people, contact), groups)
    assert found.contact == pytest.approx(found.expected_contact, rel=0.03)


def test_no_groups_no_flows() -> None:
    found = flows(network_of_pairs(2, {(0, 1): 1.0}), np.array(["", ""], dtype=object))
    assert found.groups == ()
    assert found.learned.shape == (0, 0)


def test_across_groups_chance_keeps_how_much_each_learns_and_teaches() -> None:
    flow = np.array(
        [[50.0, 3.0, 1.0, 2.0], [4.0, 80.0, 2.0, 2.0], [1.0, 2.0, 9.0, 1.0], [2.0, 1.0, 3.0, 30.0]]
    )
    expected = quasi_independent(flow)
    across = flow - np.diag(np.diag(flow))
    assert np.diag(expected).tolist() == [0.0] * 4
    assert expected.sum(axis=0) == pytest.approx(across.sum(axis=0))
    assert expected.sum(axis=1) == pytest.approx(across.sum(axis=1))


def test_a_table_of_pure_chance_is_its_own_expectation() -> None:
    chance = np.outer([1.0, 2.0, 3.0], [4.0, 1.0, 2.0])
    np.fill_diagonal(chance, 0.0)
    assert quasi_independent(chance) == pytest.approx(chance)


def test_groups_that_never_cross_expect_nothing() -> None:
    assert quasi_independent(np.diag([5.0, 7.0])).tolist() == [[0.0, 0.0], [0.0, 0.0]]
