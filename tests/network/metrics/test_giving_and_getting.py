"""What goes which way: get, give, turned to, was turned to, reciprocity; and diversity of groups."""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from tests.network.graphs import network_of_pairs, networks
from tests.network.record import act, network_of

from crosstie.network.metrics.registry import measure
from crosstie.network.network import Network
from crosstie.record.interaction import Kind


def test_the_learner_gets_and_the_teacher_gives() -> None:
    network = network_of(
        [
            act("a", Kind.ACKNOWLEDGED, "ben", addressed=("ada",)),
            act("b", Kind.REPLIED, "cleo", parent_author="ada"),
        ],
        "ada ben cleo",
    )
    scores = measure(network)
    # ben said that he learned from ada, and cleo answered ada.
    assert scores["get"].tolist() == [1.0, 2.0, 0.0]
    assert scores["give"].tolist() == [2.0, 0.0, 1.0]
    assert scores["turned_to"].tolist() == [1.0, 0.0, 0.0]
    assert scores["was_turned_to"].tolist() == [0.0, 0.0, 1.0]


def test_half_of_ones_ties_both_ways_by_hand() -> None:
    # 0 learns from 1 and 2, 1 learns from 0: ends of 0 are 2 out and 1 in, of which one pair goes both ways.
    network = network_of_pairs(4, {(0, 1): 1.0, (0, 2): 1.0}, learned={(0, 1): 1.0, (1, 0): 0.5, (0, 2): 1.0})
    assert measure(network, ["reciprocity"])["reciprocity"] == pytest.approx(
        [2 / 3, 1.0, 0.0, math.nan], nan_ok=True
    )


@settings(max_examples=60)
@given(network=networks())
def test_networkx_agrees_on_reciprocity(network: Network) -> None:
    graph = nx.DiGraph()
    graph.add_nodes_from(range(len(network.persons)))
    ties = network.ties
    learned = ties.active & (ties.learned > 0)
    graph.add_edges_from(zip(ties.learner[learned].tolist(), ties.teacher[learned].tolist(), strict=True))
    expected = nx.reciprocity(graph, list(graph)) if len(graph) else {}
    scores = measure(network, ["reciprocity"])["reciprocity"]
    for person, value in expected.items():
        assert scores[person] == pytest.approx(math.nan if value is None else value, nan_ok=True)


@settings(max_examples=30)
@given(network=networks())
def test_what_is_got_is_what_is_given(network: Network) -> None:
    scores = measure(network)
    assert scores["get"].sum() == pytest.approx(scores["give"].sum())
    assert scores["turned_to"].sum() == pytest.approx(scores["was_turned_to"].sum())


def test_contact_in_equal_parts_with_three_groups_is_three_groups() -> None:
    network = network_of_pairs(
        5,
        {(0, 1): 2.0, (0, 2): 2.0, (0, 3): 2.0, (0, 4): 7.0},
        groups={"department": ["Sales", "Sales", "Build", "Care", ""]},
    )
    diversity = measure(network, ["group_diversity"])["group_diversity"]
    assert diversity == pytest.approx([3.0, 1.0, 1.0, 1.0, 1.0])


def test_uneven_contact_counts_as_fewer_groups() -> None:
    network = network_of_pairs(
        3, {(0, 1): 3.0, (0, 2): 1.0}, groups={"department": ["Sales", "Build", "Care"]}
    )
    expected = math.exp(-(0.75 * math.log(0.75) + 0.25 * math.log(0.25)))
    assert measure(network, ["group_diversity"])["group_diversity"][0] == pytest.approx(expected)


def test_without_a_directory_there_is_no_diversity_of_groups() -> None:
    network = network_of_pairs(2, {(0, 1): 1.0}, groups={"colour": ["red", "blue"]})
    assert np.isnan(measure(network, ["group_diversity"])["group_diversity"]).all()


def test_groups_stay_with_their_person_when_the_rows_of_persons_are_shuffled() -> None:
    acts = [act("a", Kind.SAID, "a1", addressed=("b1",)), act("b", Kind.SAID, "a1", addressed=("c1",))]
    groups = {"department": {"ada": "Sales", "ben": "Build", "cleo": "Care"}}
    rows = {"a1": "ada", "b1": "ben", "c1": "cleo"}
    one = network_of(acts, rows, groups=groups)
    other = network_of(acts, dict(reversed(rows.items())), groups=groups)
    assert list(one.persons) == list(other.persons) == ["ada", "ben", "cleo"]
    assert list(one.groups["department"]) == list(other.groups["department"]) == ["Sales", "Build", "Care"]
    assert measure(one)["group_diversity"][0] == pytest.approx(2.0)
    assert measure(other)["group_diversity"][0] == pytest.approx(2.0)
