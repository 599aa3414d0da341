"""How groups mix, beside chance: toys by hand, networkx, and figures with known errors."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from tests.network.graphs import graph_of, network_of_pairs, networks
from tests.network.planted import planted

from crosstie.network.circles import circles_of
from crosstie.network.network import Network
from crosstie.network.whole.groups import group_figures
from crosstie.network.whole.mixing import Ends, mixing


@settings(max_examples=60)
@given(network=networks())
def test_networkx_agrees_on_assortativity_where_all_ties_are_equal(network: Network) -> None:
    graph = graph_of(network)
    units = network.groups["department"].tolist()
    people = len(units)
    equal = network_of_pairs(people, {(min(a, b), max(a, b)): 1.0 for a, b in graph.edges})
    number = np.unique(np.array(units, dtype=str), return_inverse=True)[1] - ("" in units)
    ends = Ends.of(circles_of(equal), number)
    known = graph.subgraph([person for person in graph if units[person]]).copy()
    if not known.number_of_edges():
        return
    nx.set_node_attributes(known, {person: units[person] for person in known}, "unit")
    outside, alike = ends.measured(ends.group)
    crossing = sum(units[a] != units[b] for a, b in known.edges)
    assert outside == pytest.approx((2 * crossing - known.number_of_edges()) / known.number_of_edges())
    if len({units[end] for edge in known.edges for end in edge}) > 1:
        assert alike == pytest.approx(nx.attribute_assortativity_coefficient(known, "unit"), abs=1e-9)


def test_planted_groups_keep_to_themselves_beyond_chance() -> None:
    network, group = planted(4, 15, inside=5, outside=1, seed=1)
    found = mixing(network, group, seed=1, rounds=200)
    # Of 59 others 14 are of the own group: chance would have 1 - 2 * 14/59 outside.
    assert found.outside.expected == pytest.approx(1 - 2 * 14 / 59, abs=0.02)
    assert found.outside.value < found.outside.low
    assert found.outside.chance == pytest.approx(1 / 201)
    assert found.alike.expected == pytest.approx(0.0, abs=0.05)
    assert found.alike.value > found.alike.high


def test_groups_drawn_by_chance_are_beyond_chance_as_seldom_as_they_should() -> None:
    network, group = planted(1, 40, inside=5, outside=1, seed=2)
    generator = np.random.default_rng(5)
    chances = np.array(
        [
            mixing(network, generator.permutation(np.arange(40) % 4), seed=one, rounds=99).outside.chance
            for one in range(60)
        ]
    )
    assert len(group) == 40
    assert np.mean(chances <= 0.1) < 0.2
    assert chances.mean() == pytest.approx(0.5, abs=0.12)


def test_few_people_or_one_group_are_not_enough_to_say() -> None:
    few = network_of_pairs(5, {(0, 1): 1.0, (2, 3): 1.0})
    assert np.isnan(mixing(few, np.array([0, 1, 0, 1, 0]), seed=1).outside.value)
    network, _ = planted(1, 20, inside=4, outside=1, seed=2)
    assert np.isnan(mixing(network, np.zeros(20, dtype=int), seed=1).alike.chance)
    assert np.isnan(mixing(network, np.full(20, -1), seed=1).outside.value)


def test_a_group_has_its_figures_and_small_ones_have_none() -> None:
    network, group = planted(3, 14, inside=5, outside=2, seed=3)
    label = np.where(np.arange(42) >= 37, 3, group)
    label[:2] = -1
    found = group_figures(network, label, seed=1, draws=300, rounds=200)
    assert found.people.tolist() == [12, 14, 9, 5]
    assert np.isnan(found.density[2:]).all()
    assert np.isnan(found.outside_low[2:]).all()
    graph = graph_of(network)
    for one in (0, 1):
        people = np.flatnonzero(label == one).tolist()
        assert found.density[one] == pytest.approx(nx.density(graph.subgraph(people)))
        inside = 2 * sum(weight for *_, weight in graph.subgraph(people).edges(data="weight"))
        total = sum(
            graph[person][other]["weight"]
            for person in people
            for other in graph[person]
            if label[other] >= 0
        )
        assert found.outside[one] == pytest.approx((total - 2 * inside) / total)
        assert found.density_low[one] <= found.density[one] <= found.density_high[one]
        assert found.outside_low[one] <= found.outside[one] <= found.outside_high[one]
        assert found.outside[one] < found.outside_expected[one]


def test_the_bootstrap_is_as_wide_as_groups_differ_and_by_half_too_wide_at_most() -> None:
    # Groups whose pairs are in contact by independent coins: the spread of their densities is known, and the
    # bootstrap, which takes people for what differs, should say the root of 2 of it.
    generator = np.random.default_rng(4)
    groups, size = 40, 20
    group = np.repeat(np.arange(groups), size)
    pairs = [
        (a, b)
        for one in range(groups)
        for b in range(one * size, (one + 1) * size)
        for a in range(one * size, b)
    ]
    contact = {
        pair: 1.0 for pair, is_tied in zip(pairs, generator.random(len(pairs)) < 0.3, strict=True) if is_tied
    }
    found = group_figures(network_of_pairs(groups * size, contact), group, seed=2, draws=300, rounds=1)
    spread = np.sqrt(0.3 * 0.7 / (size * (size - 1) / 2))
    told = np.median((found.density_high - found.density_low) / (2 * 1.645))
    assert 1.0 < told / spread < 1.7
    covered = (found.density_low <= 0.3) & (found.density_high >= 0.3)
    assert covered.mean() >= 0.9


def test_the_same_seed_gives_the_same_figures() -> None:
    network, group = planted(3, 14, inside=5, outside=2, seed=3)
    once, again = (group_figures(network, group, seed=9, draws=50, rounds=50) for _ in range(2))
    assert once.outside_low.tobytes() == again.outside_low.tobytes()
    assert once.outside_chance.tobytes() == again.outside_chance.tobytes()
    assert mixing(network, group, seed=2, rounds=50) == mixing(network, group, seed=2, rounds=50)


@pytest.mark.parametrize("people", [0, 1])
def test_nobody_and_one_person_are_no_trouble(people: int) -> None:
    network = network_of_pairs(people, {})
    assert np.isnan(mixing(network, np.zeros(people, dtype=int), seed=1).outside.value)
    assert np.isnan(group_figures(network, np.zeros(people, dtype=int), seed=1).density).all()
