"""Over which groups contact is spread, beside chance: toys by hand, chance by every way to draw."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from tests.network.graphs import graph_of, network_of_pairs, networks

from crosstie.network.metrics.registry import measure
from crosstie.network.network import Network

NAMES = (
    "group_richness",
    "group_diversity",
    "group_dominance",
    "blau",
    "ei_index",
    "blau_beyond_chance",
    "richness_beyond_chance",
    "ei_beyond_chance",
)


def test_two_equal_groups_are_two_of_every_order() -> None:
    network = network_of_pairs(
        5,
        {(0, 1): 1.0, (0, 2): 1.0, (0, 3): 1.5, (0, 4): 0.5},
        groups={"department": ["Sales", "Sales", "Sales", "Build", "Build"]},
    )
    scores = {name: values[0] for name, values in measure(network, NAMES).items()}
    assert scores["group_richness"] == 2
    assert scores["group_diversity"] == pytest.approx(2.0)
    assert scores["group_dominance"] == pytest.approx(2.0)
    assert scores["blau"] == pytest.approx(0.5)
    assert scores["ei_index"] == pytest.approx(0.0)
    # Two of four others are of the own group: chance is even, and all others are drawn.
    assert scores["ei_beyond_chance"] == pytest.approx(0.0)
    assert scores["richness_beyond_chance"] == pytest.approx(0.0)


def test_orders_tell_the_rare_from_the_bulk() -> None:
    # Nine tenths with Build, one tenth with Care.
    network = network_of_pairs(
        4, {(0, 1): 9.0, (0, 2): 1.0}, groups={"department": ["Sales", "Build", "Care", "Sales"]}
    )
    scores = {name: values[0] for name, values in measure(network, NAMES).items()}
    assert scores["group_richness"] == 2
    assert scores["group_diversity"] == pytest.approx(np.exp(-(0.9 * np.log(0.9) + 0.1 * np.log(0.1))))
    assert scores["group_dominance"] == pytest.approx(1 / (0.81 + 0.01))
    assert scores["blau"] == pytest.approx(0.18)
    assert scores["ei_index"] == 1.0
    # Of three others one is of the own group.
    assert scores["ei_beyond_chance"] == pytest.approx(1.0 - 1 / 3)


@settings(max_examples=30)
@given(network=networks())
def test_chance_is_what_drawing_every_way_gives(network: Network) -> None:
    scores = measure(network, NAMES)
    graph, units = graph_of(network), network.groups["department"].tolist()
    for person in range(min(len(units), 4)):
        weights = [(graph[person][other]["weight"], units[other]) for other in graph[person] if units[other]]
        others = [unit for at, unit in enumerate(units) if unit and at != person]
        if not weights or len(weights) > 3 or len(others) > 9:
            continue
        share = np.array([weight for weight, _ in weights]) / sum(weight for weight, _ in weights)

        def mixed(
            drawn: tuple[str, ...], share: np.ndarray = share, own: str = units[person]
        ) -> tuple[float, int, float]:
            sums = {unit: share[[one == unit for one in drawn]].sum() for unit in set(drawn)}
            return 1 - sum(value**2 for value in sums.values()), len(sums), sums.get(own, 0.0)

        real = mixed(tuple(unit for _, unit in weights))
        drawn = np.array([mixed(one) for one in permutations(others, len(weights))]).mean(axis=0)
        assert scores["blau"][person] == pytest.approx(real[0], abs=1e-9)
        assert scores["group_richness"][person] == real[1]
        assert scores["richness_beyond_chance"][person] == pytest.approx(real[1] - drawn[1], abs=1e-9)
        if len(others) > 1:
            assert scores["blau_beyond_chance"][person] == pytest.approx(real[0] - drawn[0], abs=1e-9)
        if units[person]:
            assert scores["ei_index"][person] == pytest.approx(1 - 2 * real[2], abs=1e-9)
            assert scores["ei_beyond_chance"][person] == pytest.approx(2 * (drawn[2] - real[2]), abs=1e-9)


@settings(max_examples=40)
@given(network=networks())
def test_higher_orders_see_no_more_groups(network: Network) -> None:
    scores = measure(network, NAMES)
    known = ~np.isnan(scores["blau"])
    assert (scores["group_richness"][known] >= scores["group_diversity"][known] - 1e-9).all()
    assert (scores["group_diversity"][known] >= scores["group_dominance"][known] - 1e-9).all()
    assert scores["blau"][known] == pytest.approx(1 - 1 / scores["group_dominance"][known])


def test_without_groups_nothing_is_said() -> None:
    for name, values in measure(network_of_pairs(3, {(0, 1): 1.0}), NAMES).items():
        assert np.isnan(values).all(), name
