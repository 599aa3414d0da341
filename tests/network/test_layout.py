from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from tests.network.graphs import network_of_pairs, networks
from tests.network.planted import near_share, planted

from crosstie.network.layout import RIM, layout
from crosstie.network.network import Network


@pytest.mark.parametrize(
    ("groups", "outside", "at_least"),
    # Measured over three seeds: 0.99 and more, 0.94 and more; by chance 0.11.
    [(9, 1, 0.97), (9, 2, 0.90)],
)
def test_neighbours_on_the_map_are_of_the_same_community(groups: int, outside: int, at_least: float) -> None:
    network, group = planted(groups, 26, inside=4, outside=outside, seed=3)
    share = near_share(layout(network, seed=20), group)
    assert share >= at_least
    generator = np.random.default_rng(1)
    assert near_share(generator.uniform(-1, 1, (len(group), 2)), group) < 0.2


@settings(max_examples=15)
@given(network=networks())
def test_everybody_has_a_place_on_the_map_the_same_each_time(network: Network) -> None:
    position = layout(network, seed=3)
    assert position.shape == (len(network.persons), 2)
    assert np.isfinite(position).all()
    assert np.abs(position).max(initial=0.0) <= 1.0 + 1e-12
    assert position.tobytes() == layout(network, seed=3).tobytes()


def test_those_without_contact_stand_on_the_ring_and_the_others_within() -> None:
    network = network_of_pairs(6, {(0, 1): 1.0, (1, 2): 1.0})
    radius = np.hypot(*layout(network, seed=20).T)
    assert radius[3:] == pytest.approx([1.0, 1.0, 1.0])
    assert (radius[:3] <= RIM).all()


@pytest.mark.parametrize(
    ("people", "contact"),
    [
        (0, {}),
        (1, {}),
        (2, {(0, 1): 1.0}),
        (3, {(0, 1): 1.0}),
        (3, {(0, 1): 1.0, (0, 2): 1.0, (1, 2): 1.0}),
        (6, {(0, 1): 1.0, (2, 3): 1.0, (4, 5): 1.0}),
    ],
)
def test_a_handful_of_people_stand_apart(people: int, contact: dict[tuple[int, int], float]) -> None:
    position = layout(network_of_pairs(people, contact), seed=20)
    apart = np.hypot(*(position[:, None] - position[None]).transpose(2, 0, 1))
    assert (apart[~np.eye(people, dtype=bool)] > 0.005).all()


def test_parts_that_know_nothing_of_each_other_stand_apart() -> None:
    ring = [(person, (person + 1) % 10) for person in range(10)]
    contact = {(min(pair), max(pair)): 1.0 for pair in ring}
    contact |= {(low + 10, high + 10): 1.0 for low, high in contact}
    position = layout(network_of_pairs(20, contact), seed=20)
    assert near_share(position, np.arange(20) // 10, neighbours=2) > 0.9


def test_another_seed_gives_another_map() -> None:
    network, _ = planted(2, 10, inside=3, outside=1, seed=1)
    assert not np.array_equal(layout(network, seed=1), layout(network, seed=2))


def test_a_team_far_off_does_not_shrink_the_others() -> None:
    from crosstie.network.layout import _within_rim

    random = np.random.default_rng(3)
    most, team = random.normal(size=(230, 2)), random.normal(size=(12, 2)) * 0.1 + (40.0, 0.0)
    placed = _within_rim(np.concatenate([most, team]))
    radius = np.hypot(placed[:, 0], placed[:, 1])
    assert (radius <= RIM).all()
    assert np.median(radius[:230]) > 0.35
    assert radius[230:].min() > np.quantile(radius[:230], 0.9)


@pytest.mark.parametrize("seed", range(8))
def test_two_in_contact_and_one_alone_have_a_map(seed: int) -> None:
    position = layout(network_of_pairs(3, {(0, 2): 1.0}), seed=seed)
    assert np.isfinite(position).all()
    assert (np.abs(position) <= 1).all()


def test_renumbering_people_does_not_move_them() -> None:
    random = np.random.default_rng(5)
    pairs = {
        (one, other): float(random.random() + (one // 10 == other // 10) * 3)
        for one in range(40)
        for other in range(one + 1, 40)
        if random.random() < (0.5 if one // 10 == other // 10 else 0.03)
    }
    number = random.permutation(40)
    moved = {tuple(sorted((int(number[a]), int(number[b])))): weight for (a, b), weight in pairs.items()}
    before = layout(network_of_pairs(40, pairs), seed=20)
    after = layout(network_of_pairs(40, moved), seed=20)  # type: ignore[arg-type]  # sorted pairs are pairs
    assert after[number] == pytest.approx(before, abs=1e-6)
