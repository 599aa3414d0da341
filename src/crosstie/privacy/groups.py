"""Which groups, and which cells between groups, may be shown (`docs/explanation/privacy.md`)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SMALLEST_EVER = 5
"""No setting goes below it: the smallest group, and the fewest people on each side of a cell."""

_MOST_OF_A_CELL = 0.5


def showable_groups(sizes: NDArray[np.int64], smallest: int) -> NDArray[np.bool_]:
    """Say which groups are large enough to be shown.

    Args:
        sizes: (G,) people in each group.
        smallest: the smallest group to show; values below `SMALLEST_EVER` are raised to it.

    Returns:
        (G,) booleans.
    """
    enough: NDArray[np.bool_] = sizes >= max(smallest, SMALLEST_EVER)
    return enough


def showable_cells(
    *,
    row: NDArray[np.int64],
    column: NDArray[np.int64],
    row_person: NDArray[np.int64],
    column_person: NDArray[np.int64],
    amount: NDArray[np.float64],
    shown: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Say which cells of a group-by-group table may be shown.

    A cell needs two shown groups, at least `SMALLEST_EVER` different people on each side, and nobody on
    either side with more than half of it. Where exactly one cell of a row or column would be missing, the
    smallest of the others is suppressed too, until no line misses exactly one, so that none can be found by
    subtraction from a total.

    Everyone is in one group.

    Args:
        row: (T,) group at the first end of a contribution.
        column: (T,) group at the second end.
        row_person: (T,) the person at the first end.
        column_person: (T,) the person at the second end.
        amount: (T,) what it adds to the cell.
        shown: (G,) from `showable_groups`.

    Returns:
        (G, G) booleans; a cell with nothing in it may be shown where both groups are.
    """
    count = len(shown)
    allowed = np.outer(shown, shown)
    allowed &= crowded_cells(
        row=row,
        column=column,
        row_person=row_person,
        column_person=column_person,
        amount=amount,
        count=count,
    )
    return without_lone_gaps(allowed, totals_of_cells(row, column, amount, count), shown)


def without_lone_gaps(
    allowed: NDArray[np.bool_], totals: NDArray[np.float64], shown: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return the cells that may still be shown when no line may miss exactly one.

    Args:
        allowed: (G, G) cells that may be shown each for itself.
        totals: (G, G) what is in them.
        shown: (G,) from `showable_groups`.
    """
    allowed = allowed.copy()
    before = -1
    while (
        before != allowed.sum()
    ):  # what is left out of a row may leave a column with a single gap, and so on
        before = allowed.sum()
        _suppress_the_lonely(allowed, totals, shown)
        _suppress_the_lonely(allowed.T, totals.T, shown)
    return allowed


def crowded_cells(
    *,
    row: NDArray[np.int64],
    column: NDArray[np.int64],
    row_person: NDArray[np.int64],
    column_person: NDArray[np.int64],
    amount: NDArray[np.float64],
    count: int,
) -> NDArray[np.bool_]:
    """Say which cells are empty or have enough people on each side, nobody with more than half of it.

    Args:
        row: (T,) group at the first end of a contribution.
        column: (T,) group at the second end.
        row_person: (T,) the person at the first end.
        column_person: (T,) the person at the second end.
        amount: (T,) what it adds to the cell.
        count: how many groups there are.

    Returns:
        (G, G) booleans.
    """
    totals = totals_of_cells(row, column, amount, count)
    crowded = np.ones((count, count), dtype=np.bool_)
    for own, other, person, is_row in (
        (row, column, row_person, True),
        (column, row, column_person, False),
    ):
        people, largest = _by_cell(own, other, person, amount, count)
        if not is_row:
            people, largest = people.T, largest.T
        crowded &= (totals <= 0) | ((people >= SMALLEST_EVER) & (largest <= _MOST_OF_A_CELL * totals))
    return crowded


def totals_of_cells(
    row: NDArray[np.int64], column: NDArray[np.int64], amount: NDArray[np.float64], count: int
) -> NDArray[np.float64]:
    """Return (G, G) the sums of contributions by cell."""
    totals: NDArray[np.float64] = np.zeros(count * count)
    totals += np.bincount(row * count + column, weights=amount, minlength=count * count)
    return totals.reshape(count, count)


def _by_cell(
    own: NDArray[np.int64],
    other: NDArray[np.int64],
    person: NDArray[np.int64],
    amount: NDArray[np.float64],
    count: int,
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return by own group and other group how many people add to a cell, and the most that one of them adds.

    Everyone is in one group, so a person and the other group name the cell: (P, G) sums are all it takes.
    """
    most = int(person.max()) + 1 if len(person) else 0
    sums = np.bincount(person * count + other, weights=amount, minlength=most * count).reshape(most, count)
    group = np.zeros(most, dtype=np.int64)
    group[person] = own
    people = np.zeros((count, count), dtype=np.int64)
    largest = np.zeros((count, count))
    np.add.at(people, group, sums > 0)
    np.maximum.at(largest, group, sums)
    return people, largest


def _suppress_the_lonely(
    allowed: NDArray[np.bool_], totals: NDArray[np.float64], shown: NDArray[np.bool_]
) -> None:
    for line in np.flatnonzero(shown):
        missing = shown & ~allowed[line] & (totals[line] > 0)
        if missing.sum() == 1:
            rest = np.flatnonzero(allowed[line] & (totals[line] > 0))
            if len(rest):
                allowed[line, rest[np.argmin(totals[line, rest])]] = False
