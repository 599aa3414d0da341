"""A draw can be repeated and proved, is fair, and shows when anything in it was changed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosstie.errors import UsageRefused
from crosstie.practice.waitlist import METHOD, draw, is_as_drawn

SEED = "9f2c41d07be86a35"
PEOPLE = [f"p{number:02}" for number in range(20)]


@settings(max_examples=50)
@given(st.permutations(PEOPLE), st.integers(1, 20))
def test_the_order_people_are_given_in_makes_no_difference_and_everyone_is_in_or_waits(people, capacity):
    found = draw(people, capacity=capacity, seed=SEED)
    assert found == draw(PEOPLE, capacity=capacity, seed=SEED)
    assert len(found.invited) == capacity
    assert sorted([*found.invited, *found.waiting]) == PEOPLE


def test_anyone_can_repeat_the_draw_with_nothing_but_a_hash():
    found = draw(PEOPLE, capacity=5, seed=SEED)
    by_hand = sorted(PEOPLE, key=lambda person: hashlib.sha256(f"{SEED}\n{person}".encode()).hexdigest())
    assert list(found.order) == by_hand
    text = json.dumps([METHOD, SEED, PEOPLE, 5, by_hand], separators=(",", ":"))
    assert found.digest == hashlib.sha256(text.encode()).hexdigest()


def test_a_draw_that_was_changed_in_anything_is_noticed():
    found = draw(PEOPLE, capacity=5, seed=SEED)
    assert is_as_drawn(found)
    turned = (found.order[1], found.order[0], *found.order[2:])
    for changed in (
        replace(found, order=turned),
        replace(found, capacity=6),
        replace(found, seed="0f2c41d07be86a35"),
        replace(found, people=found.people[1:]),
        replace(found, digest="0" * 64),
        replace(found, method="by hand"),
        replace(found, capacity=50),
    ):
        assert not is_as_drawn(changed)


def test_over_many_seeds_everyone_comes_first_about_equally_often():
    times = dict.fromkeys(PEOPLE, 0)
    for number in range(2000):
        for person in draw(PEOPLE, capacity=5, seed=f"{number:016}").invited:
            times[person] += 1
    # 500 expected, with a standard deviation of 19.4: four of them either way.
    assert all(422 <= count <= 578 for count in times.values())


@pytest.mark.parametrize(
    ("people", "capacity", "seed", "said"),
    [
        (["ada", "ada"], 1, SEED, "twice"),
        (["ada"], 2, SEED, "2 of 1"),
        (["ada"], 0, SEED, "0 of 1"),
        (["ada", "ben"], 1, "7", "1 characters"),
    ],
)
def test_what_cannot_be_drawn_is_refused(people, capacity, seed, said):
    with pytest.raises(UsageRefused, match=said):
        draw(people, capacity=capacity, seed=seed)
