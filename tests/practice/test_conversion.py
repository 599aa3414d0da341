"""Whether introductions lasted is said with its uncertainty, and not at all for a few."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from crosstie.network.shares import wilson
from crosstie.practice.conversion import PairOutcome, conversion

AS_OF = date(2026, 12, 1)
DAY = date(2026, 3, 2)


def _pairs(count: int, lasted: int, *, name: str = "p", on: date = DAY, day: int = 90) -> list[PairOutcome]:
    """Return pairs of different people; contact of the first few on a day after theirs."""
    return [
        PairOutcome(
            people=(f"{name}{number}a", f"{name}{number}b"),
            on=on,
            contacts_on=(on + timedelta(days=day),) if number < lasted else (),
        )
        for number in range(count)
    ]


def test_shares_and_intervals_agree_with_those_worked_out_by_hand():
    found = conversion(_pairs(20, 4), _pairs(25, 1, name="w"), as_of=AS_OF)
    assert found.introduced is not None
    assert found.comparison is not None
    assert (found.introduced.pairs, found.introduced.lasted, found.introduced.value) == (20, 4, 0.2)
    # Wilson at 90 %: (0.2 + 1.3528 / 20 - 1.64485 sqrt(0.2 0.8 / 20 + 2.70554 / 1600)) / (1 + 2.70554 / 20)
    assert found.introduced.low == pytest.approx(0.0931, abs=1e-4)
    assert found.introduced.high == pytest.approx(0.3783, abs=1e-4)
    assert found.difference == pytest.approx(0.16)
    assert found.low is not None
    assert found.low < 0.16 < (found.high or 0)


def test_wilson_agrees_with_a_published_case():
    # Newcombe (1998), table I, row 81 of 263 at 95 %.
    assert wilson(81 / 263, 263, level=0.95) == pytest.approx((0.2553, 0.3662), abs=1e-4)


def test_the_difference_agrees_with_a_published_case():
    # Newcombe (1998), second paper, table II, case (a), method 10: 56/70 - 48/80, 0.0524 to 0.3339.
    found = conversion(_pairs(70, 56), _pairs(80, 48, name="w"), as_of=AS_OF, level=0.95)
    assert (found.difference, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=1e-4)
    assert "made a difference of 5 to 33 points" in found.sentence


def test_contact_counts_only_within_the_weeks_looked_at():
    for day, lasted in ((0, 0), (83, 0), (84, 12), (111, 12), (112, 0)):
        found = conversion(_pairs(12, 12, day=day), [], as_of=AS_OF)
        assert found.introduced is not None
        assert found.introduced.lasted == lasted


def test_pairs_whose_weeks_are_not_over_are_counted_apart():
    late = _pairs(3, 0, name="l", on=AS_OF - timedelta(days=111))
    due = _pairs(1, 0, name="d", on=AS_OF - timedelta(days=112))
    found = conversion([*_pairs(12, 2), *late, *due], [], as_of=AS_OF)
    assert found.not_yet == 3
    assert found.introduced is not None
    assert found.introduced.pairs == 13


def test_of_fewer_than_ten_pairs_or_people_nothing_is_said():
    found = conversion(_pairs(9, 2), _pairs(40, 1, name="w"), as_of=AS_OF)
    assert found.introduced is None
    assert found.difference is None
    assert found.sentence.startswith("Too few to say")
    alone = conversion(_pairs(30, 2), _pairs(9, 9, name="w"), as_of=AS_OF)
    assert (alone.comparison, alone.low, alone.high) == (None, None, None)
    assert "9 were" not in alone.sentence
    # Twelve pairs, but of eight people.
    few = [
        PairOutcome(people=(f"p{number % 4}", f"q{number % 3}"), on=DAY, contacts_on=())
        for number in range(12)
    ]
    assert conversion(few, [], as_of=AS_OF).introduced is None


def test_no_setting_shows_fewer_than_five():
    assert conversion(_pairs(4, 1), [], as_of=AS_OF, smallest=1).introduced is None
    assert conversion(_pairs(5, 1), [], as_of=AS_OF, smallest=1).introduced is not None


def test_pairs_that_share_people_make_the_interval_wider():
    apart = conversion(_pairs(30, 6), [], as_of=AS_OF).introduced
    trios = [
        PairOutcome(people=pair, on=DAY, contacts_on=(DAY + timedelta(days=90),) if number < 2 else ())
        for number in range(10)
        for pair in (
            (f"a{number}", f"b{number}"),
            (f"a{number}", f"c{number}"),
            (f"b{number}", f"c{number}"),
        )
    ]
    shared = conversion(trios, [], as_of=AS_OF).introduced
    assert apart is not None
    assert shared is not None
    assert (shared.pairs, shared.value) == (apart.pairs, apart.value)
    assert shared.high - shared.low > 1.2 * (apart.high - apart.low)


def test_the_interval_covers_a_known_difference_as_often_as_it_says():
    dice = Random(20)
    covered = false_alarms = 0
    runs = 600
    for _ in range(runs):
        counts = [sum(dice.random() < chance for _ in range(60)) for chance in (0.12, 0.04)]
        found = conversion(_pairs(60, counts[0]), _pairs(60, counts[1], name="w"), as_of=AS_OF)
        assert found.low is not None
        assert found.high is not None
        covered += found.low <= 0.08 <= found.high
        none = [sum(dice.random() < 0.05 for _ in range(60)) for _ in range(2)]
        same = conversion(_pairs(60, none[0]), _pairs(60, none[1], name="w"), as_of=AS_OF)
        assert same.low is not None
        false_alarms += same.low > 0
    assert 0.86 <= covered / runs <= 0.97
    assert false_alarms / runs <= 0.06
