"""Clustering, hierarchy, overlap, cores, reach and what ties carry: toys by hand, networkx on random ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from tests.network.graphs import graph_of, network_of_pairs, networks

from crosstie.network.circles import circles_of
from crosstie.network.kernels.common import common, overlaps_of
from crosstie.network.metrics.registry import measure
from crosstie.network.network import NO_TIME, Network

KITE = {(0, 1): 1.0, (0, 2): 1.0, (1, 2): 1.0, (2, 3): 1.0}
"""A triangle and one person who hangs on its third."""


def test_a_kite_by_hand() -> None:
    scores = measure(network_of_pairs(5, KITE))
    assert scores["clustering"].tolist()[:3] == [1.0, 1.0, pytest.approx(1 / 3)]
    assert np.isnan(scores["clustering"][3:]).all()
    assert scores["two_step_reach"].tolist() == [3, 3, 3, 3, 0]
    assert scores["core_number"].tolist() == [2, 2, 2, 1, 0]
    assert scores["local_bridges"].tolist() == [0, 0, 1, 1, 0]
    # 0-1 have 2 in common, and nobody else; 0-2 have 1 in common, of 1 and 3 besides each other.
    assert scores["overlap"][0] == pytest.approx((1 / 1 + 1 / 2) / 2)
    assert scores["overlap"][3] == 0


def test_hierarchy_is_0_where_all_constrain_alike_and_high_where_one_does() -> None:
    star = measure(network_of_pairs(5, {(0, other): 1.0 for other in range(1, 5)}))["hierarchy"]
    assert star[0] == pytest.approx(0.0)
    assert np.isnan(star[1:]).all()
    led = {(0, other): 1.0 for other in range(1, 6)} | {(1, other): 1.0 for other in range(2, 6)}
    weights = measure(network_of_pairs(6, led))["hierarchy"]
    # By hand for 0: p = 1/5 each; 1 is reached by 1/5 + 4 * 1/5 * 1/2, the others by 1/5 + 1/5 * 1/5.
    parts = np.array([0.6**2] + [0.24**2] * 4)
    share = parts / parts.mean()
    assert weights[0] == pytest.approx((share * np.log(share)).sum() / (5 * np.log(5)))


@settings(max_examples=60)
@given(network=networks())
def test_networkx_agrees_on_clustering_cores_reach_and_common_contacts(network: Network) -> None:
    graph = graph_of(network)
    scores = measure(network, ["clustering", "core_number", "two_step_reach", "overlap", "local_bridges"])
    clustering, cores = nx.clustering(graph), nx.core_number(graph)
    for person in graph:
        if len(graph[person]) > 1:
            assert scores["clustering"][person] == pytest.approx(clustering[person], abs=1e-9)
        assert scores["core_number"][person] == cores[person]
        near = nx.single_source_shortest_path_length(graph, person, cutoff=2)
        assert scores["two_step_reach"][person] == len(near) - 1
    circles = circles_of(network)
    shared, overlap = common(circles), overlaps_of(network)
    for at, (one, other) in enumerate(zip(circles.rows().tolist(), circles.contacts.tolist(), strict=True)):
        both = set(graph[one]) & set(graph[other])
        either = (set(graph[one]) | set(graph[other])) - {one, other}
        assert shared[at] == len(both)
        assert overlap[at] == pytest.approx(len(both) / len(either) if either else 0.0)


@settings(max_examples=60)
@given(network=networks())
def test_hierarchy_is_the_disorder_of_the_parts_of_constraint(network: Network) -> None:
    graph = graph_of(network)
    scores = measure(network, ["hierarchy", "constraint"])
    for person in graph:
        contacts = list(graph[person])
        if len(contacts) < 2:
            assert np.isnan(scores["hierarchy"][person])
            continue
        parts = np.array([nx.local_constraint(graph, person, other, weight="weight") for other in contacts])
        assert parts.sum() == pytest.approx(scores["constraint"][person], abs=1e-9)
        share = parts / parts.mean()
        expected = (share * np.log(share)).sum() / (len(contacts) * np.log(len(contacts)))
        assert scores["hierarchy"][person] == pytest.approx(expected, abs=1e-9)


def test_what_ties_carry_a_month_by_hand() -> None:
    network = network_of_pairs(5, {(0, 1): 30.0, (0, 2): 2.0, (0, 3): 1.0, (1, 2): 1.0, (0, 4): 9.0})
    as_of = datetime(2026, 1, 1, tzinfo=UTC)
    # Two months for all but 0 and 3, whose tie is of yesterday and counts as a month, and 0 and 4: no time.
    began = {(0, 3): as_of - timedelta(days=1)}
    first = [
        NO_TIME if pair == (0, 4) else round(began.get(pair, as_of - timedelta(days=60.88)).timestamp() * 1e6)
        for pair in (
            (min(a, b), max(a, b)) for a, b in zip(network.ties.learner, network.ties.teacher, strict=True)
        )
    ]
    ties = replace(network.ties, first_at=np.array(first, dtype=np.int64))
    scores = measure(replace(network, ties=ties, as_of=as_of), ["bandwidth", "thin_ties"])
    assert scores["bandwidth"][0] == pytest.approx(1.0)  # the middle of 15, 1 and 1
    assert scores["bandwidth"][1] == pytest.approx((15 + 0.5) / 2)
    assert scores["thin_ties"].tolist()[:4] == [0.0, 0.5, 0.5, 0.0]
    assert np.isnan(scores["bandwidth"][4])
    assert np.isnan(scores["thin_ties"][4])
