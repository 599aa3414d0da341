"""Which groups and cells may be shown."""

from __future__ import annotations

import numpy as np

from crosstie.privacy import showable_cells, showable_groups


def cells(contributions: list[tuple[int, int, int, int, float]], groups: int) -> np.ndarray:
    columns = [np.array(column) for column in zip(*contributions, strict=True)]
    return showable_cells(
        row=columns[0],
        column=columns[1],
        row_person=columns[2],
        column_person=columns[3],
        amount=columns[4].astype(float),
        shown=np.ones(groups, dtype=bool),
    )


def spread(row: int, column: int, people: int, amount: float = 1.0) -> list[tuple[int, int, int, int, float]]:
    """Contributions of `people` pairs between two groups, each person once."""
    return [(row, column, 100 * row + n, 100 * column + 50 + n, amount) for n in range(people)]


def test_a_group_below_the_smallest_size_is_not_shown():
    assert showable_groups(np.array([9, 10, 40]), smallest=10).tolist() == [False, True, True]


def test_no_setting_goes_below_five():
    assert showable_groups(np.array([4, 5]), smallest=1).tolist() == [False, True]


def test_a_cell_needs_five_people_on_each_side():
    shown = cells(spread(0, 1, 4) + spread(1, 0, 5), groups=2)
    assert not shown[0, 1]
    assert shown[1, 0]


def test_a_cell_with_one_person_on_one_side_is_not_shown():
    one_teacher = [(0, 1, n, 200, 1.0) for n in range(8)]
    assert not cells(one_teacher, groups=2)[0, 1]


def test_nobody_may_be_over_half_of_a_cell():
    dominated = [*spread(0, 1, 6), (0, 1, 99, 199, 20.0)]
    assert not cells(dominated, groups=2)[0, 1]


def test_a_single_missing_cell_takes_a_second_with_it():
    contributions = spread(0, 1, 4) + spread(0, 2, 6) + spread(0, 3, 9) + spread(1, 2, 6) + spread(2, 1, 6)
    shown = cells(contributions, groups=4)
    assert not shown[0, 1]
    assert not shown[0, 2]  # the smallest of the others in the row
    assert shown[0, 3]


def test_an_empty_cell_between_shown_groups_says_nothing_about_anyone():
    assert cells(spread(0, 1, 6), groups=3)[2, 0]


def test_no_line_misses_exactly_one_cell_however_often_one_gap_makes_another():
    dice = np.random.default_rng(20)
    gaps = 0
    for _ in range(300):
        groups = int(dice.integers(3, 7))
        group_of = np.repeat(np.arange(groups), 12)
        ends = dice.integers(0, len(group_of), (2, int(dice.integers(40, 260))))
        amount = np.asarray(dice.exponential(1.0, ends.shape[1]), dtype=np.float64)
        row, column = group_of[ends]
        allowed = showable_cells(
            row=row,
            column=column,
            row_person=ends[0],
            column_person=ends[1],
            amount=amount,
            shown=np.ones(groups, dtype=bool),
        )
        filled = np.bincount(row * groups + column, minlength=groups * groups).reshape(groups, groups) > 0
        for lines, of in ((~allowed & filled, filled), ((~allowed & filled).T, filled.T)):
            gaps += int(lines.sum())
            lonely = (lines.sum(axis=1) == 1) & (of.sum(axis=1) > 1)
            assert not lonely.any()
    assert gaps > 1000  # there was something to find
