"""How strong a tie a row is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.sources.table.reading import reading

from crosstie.record import Kind


def test_ties_without_times_are_named_with_their_strength_from_the_point_that_counts(
    table: Callable[[str], Path],
) -> None:
    path = table("source,target,weight\n01,2,1\n01,3,2\n01,4,0\n01,5,\n01,6,nan\n")

    acts, ledger = reading(path, tie_from="2")

    assert [(act.kind, act.at, act.actor, act.addressed, act.strength) for act in acts] == [
        (Kind.NAMED, None, "01", ("3",), 2.0)
    ]
    assert dict(ledger.left_out) == {
        "below the point that counts as a tie": 2,
        "no number in the weight column": 2,
    }


def test_zero_is_no_tie_even_where_no_point_is_set(table: Callable[[str], Path]) -> None:
    acts, _ = reading(table("source,target,weight\na,b,0\na,c,1\na,d,-1\n"))

    assert [act.addressed for act in acts] == [("c",)]


def test_the_only_other_column_of_numbers_is_the_strength(table: Callable[[str], Path]) -> None:
    acts, _ = reading(table("ego,alter,advice_tie\n1,2,0\n1,3,1\n"))

    assert [(act.addressed, act.strength) for act in acts] == [(("3",), 1.0)]


def test_the_consulting_survey_has_ties_from_seldom_on(shared_data: Path) -> None:
    path = shared_data / "networks" / "cross-parker" / "consulting.info.edges.csv"
    points = [int(line.rsplit(",", 1)[1]) for line in path.read_text().splitlines()[1:]]

    acts, ledger = reading(path, tie_from="2")

    assert ledger.read == len(points) == 877
    assert len(acts) == sum(point >= 2 for point in points)
    assert ledger.left_out["below the point that counts as a tie"] == points.count(1)


@pytest.mark.parametrize(
    ("written", "strength"),
    [
        ("1,5", 1.5),
        ("0,125", 0.125),
        ("1234,5", 1234.5),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        (",5", 0.5),
    ],
)
def test_a_comma_may_stand_before_the_fraction(
    table: Callable[[str], Path], written: str, strength: float
) -> None:
    acts, _ = reading(table(f"from;to;weight\na;b;{written}\n"))

    assert [act.strength for act in acts] == [strength]


@pytest.mark.parametrize("written", ["1,234", "1,5,7", "1.5,7.2", "1,", "x,5"])
def test_a_number_that_may_be_two_is_counted(table: Callable[[str], Path], written: str) -> None:
    acts, ledger = reading(table(f"from;to;weight\na;b;{written}\na;c;2\n"))

    assert len(acts) == 1
    assert dict(ledger.left_out) == {"no number in the weight column": 1}
