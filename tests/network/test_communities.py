from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings, strategies
from tests.network.graphs import network_of_pairs, networks
from tests.network.planted import planted

from crosstie.network.communities import NO_COMMUNITY, communities, matched
from crosstie.network.network import Indices, Network


def test_planted_communities_are_found() -> None:
    network, group = planted(6, 20, inside=5, outside=1, seed=1)
    found = communities(network, seed=20)
    pairs = np.triu(np.ones((len(group), len(group)), dtype=bool), 1)
    same_group, same_found = group[:, None] == group, found[:, None] == found
    agreement = (same_group == same_found)[pairs].mean()
    assert agreement > 0.97


def test_two_triangles_and_a_stranger() -> None:
    triangles = {(0, 1): 1.0, (0, 2): 1.0, (1, 2): 1.0, (3, 4): 1.0, (3, 5): 1.0, (4, 5): 1.0, (2, 3): 0.3}
    assert communities(network_of_pairs(7, triangles), seed=20).tolist() == [0, 0, 0, 1, 1, 1, NO_COMMUNITY]


def test_the_largest_community_is_the_first_and_of_equals_the_one_with_the_smallest_person() -> None:
    contact = {(0, 5): 1.0, (1, 2): 1.0, (1, 6): 1.0, (2, 6): 1.0, (3, 4): 1.0}
    assert communities(network_of_pairs(7, contact), seed=20).tolist() == [1, 0, 0, 2, 2, 1, 0]


@pytest.mark.parametrize("people", [0, 1, 3])
def test_without_contact_there_is_no_community(people: int) -> None:
    assert communities(network_of_pairs(people, {}), seed=20).tolist() == [NO_COMMUNITY] * people


@settings(max_examples=40)
@given(network=networks())
def test_the_same_seed_gives_the_same_communities_numbered_by_size(network: Network) -> None:
    found = communities(network, seed=7)
    assert np.array_equal(found, communities(network, seed=7))
    sizes = np.bincount(found[found >= 0])
    assert (np.diff(sizes) <= 0).all()
    assert (sizes > 0).all()


def numbers(*values: int) -> Indices:
    return np.array(values, dtype=np.int32)


def test_a_community_keeps_its_number_when_people_come_and_go() -> None:
    before = numbers(0, 0, 0, 1, 1, 2, 2, -1)
    # The first lost one to the third, which is larger now; somebody came to the second.
    now = numbers(1, 1, 0, 2, 2, 0, 0, 2)
    assert matched(now, before).tolist() == [0, 0, 2, 1, 1, 2, 2, 1]


def test_a_new_community_gets_a_number_that_never_was() -> None:
    # The first splits in two: the larger part keeps the number. The second is gone.
    assert matched(numbers(0, 0, 0, 1, 1, -1), numbers(0, 0, 0, 0, 0, 1)).tolist() == [0, 0, 0, 2, 2, -1]
    assert matched(numbers(0, 1), numbers(-1, -1)).tolist() == [0, 1]
    assert matched(numbers(-1, -1), numbers(0, 0)).tolist() == [-1, -1]
    assert matched(numbers(), numbers()).tolist() == []


@settings(max_examples=40)
@given(network=networks(), data=strategies.data())
def test_numbers_alone_change_and_the_same_parts_come_back(
    network: Network, data: strategies.DataObject
) -> None:
    found = communities(network, seed=7)
    count = int(found.max(initial=-1)) + 1
    other = np.append(data.draw(strategies.permutations(range(count))), -1).astype(np.int32)[found]
    assert np.array_equal(matched(other, found), found)
