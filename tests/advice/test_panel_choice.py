"""The panel chosen is nearly the best there is: every panel of small pools is looked at."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from crosstie.advice.choosing import chosen
from crosstie.advice.quotas import Limits, Quota
from crosstie.advice.variety import Covered, Variety, variety

GUARANTEED = 1 - 1 / np.e
POOLS = 30


def _pool(dice: np.random.Generator) -> Variety:
    people, seats = int(dice.integers(6, 21)), int(dice.integers(2, 6))
    groups = [
        Covered.by_unit(dice.choice(["", *"abcdef"][: dice.integers(3, 8)], people).tolist())
        for _ in range(2)
    ]
    anywhere = dice.permuted(np.tile(np.arange(5), (people, 1)), axis=1)
    places = Covered(unit=anywhere[:, :3], share=dice.dirichlet(np.ones(3), people))
    views = dice.normal(size=(people, 4)).astype(np.float32)
    views[dice.random(people) < 0.3] = 0
    return variety(
        dice.random(people) ** 2,
        [*groups, places],
        views if dice.random() < 0.7 else None,
        seats=seats,
        weights=(1.0, 1.0, 1.0),
        again=0.5,
    )


def _is_allowed(limits: Limits, rows: tuple[int, ...]) -> bool:
    near = int(limits.is_near[list(rows)].sum())
    counts = [int((limits.group[list(rows)] == row).sum()) for row in range(len(limits.quotas))]
    return near <= limits.near_seats and all(
        quota.at_least <= count and (quota.at_most is None or count <= quota.at_most)
        for quota, count in zip(limits.quotas, counts, strict=True)
    )


def _share_of_best(worth: Variety, limits: Limits) -> float | None:
    """Return what is chosen as a share of the best panel of any size; None where there is none."""
    panels = [
        rows
        for size in range(1, limits.seats + 1)
        for rows in combinations(range(len(worth)), size)
        if _is_allowed(limits, rows)
    ]
    ours = chosen(worth, limits)
    if not panels:
        assert not limits.can_be()
        assert ours == ()
        return None
    assert _is_allowed(limits, ours)
    return worth.value(ours) / max(worth.value(rows) for rows in panels)


def _open_to_all(people: int, seats: int) -> Limits:
    return Limits(
        seats=seats,
        near_seats=seats,
        is_near=np.zeros(people, dtype=np.bool_),
        group=np.full(people, -1),
    )


def test_every_panel_is_at_least_the_guaranteed_share_of_the_best_and_nearly_it_on_average():
    dice, shares = np.random.default_rng(1), []
    for _ in range(POOLS):
        worth = _pool(dice)
        share = _share_of_best(worth, _open_to_all(len(worth), int(dice.integers(2, 6))))
        assert share is not None
        shares.append(share)
    assert min(shares) >= GUARANTEED
    assert np.mean(shares) >= 0.98


def test_with_quotas_and_a_circle_too_and_exactly_kept():
    dice, shares = np.random.default_rng(2), []
    for _ in range(POOLS):
        worth, seats = _pool(dice), int(dice.integers(2, 6))
        limits = Limits(
            seats=seats,
            near_seats=seats // 2,
            is_near=dice.random(len(worth)) < 0.6,
            group=dice.integers(-1, 2, len(worth)),
            quotas=(Quota(unit="Sales", at_least=1, at_most=2), Quota(unit="Care", at_most=1)),
        )
        share = _share_of_best(worth, limits)
        if share is not None:
            shares.append(share)
    assert len(shares) > POOLS / 2
    assert min(shares) >= GUARANTEED
    assert np.mean(shares) >= 0.98


@pytest.mark.parametrize("seed", range(20))
def test_each_next_person_adds_something_and_never_more_than_to_fewer(seed):
    dice = np.random.default_rng(seed)
    worth = _pool(dice)
    order = dice.permutation(len(worth))
    few, many, one = order[:1].tolist(), order[:4].tolist(), order[5:6]
    to_few, to_many = (worth.gains(one, *worth.with_chosen(there))[0] for there in (few, many))
    assert to_few >= to_many - 1e-6
    assert to_many >= 0
    assert to_many == pytest.approx(worth.value([*many, int(one[0])]) - worth.value(many), abs=1e-5)


def test_looking_again_at_a_few_alone_chooses_as_looking_at_all():
    dice = np.random.default_rng(3)
    people = 400
    worth = variety(
        dice.random(people),
        [Covered.by_unit(dice.choice([*"abcdefghi"], people).tolist())],
        dice.normal(size=(people, 8)).astype(np.float32),
        seats=6,
        weights=(1.0, 1.0, 1.0),
        again=0.5,
    )
    panel: list[int] = []
    for _ in range(6):
        gains = worth.gains(np.arange(people), *worth.with_chosen(panel))
        gains[panel] = -1
        panel.append(int(np.argmax(gains)))
    assert worth.value(chosen(worth, _open_to_all(people, 6))) >= worth.value(panel) - 1e-5
