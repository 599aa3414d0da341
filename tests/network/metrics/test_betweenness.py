"""Betweenness, exact and sampled, against hand-computed toys, networkx and igraph."""

from __future__ import annotations

import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from tests.network.graphs import graph_of, network_of_pairs, networks
from tests.network.planted import planted

from crosstie.network.circles import circles_of
from crosstie.network.kernels.paths import dependencies, lengths
from crosstie.network.kernels.sampled_paths import crossed
from crosstie.network.metrics import betweenness
from crosstie.network.metrics.registry import measure
from crosstie.network.network import Network


def test_the_middle_of_a_path_stands_between_both_ends() -> None:
    scores = betweenness.compute(network_of_pairs(3, {(0, 1): 1.0, (1, 2): 1.0}))
    assert scores.tolist() == [0.0, 1.0, 0.0]


def test_two_equal_ways_count_half_each() -> None:
    square = network_of_pairs(4, {(0, 1): 1.0, (1, 2): 1.0, (2, 3): 1.0, (0, 3): 1.0})
    # Of the three pairs without each person one is opposite, and half of its paths goes through them.
    assert betweenness.compute(square) == pytest.approx([1 / 6] * 4)


def test_strength_is_turned_to_distance() -> None:
    # The way over 1 is 1/4 + 1/4 long, the direct one 1: strength taken as distance would say 8 against 1.
    scores = betweenness.compute(network_of_pairs(3, {(0, 1): 4.0, (1, 2): 4.0, (0, 2): 1.0}))
    assert scores.tolist() == [0.0, 1.0, 0.0]


def test_people_apart_from_all_count_among_the_pairs() -> None:
    scores = betweenness.compute(network_of_pairs(5, {(0, 1): 1.0, (1, 2): 1.0}))
    assert scores.tolist() == [0.0, pytest.approx(1 / 6), 0.0, 0.0, 0.0]


@settings(max_examples=60)
@given(network=networks())
def test_networkx_and_igraph_agree_on_random_graphs(network: Network) -> None:
    circles = circles_of(network)
    length = lengths(circles)
    graph = nx.Graph()
    graph.add_nodes_from(range(circles.people))
    rows = circles.rows()
    for row, other, far in zip(rows.tolist(), circles.contacts.tolist(), length.tolist(), strict=True):
        graph.add_edge(row, other, length=far)
    expected = nx.betweenness_centrality(graph, weight="length")
    scores = betweenness.compute(network)
    assert scores == pytest.approx([expected[person] for person in range(circles.people)], abs=1e-9)
    edges = list(graph.edges(data="length"))
    other_graph = igraph.Graph(n=circles.people, edges=[edge[:2] for edge in edges])
    found = other_graph.betweenness(weights=[far for *_, far in edges] if edges else None)
    assert dependencies(circles) == pytest.approx(found, abs=1e-9)


@settings(max_examples=40)
@given(network=networks())
def test_a_tie_is_as_long_as_one_over_its_contact(network: Network) -> None:
    circles = circles_of(network)
    if len(circles.weights):
        length = lengths(circles)
        shortest = length[circles.weights == circles.weights.max()]
        assert (shortest == shortest[0]).all()
        assert length / shortest[0] == pytest.approx(circles.weights.max() / circles.weights, rel=1e-8)


def test_weights_that_differ_beyond_measure_still_have_lengths() -> None:
    length = lengths(circles_of(network_of_pairs(3, {(0, 1): 1e-200, (1, 2): 1e200}, active_contact=0.0)))
    assert (length > 0).all()
    assert length.max() < np.iinfo(np.int64).max // 4


@pytest.mark.parametrize("weighted", [True, False])
def test_sampling_keeps_its_bounds_and_finds_the_same_people(weighted) -> None:
    network, _ = planted(12, 20, inside=5, outside=1, seed=4)
    if not weighted:
        contact = dict.fromkeys(graph_of(network).edges, 1.0)
        network = network_of_pairs(240, {(min(pair), max(pair)): 1.0 for pair in contact})
    exact = betweenness.compute(network)
    samples = 4_000
    value = crossed(circles_of(network), samples=samples, seed=7) / samples * (240 / 238)
    low, high = betweenness.bounds(value, people=240, samples=samples)
    assert ((low <= exact) & (exact <= high)).all()
    assert (low <= value).all()
    assert (value <= high).all()
    # An estimate without bias strays as a binomial does: no more people beyond two errors than one in ten.
    error = np.sqrt(np.maximum(exact * (1 - exact), 1e-6) / samples)
    assert np.mean(np.abs(value - exact) > 2 * error) < 0.1
    assert np.corrcoef(exact, value)[0, 1] > 0.95


def test_the_bounds_are_as_wide_as_a_hand_computed_case() -> None:
    # Nobody seen in n samples: (1 - q)^n = chance / (2 people), so q = 1 - (0.1 / 200)^(1/1000).
    low, high = betweenness.bounds(np.zeros(1), people=100, samples=1000, chance=0.1)
    assert low[0] == pytest.approx(0.0, abs=1e-12)
    assert high[0] * 98 / 100 == pytest.approx(1 - (0.1 / 200) ** (1 / 1000), rel=1e-6)


def test_a_large_network_is_sampled_the_same_way_each_time() -> None:
    network, _ = planted(60, 20, inside=4, outside=1, seed=3)
    assert len(network.persons) > betweenness.EXACT_UP_TO
    once = measure(network, ["betweenness"])["betweenness"]
    again = measure(planted(60, 20, inside=4, outside=1, seed=3)[0], ["betweenness"])["betweenness"]
    assert np.array_equal(once, again)
    assert 0 < once.max() < 1


def test_pairs_without_a_path_are_nobodys() -> None:
    found = crossed(circles_of(network_of_pairs(4, {(0, 1): 1.0, (2, 3): 1.0})), samples=500, seed=1)
    assert found.tolist() == [0, 0, 0, 0]
