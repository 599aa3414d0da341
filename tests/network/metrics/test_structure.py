"""Constraint, effective size and their kin, against hand-computed toys, networkx and igraph."""

from __future__ import annotations

import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from tests.network.graphs import graph_of, network_of_pairs, networks

from crosstie.network.circles import circles_of
from crosstie.network.kernels.holes import holes
from crosstie.network.metrics.registry import measure
from crosstie.network.network import Network


def test_a_triangle_of_equals_has_a_constraint_of_nine_eighths() -> None:
    scores = measure(network_of_pairs(3, {(0, 1): 1.0, (0, 2): 1.0, (1, 2): 1.0}))
    # Each of two contacts: 1/2 directly and 1/2 * 1/2 through the other.
    assert scores["constraint"] == pytest.approx([9 / 8] * 3)
    assert scores["effective_size"] == pytest.approx([1.0] * 3)
    assert np.isnan(scores["efficiency"]).all()


def test_the_middle_of_a_star_is_least_constrained() -> None:
    scores = measure(network_of_pairs(5, {(0, other): 1.0 for other in range(1, 5)}))
    assert scores["constraint"] == pytest.approx([0.25, 1, 1, 1, 1])
    assert scores["effective_size"] == pytest.approx([4, 1, 1, 1, 1])
    assert scores["efficiency"][0] == pytest.approx(1.0)
    assert scores["size"].tolist() == [4, 1, 1, 1, 1]


def test_weights_count_as_hand_computed() -> None:
    # a-b 2, a-c 1, b-c 1. a: s = 3, p(a,b) = 2/3, p(a,c) = 1/3; b: s = 3; c: s = 2.
    scores = measure(network_of_pairs(3, {(0, 1): 2.0, (0, 2): 1.0, (1, 2): 1.0}))
    to_b = 2 / 3 + 1 / 3 * 1 / 2
    to_c = 1 / 3 + 2 / 3 * 1 / 3
    assert scores["constraint"][0] == pytest.approx(to_b**2 + to_c**2)
    # a: b is redundant by p(a,c) m(b,c) = 1/3 * 1/2, c by p(a,b) m(c,b) = 2/3 * 1.
    assert scores["effective_size"][0] == pytest.approx(2 - 1 / 6 - 2 / 3)


def test_the_isolated_have_no_corners_and_no_constraint() -> None:
    scores = measure(network_of_pairs(3, {(0, 1): 1.0}))
    assert scores["size"][2] == 0
    assert scores["effective_size"][2] == 0
    assert np.isnan(scores["constraint"][2])
    assert scores["strength"].tolist() == [1.0, 1.0, 0.0]


def test_a_tie_that_is_no_longer_active_is_no_part_of_the_structure() -> None:
    scores = measure(network_of_pairs(3, {(0, 1): 1.0, (0, 2): 0.2, (1, 2): 0.2}))
    assert scores["size"].tolist() == [1, 1, 0]


def test_stronger_ties_are_never_farther() -> None:
    # Were strength used as a distance, making one's only strong tie stronger would lower its share.
    weak = measure(network_of_pairs(3, {(0, 1): 1.0, (0, 2): 1.0}))["constraint"][0]
    strong = measure(network_of_pairs(3, {(0, 1): 9.0, (0, 2): 1.0}))["constraint"][0]
    assert strong > weak


@settings(max_examples=60)
@given(network=networks())
def test_networkx_agrees_on_random_graphs(network: Network) -> None:
    graph = graph_of(network)
    scores = measure(network, ["constraint", "effective_size"])
    # networkx 3.6 is wrong for weighted graphs where it is asked for all nodes at once: PR 8906.
    people = list(graph)
    constraint = nx.constraint(graph, nodes=people, weight="weight")
    effective = nx.effective_size(graph, nodes=people, weight="weight")
    for person in people:
        if not graph[person]:
            continue
        assert scores["constraint"][person] == pytest.approx(constraint[person], abs=1e-9, rel=1e-9)
        assert scores["effective_size"][person] == pytest.approx(effective[person], abs=1e-9, rel=1e-9)
    triangles = nx.triangles(graph)
    assert holes(circles_of(network)).triangles.tolist() == [triangles[person] for person in people]


@settings(max_examples=40)
@given(network=networks())
def test_igraph_agrees_on_constraint(network: Network) -> None:
    graph = graph_of(network)
    edges = list(graph.edges(data="weight"))
    other = igraph.Graph(n=len(graph), edges=[(low, high) for low, high, _ in edges])
    expected = other.constraint(weights=[weight for *_, weight in edges]) if edges else []
    scores = measure(network, ["constraint"])["constraint"]
    for person, value in enumerate(expected):
        if graph[person]:
            assert scores[person] == pytest.approx(value, abs=1e-9)


@settings(max_examples=40)
@given(network=networks())
def test_scaling_all_contact_changes_no_share(network: Network) -> None:
    ties = network.ties
    contact = {
        (low, high): weight
        for low, high, weight, active in zip(
            ties.learner.tolist(),
            ties.teacher.tolist(),
            ties.contact.tolist(),
            ties.active.tolist(),
            strict=True,
        )
        if low < high and active
    }
    doubled = {pair: 2 * weight for pair, weight in contact.items()}
    once = measure(network_of_pairs(len(network.persons), contact))
    twice = measure(network_of_pairs(len(network.persons), doubled))
    for name in ("constraint", "effective_size", "efficiency", "size"):
        assert twice[name] == pytest.approx(once[name], nan_ok=True), name
    assert twice["strength"] == pytest.approx(2 * once["strength"])
