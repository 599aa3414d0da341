"""Brokerage roles: one of each by hand, and every triad counted on random networks."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from tests.network.graphs import network_of_pairs, networks

from crosstie.network.metrics.registry import measure
from crosstie.network.network import Network

ROLES = ("coordinator", "consultant", "gatekeeper", "representative", "liaison")


@pytest.mark.parametrize(
    ("teacher", "broker", "learner", "role"),
    [
        ("a", "a", "a", "coordinator"),
        ("b", "a", "b", "consultant"),
        ("b", "a", "a", "gatekeeper"),
        ("a", "a", "b", "representative"),
        ("b", "a", "c", "liaison"),
    ],
)
def test_each_role_is_told_by_the_groups_of_the_three(
    teacher: str, broker: str, learner: str, role: str
) -> None:
    # 1 learned from 0, and 2 learned from 1: knowledge goes from 0 over 1 to 2.
    network = network_of_pairs(
        3,
        {(0, 1): 1.0, (1, 2): 1.0},
        learned={(1, 0): 1.0, (2, 1): 1.0},
        groups={"department": [teacher, broker, learner]},
    )
    scores = measure(network, ROLES)
    assert {name: values[1] for name, values in scores.items()} == {
        name: float(name == role) for name in ROLES
    }
    assert all(values[0] == values[2] == 0 for values in scores.values())


def test_who_also_learns_directly_needs_nobody_between() -> None:
    network = network_of_pairs(
        3,
        {(0, 1): 1.0, (1, 2): 1.0, (0, 2): 1.0},
        learned={(1, 0): 1.0, (2, 1): 1.0, (2, 0): 1.0},
        groups={"department": ["a", "a", "a"]},
    )
    assert measure(network, ["coordinator"])["coordinator"].tolist() == [0, 0, 0]


@settings(max_examples=60)
@given(network=networks())
def test_roles_are_those_of_every_triad(network: Network) -> None:
    ties, people = network.ties, len(network.persons)
    kept = ties.active & (ties.learned > 0)
    learned = set(zip(ties.learner[kept].tolist(), ties.teacher[kept].tolist(), strict=True))
    units = network.groups["department"].tolist()
    counts = {name: np.zeros(people) for name in ROLES}
    for teacher, broker, learner in permutations(range(people), 3):
        t, b, le = units[teacher], units[broker], units[learner]
        passes = {(broker, teacher), (learner, broker)} <= learned and (learner, teacher) not in learned
        if not passes or "" in (t, b, le):
            continue
        if t == b == le:
            role = "coordinator"
        elif t == le:
            role = "consultant"
        elif b == le:
            role = "gatekeeper"
        elif t == b:
            role = "representative"
        else:
            role = "liaison"
        counts[role][broker] += 1
    ends = {end for tie in learned for end in tie}
    for name, values in measure(network, ROLES).items():
        for person in range(people):
            if units[person] and person in ends:
                assert values[person] == counts[name][person], name
            else:
                assert np.isnan(values[person]), name
