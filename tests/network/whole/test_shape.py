"""The shape of the whole, against networkx and toys worked out by hand."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from tests.network.graphs import graph_of, network_of_pairs, networks

from crosstie.network.circles import circles_of
from crosstie.network.communities import communities
from crosstie.network.network import Network
from crosstie.network.whole.backbone import backbone
from crosstie.network.whole.core import core
from crosstie.network.whole.shape import shape


def same(one: float, other: float) -> bool:
    return one == pytest.approx(other, abs=1e-9, nan_ok=True)


@settings(max_examples=60)
@given(network=networks())
def test_networkx_agrees_on_the_whole(network: Network) -> None:
    graph, found = graph_of(network), communities(network, seed=3)
    whole = shape(network, found)
    assert whole.pairs == graph.number_of_edges()
    tied = [person for person in graph if graph[person]]
    assert whole.tied == len(tied)
    if len(graph) > 1:
        assert same(whole.density, nx.density(graph))
    parts = list(nx.connected_components(graph.subgraph(tied)))
    assert whole.components == len(parts)
    if parts:
        assert same(whole.largest, max(map(len, parts)) / len(tied))
        groups = [set(np.flatnonzero(found == one).tolist()) for one in range(found.max() + 1)]
        assert same(whole.modularity, nx.community.modularity(graph.subgraph(tied), groups))
        assert same(whole.closure if not np.isnan(whole.closure) else 0.0, nx.transitivity(graph))
    if len({len(graph[person]) for person in tied}) > 1:
        assert same(whole.by_size, nx.degree_assortativity_coefficient(graph))


@pytest.mark.parametrize("people", [0, 1, 3])
def test_without_contact_there_is_no_shape_and_no_trouble(people: int) -> None:
    network = network_of_pairs(people, {})
    whole = shape(network, communities(network, seed=1))
    assert (whole.people, whole.tied, whole.pairs, whole.components) == (people, 0, 0, 0)
    assert np.isnan([whole.largest, whole.closure, whole.modularity, whole.by_size]).all()
    assert np.isnan([whole.core.fit, whole.backbone.people]).all()


@settings(max_examples=40)
@given(network=networks())
def test_the_core_is_the_best_of_every_set(network: Network) -> None:
    circles = circles_of(network)
    people = circles.people
    if people > 9:
        return
    graph = graph_of(network)

    def wrong(inside: set[int]) -> int:
        missing = sum(not graph.has_edge(a, b) for a, b in combinations(sorted(inside), 2))
        outside = sorted(set(range(people)) - inside)
        return int(missing + sum(graph.has_edge(a, b) for a, b in combinations(outside, 2)))

    best = min(wrong(set(one)) for size in range(people + 1) for one in combinations(range(people), size))
    assert wrong(set(np.flatnonzero(core(circles).inside).tolist())) == best


def test_a_core_with_an_edge_around_it_fits_wholly() -> None:
    middle = {(a, b): 1.0 for b in range(4) for a in range(b)}
    edge = {(person % 4, person): 1.0 for person in range(4, 10)}
    found = core(circles_of(network_of_pairs(10, middle | edge)))
    assert found.inside.tolist() == [True] * 4 + [False] * 6
    assert found.fit == pytest.approx(1.0)


def test_a_backbone_keeps_what_chance_would_hardly_give() -> None:
    # A star of ten: nine ties of 1 and one of 21. The share 21/30 of ten ties has a chance of 0.3^9.
    star = {(0, other): 1.0 for other in range(1, 10)} | {(0, 10): 21.0}
    among = {(a, b): 1.0 for b in range(2, 10) for a in range(1, b)}
    circles = circles_of(network_of_pairs(11, star | among))
    found = backbone(circles)
    pairs = {
        (a, b)
        for a, b in zip(
            circles.rows()[found.kept].tolist(), circles.contacts[found.kept].tolist(), strict=True
        )
    }
    assert pairs == {(0, 10), (10, 0)}
    assert found.people == pytest.approx(2 / 11)
    assert not found.is_enough
    # By the integral that the filter is defined with: 1 - (k - 1) * integral of (1 - x)^(k - 2) from 0 to p.
    steps = np.linspace(0, 1 / 30, 100_001)
    chance = 1 - 9 * np.trapezoid((1 - steps) ** 8, steps)
    assert chance == pytest.approx((29 / 30) ** 9, abs=1e-9)


def test_the_only_tie_of_somebody_is_kept() -> None:
    found = backbone(circles_of(network_of_pairs(3, {(0, 1): 1.0, (1, 2): 1.0})))
    assert found.kept.all()
    assert found.people == 1.0
