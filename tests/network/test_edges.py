"""Anybody's edge list becomes a network: nothing is lost, and what is left out is counted."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings, strategies

from crosstie.errors import UsageRefused
from crosstie.network.edges import network_of_edges

EDGES = strategies.lists(
    strategies.tuples(
        strategies.integers(-3, 8), strategies.integers(-3, 8), strategies.sampled_from([0.0, 0.5, 1.0, 4.25])
    ),
    max_size=40,
)


def columns(edges: list[tuple[int, int, float]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    one = np.array([edge[0] for edge in edges], dtype=np.int64)
    other = np.array([edge[1] for edge in edges], dtype=np.int64)
    return one, other, np.array([edge[2] for edge in edges], dtype=np.float64)


@settings(max_examples=150)
@given(edges=EDGES)
def test_ties_hold_the_sums_of_the_edges_in_the_order_of_the_contract(
    edges: list[tuple[int, int, float]],
) -> None:
    network, counted = network_of_edges(*columns(edges))
    sums: dict[tuple[int, int], float] = defaultdict(float)
    for one, other, weight in edges:
        if one != other and weight:
            sums[one, other] += weight
    ties, keys = network.ties, network.persons.tolist()
    assert keys == sorted({end for edge in edges for end in edge[:2]})
    rows = [(keys[a], keys[b]) for a, b in zip(ties.learner.tolist(), ties.teacher.tolist(), strict=True)]
    assert rows == sorted({*sums, *((b, a) for a, b in sums)})
    for row, (one, other) in enumerate(rows):
        assert ties.learned[row] == sums.get((one, other), 0.0)
        assert ties.contact[row] == sums.get((one, other), 0.0) + sums.get((other, one), 0.0)
    assert counted.ties == len(sums)
    assert counted.people == len(keys)
    assert counted.rows == len(edges)
    assert counted.self_loops == sum(a == b for a, b, _ in edges)
    assert counted.without_weight == sum(a != b and not weight for a, b, weight in edges)
    assert counted.rows - counted.self_loops - counted.without_weight - counted.doubled == counted.ties


@settings(max_examples=40)
@given(edges=EDGES, data=strategies.data())
def test_neither_order_nor_kind_of_key_changes_a_network(
    edges: list[tuple[int, int, float]], data: strategies.DataObject
) -> None:
    shuffled = data.draw(strategies.permutations(edges))
    once, _ = network_of_edges(*columns(edges))
    again, _ = network_of_edges(*columns(list(shuffled)))
    far, _ = network_of_edges(
        *(column * scale for column, scale in zip(columns(edges), (10**9, 10**9, 1), strict=True))
    )
    for name in ("learner", "teacher", "learned", "contact"):
        assert np.array_equal(getattr(once.ties, name), getattr(again.ties, name)), name
        assert np.array_equal(getattr(once.ties, name), getattr(far.ties, name)), name
    one, other, weights = columns(edges)
    texts = [np.array([f"{key + 200}" for key in ends.tolist()], dtype=object) for ends in (one, other)]
    named, _ = network_of_edges(texts[0], texts[1], weights)
    assert named.persons.tolist() == [f"{key + 200}" for key in once.persons.tolist()]
    assert np.array_equal(once.ties.contact, named.ties.contact)


def test_an_edge_without_direction_weighs_what_it_says() -> None:
    network, counted = network_of_edges(*columns([(1, 2, 3.0), (2, 1, 1.0)]), directed=False)
    assert network.ties.contact.tolist() == [4.0, 4.0]
    assert network.ties.learned.tolist() == [2.0, 2.0]
    assert (counted.ties, counted.doubled) == (1, 1)


@pytest.mark.parametrize("weight", [-1.0, np.nan, np.inf])
def test_a_weight_that_is_none_is_refused_with_its_row(weight: float) -> None:
    with pytest.raises(UsageRefused, match="row 2"):
        network_of_edges(*columns([(1, 2, 3.0), (2, 1, weight)]))
