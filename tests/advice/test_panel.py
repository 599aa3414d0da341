"""Who sits on a panel, and who never does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from crosstie.advice.panel import Candidates, PanelSettings, Quota, panel
from crosstie.errors import UsageRefused


def _candidates(
    departments: str, *, score: list[float] | None = None, load=None, near: str = "", views=None
) -> Candidates:
    """Return one candidate a letter of `departments`; those whose place stands in `near` are near."""
    people = len(departments)
    return Candidates(
        score=np.array(score if score is not None else [0.0] * people),
        load=np.zeros(people) if load is None else np.array(load),
        is_near=np.array([str(row) in near for row in range(people)], dtype=np.bool_),
        groups={"department": np.array([one.strip() for one in departments], dtype=object)},
        views=views,
    )


def _rows(found) -> list[int]:
    return [one.row for one in found]


def test_of_people_who_know_the_same_each_comes_from_another_group():
    found = panel(_candidates("aaaabbcd"), seats=4)
    assert [dict(one.alone_of) for one in found] == [{"department": unit} for unit in "abcd"]


def test_whoever_knows_next_to_nothing_is_no_gain_for_being_from_elsewhere():
    assert 3 not in _rows(panel(_candidates("aaab", score=[4.0, 4.0, 4.0, -9.0]), seats=2))


def test_nobody_overloaded_and_at_most_half_from_the_circle():
    assert 0 not in _rows(panel(_candidates("abcd", load=[1.2, 0, 0, 0]), seats=4))
    assert panel(_candidates("abcd", near="0123"), seats=4) == ()
    assert len(panel(_candidates("abcd", near="012"), seats=4)) == 2
    assert len(panel(_candidates("abcdef", near="012"), seats=5)) == 5


def test_numbers_for_groups_hold_exactly_or_there_is_no_panel():
    candidates = _candidates("aaaaaabc", score=[5.0] * 6 + [0.0, 0.0])
    for quota, wanted in (
        (Quota(unit="c", at_least=1, at_most=1), 1),
        (Quota(unit="a", at_most=2), 2),
        (Quota(unit="a", at_least=4), 4),
    ):
        found = panel(candidates, seats=4, quotas=(quota,))
        assert sum(candidates.groups["department"][row] == quota.unit for row in _rows(found)) == wanted
    with pytest.raises(UsageRefused, match="No panel fits"):
        panel(candidates, seats=4, quotas=(Quota(unit="c", at_least=2),))
    with pytest.raises(UsageRefused, match='Nobody of "z"'):
        panel(candidates, seats=4, quotas=(Quota(unit="z", at_least=1),))


def test_a_group_is_filled_from_outside_the_circle_where_its_seats_are_few():
    # Both of b are near, and only one near person may sit: two of b cannot.
    with pytest.raises(UsageRefused):
        panel(_candidates("aabb", near="23"), seats=2, quotas=(Quota(unit="b", at_least=2),))
    found = panel(_candidates("aabb", near="03"), seats=2, quotas=(Quota(unit="b", at_least=1),))
    assert {2, 3} & set(_rows(found))


def test_numbers_for_two_kinds_at_once_are_refused():
    mixed = Candidates(
        score=np.zeros(2),
        load=np.zeros(2),
        is_near=np.zeros(2, dtype=np.bool_),
        groups={
            "department": np.array(["a", "b"], dtype=object),
            "location": np.array(["x", "y"], dtype=object),
        },
    )
    with pytest.raises(UsageRefused, match="one kind at a time"):
        panel(mixed, quotas=(Quota(unit="a", at_least=1), Quota(unit="x", at_least=1)))


def test_of_those_who_opted_in_the_ones_who_differ_are_chosen():
    views = np.array([[1, 0], [1, 0.1], [1, -0.1], [1, 0.05], [1, -0.05], [-1, 0.2]], dtype=np.float32)
    assert 5 in _rows(panel(_candidates("a" * 6, views=views), seats=2))


def test_whose_view_is_not_known_neither_gains_nor_loses_by_it():
    few = np.zeros((6, 2), dtype=np.float32)
    few[:4] = [[1, 0], [-1, 0], [0, 1], [0, -1]]
    # Four known views are too few to count at all.
    assert _rows(panel(_candidates("aaaaaa", views=few), seats=3)) == _rows(
        panel(_candidates("aaaaaa"), seats=3)
    )
    people = 12
    dice = np.random.default_rng(5)
    views = dice.normal(size=(people, 3)).astype(np.float32)
    views[6:] = 0
    times = np.zeros(people)
    for seed in range(60):
        score = np.random.default_rng(seed).normal(size=people).tolist()
        times[_rows(panel(_candidates("a" * people, score=score, views=views), seats=4))] += 1
    assert 0.35 < times[6:].sum() / times.sum() < 0.65


@given(
    some.text("ab cd", min_size=1, max_size=14),
    some.integers(1, 12),
    some.lists(some.floats(-5, 5), min_size=14, max_size=14),
    some.sets(some.integers(0, 9)),
)
@settings(max_examples=40)
def test_never_more_than_wanted_each_once_in_order_and_twice_the_same(departments, seats, score, near):
    candidates = _candidates(departments, score=score[: len(departments)], near="".join(map(str, near)))
    rows = _rows(panel(candidates, seats=seats))
    assert len(rows) <= seats
    assert rows == sorted(set(rows))
    assert candidates.is_near[rows].sum() <= len(rows) / 2
    assert rows == _rows(panel(candidates, seats=seats))


def test_of_nobody_there_is_no_panel():
    assert panel(_candidates("")) == ()
    assert PanelSettings().seats == 5
