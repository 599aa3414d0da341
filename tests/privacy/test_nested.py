"""Kinds of groups that divide the same people do not give one another away."""

from __future__ import annotations

import numpy as np
import pytest

from crosstie.privacy import Kind, showable_kinds, showable_nested_cells

SALES, ENGINEERING = 15, 24


def kind(*sizes: int, none: int = 0) -> Kind:
    """Return a kind whose groups are of these sizes, one after the other, and the last people in none."""
    group = np.repeat(np.arange(len(sizes)), sizes)
    return Kind(group=np.concatenate([group, np.full(none, -1)]).astype(np.int64), count=len(sizes))


def shown(*kinds: Kind, smallest: int = 10) -> list[list[bool]]:
    return [one.tolist() for one in showable_kinds(kinds, smallest)]


@pytest.mark.parametrize(
    ("teams", "may"),
    [
        ((12, 3, 24), [False, False, True]),  # 15 - 12 are three people
        ((15, 24), [True, True]),  # the departments again
        ((15, 12, 12), [True, True, True]),  # nobody is left
        ((15, 14, 10), [True, True, True]),
        ((15, 11, 10, 3), [True, True, False, False]),  # the smaller of the two
        ((15, 1, 1, 1, 21), [True, False, False, False, False]),
    ],
)
def test_teams_leave_nobody_of_their_department_or_enough(teams: tuple[int, ...], may: list[bool]) -> None:
    assert shown(kind(SALES, ENGINEERING), kind(*teams)) == [[True, True], may]


def test_people_without_a_team_are_left_too() -> None:
    assert shown(kind(SALES), kind(12, none=3)) == [[True], [False]]
    assert shown(kind(SALES + 10), kind(12, none=13)) == [[True], [True]]


def test_what_matters_less_gives_way_also_where_it_is_the_larger() -> None:
    assert shown(kind(12, none=3), kind(15)) == [[True], [False]]


def test_departments_and_teams_together_leave_nobody_few() -> None:
    """Of a division of 60, one department of 30 is shown, and two teams of 12 of the other: six are left."""
    division, department, teams = kind(60), kind(30, none=30), kind(30, 12, 12, 6)
    teams = Kind(group=np.where(teams.group == 0, -1, teams.group), count=4)
    assert shown(division, teams) == [[True], [False, True, True, False]]
    assert shown(division, department, teams) == [[True], [True], [False, False, True, False]]


def cells(kinds: list[Kind], ties: dict[tuple[int, int], float]) -> list[list[list[bool]]]:
    pairs = np.array(list(ties), dtype=np.int64)
    found = showable_nested_cells(
        kinds,
        shown=showable_kinds(kinds, 5),
        row_person=pairs[:, 0],
        column_person=pairs[:, 1],
        amounts=(np.array(list(ties.values())),),
    )
    return [one.tolist() for one in found]


def test_what_few_people_of_a_department_did_cannot_be_found_from_its_teams() -> None:
    departments, teams = kind(12, 12), kind(6, 6, 12)
    first = {(one, 12 + other): 1.0 for one in range(6) for other in range(12)}
    second = {(one, 12 + other): 1.0 for one in range(6, 12) for other in range(12)}
    assert cells([departments, teams], {**first, **second})[1][0][2]
    few = {(6, 12 + other): 1.0 for other in range(12)}
    of_department, of_team = cells([departments, teams], {**first, **few})
    assert of_department[0][1]
    assert not of_team[0][2]
    assert not of_team[1][2]


def test_a_cell_of_what_matters_less_gives_way_itself() -> None:
    group = np.repeat([0, -1, 1], [6, 6, 12])
    ties = {(one, 12 + other): 1.0 for one in range(7) for other in range(12)}
    of_team, of_community = cells([Kind(group=group, count=2), kind(12, 12)], ties)
    assert of_team[0][1]
    assert not of_community[0][1]
