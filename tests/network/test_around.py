"""The picture of one person's circle."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings, strategies
from numpy.typing import NDArray

from crosstie.network.around import ROOM
from crosstie.network.layout import circle_layout

NOBODY = np.zeros((0, 2), dtype=np.int32)


def distances(position: NDArray[np.float64]) -> NDArray[np.float64]:
    apart = np.hypot(*(position[:, None] - position[None]).transpose(2, 0, 1))
    others: NDArray[np.float64] = apart[~np.eye(len(position), dtype=bool)]
    return others


def test_the_stronger_the_contact_the_nearer() -> None:
    contact = np.array([1.0, 5.0, 3.0, 0.5])
    position, _ = circle_layout(contact, NOBODY, np.zeros(0), seed=20)
    assert np.argsort(np.hypot(*position.T)).tolist() == [1, 2, 0, 3]


def test_those_in_touch_with_one_another_are_neighbours_in_angle() -> None:
    # Three teams of four, their members far apart in the list.
    team = np.arange(12) % 3
    pairs = [(one, other) for one in range(12) for other in range(one) if team[one] == team[other]]
    position, cluster = circle_layout(
        np.linspace(1.0, 2.0, 12), np.array(pairs, dtype=np.int32), np.ones(len(pairs)), seed=20
    )
    assert len(set(cluster.tolist())) == 3
    around = np.argsort(np.arctan2(position[:, 1], position[:, 0]))
    in_order = team[around]
    assert (in_order != np.roll(in_order, 1)).sum() == 3


def test_who_is_in_touch_with_nobody_is_a_cluster_of_their_own() -> None:
    _, cluster = circle_layout(np.ones(4), np.array([[0, 1]], dtype=np.int32), np.ones(1), seed=20)
    assert cluster[0] == cluster[1] == 0
    assert sorted(cluster[2:].tolist()) == [1, 2]


def test_pairs_of_contacts_that_are_not_drawn_are_left_out() -> None:
    drawn = np.array([[0, 1]], dtype=np.int32)
    more = np.array([[0, 1], [1, 7]], dtype=np.int32)
    once, _ = circle_layout(np.ones(3), drawn, np.ones(1), seed=20)
    again, _ = circle_layout(np.ones(3), more, np.ones(2), seed=20)
    assert np.array_equal(once, again)


@pytest.mark.parametrize("people", [0, 1, 2])
def test_a_circle_of_hardly_anybody_is_drawn(people: int) -> None:
    position, cluster = circle_layout(np.ones(people), NOBODY, np.zeros(0), seed=20)
    assert position.shape == (people, 2)
    assert cluster.tolist() == list(range(people))


@settings(max_examples=40)
@given(
    seed=strategies.integers(0, 10_000), people=strategies.integers(2, 60), teams=strategies.integers(1, 8)
)
def test_up_to_sixty_contacts_no_two_overlap_and_two_runs_agree(seed: int, people: int, teams: int) -> None:
    generator = np.random.default_rng(seed)
    team = generator.integers(teams, size=people)
    near = generator.random((people, people)) < np.where(team[:, None] == team, 0.5, 0.03)
    pairs = np.argwhere(np.triu(near, 1)).astype(np.int32)
    contact = generator.gamma(0.7, 2.0, people)
    weights = generator.gamma(1.0, 1.0, len(pairs))
    position, cluster = circle_layout(contact, pairs, weights, seed=20)
    assert distances(position).min() >= 0.99 * ROOM
    assert np.hypot(*position.T).max() <= 1.0 + 1e-9
    assert np.hypot(*position.T).min() >= 0.3
    again, clusters_again = circle_layout(contact, pairs, weights, seed=20)
    assert position.tobytes() == again.tobytes()
    assert np.array_equal(cluster, clusters_again)
