"""Which groups, and which cells, may be shown where several kinds of groups divide the same people.

A department without the teams shown within it is one more group: what remains of it has to be none or
large enough too, in how many people it is and in what flows (`docs/explanation/privacy.md`).

What lies wholly within something else is looked at, kind by kind and over all kinds together. Groups that
only overlap are not: what could be found from those needs more than one subtraction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, permutations
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from crosstie.privacy.groups import (
    SMALLEST_EVER,
    crowded_cells,
    showable_groups,
    totals_of_cells,
    without_lone_gaps,
)

_Group: TypeAlias = tuple[int, int]
"""The number of a kind, and of a group of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One way of dividing P people into G groups.

    Attributes:
        group: (P,) the group of each person, -1 for none.
        count: () how many groups there are; none is empty.
    """

    group: NDArray[np.int64]
    count: int

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Return (G,) people in each group."""
        return np.bincount(self.group[self.group >= 0], minlength=self.count)

    def within(self, other: Kind) -> NDArray[np.int64]:
        """Return (G,) the group of another kind that holds all people of a group, -1 where none does."""
        placed = self.group >= 0
        least = np.full(self.count, np.iinfo(np.int64).max)
        most = np.full(self.count, -1)
        np.minimum.at(least, self.group[placed], other.group[placed])
        np.maximum.at(most, self.group[placed], other.group[placed])
        return np.where(least == most, most, -1)


def showable_kinds(kinds: Sequence[Kind], smallest: int) -> list[NDArray[np.bool_]]:
    """Say which groups of each kind are large enough, and leave no few people by subtraction.

    Where a group without those shown within it leaves somebody, but fewer than the smallest group, one of
    them all is not shown: of the last kind among them the smallest.

    Args:
        kinds: ways of dividing the same people, those that matter most first.
        smallest: the smallest group to show; values below `SMALLEST_EVER` are raised to it.

    Returns:
        For each kind (G,) booleans.
    """
    sizes = [kind.sizes for kind in kinds]
    shown = [showable_groups(one, smallest) for one in sizes]
    parts: dict[_Group, list[_Group]] = {}
    for coarse, fine in permutations(range(len(kinds)), 2):
        for part, whole in enumerate(kinds[fine].within(kinds[coarse]).tolist()):
            if whole >= 0 and sizes[fine][part] < sizes[coarse][whole]:
                parts.setdefault((coarse, whole), []).append((fine, part))
    people = {one: _people(kinds, one) for one in {*parts, *chain.from_iterable(parts.values())}}
    before = -1
    while before != (before := sum(int(one.sum()) for one in shown)):
        for whole, within in parts.items():
            for some in _each_and_all(within):
                among = sorted(
                    (one for one in some if shown[one[0]][one[1]]), key=lambda one: -len(people[one])
                )
                apart = _apart(among, people)
                rest = len(people[whole]) - sum(len(people[one]) for one in apart)
                if shown[whole[0]][whole[1]] and apart and 0 < rest < max(smallest, SMALLEST_EVER):
                    kind, group = min((whole, *apart), key=lambda one: (-one[0], len(people[one])))
                    shown[kind][group] = False
    return shown


def showable_nested_cells(
    kinds: Sequence[Kind],
    *,
    shown: Sequence[NDArray[np.bool_]],
    row_person: NDArray[np.int64],
    column_person: NDArray[np.int64],
    amounts: Sequence[NDArray[np.float64]],
) -> list[NDArray[np.bool_]]:
    """Say which cells of each kind's table may be shown, also beside those of the other kinds.

    Beside what `showable_cells` asks, a cell without the cells shown within it has to be empty or rest on
    as many people as a cell does. Where it does not, those within it of the last kind are not shown, or,
    where the cell is itself of the last kind, the cell.

    Args:
        kinds: ways of dividing the same P people, those that matter most first.
        shown: for each kind (G,), from `showable_kinds`.
        row_person: (T,) the person at the first end of a contribution.
        column_person: (T,) the person at the second end.
        amounts: one or more (T,) of what it adds to its cell; a cell is shown with all of them or none.

    Returns:
        For each kind (G, G) booleans.
    """
    cells = [
        _Cells(kind=kind, shown=large, row_person=row_person, column_person=column_person, amounts=amounts)
        for kind, large in zip(kinds, shown, strict=True)
    ]
    before = -1
    while before != (before := sum(int(one.allowed.sum()) for one in cells)):
        for coarse, whole in enumerate(cells):
            within = {
                fine: part.lying_in(whole) for fine, part in enumerate(cells) if fine != coarse
            }  # (T,) whether a contribution is in a shown cell of the kind that lies within one of this kind
            for some in _each_and_all([(fine, 0) for fine in within]):
                inside = {fine: within[fine] for fine, _ in some}
                left_out = np.logical_or.reduce(list(inside.values()))
                if not left_out.any():
                    continue
                thin = whole.thin_without(left_out)
                if not thin.any():
                    continue
                in_thin = thin[whole.row, whole.column] & whole.placed
                last = max((fine for fine, one in inside.items() if (one & in_thin).any()), default=-1)
                if last > coarse:
                    given_away = inside[last] & in_thin
                    cells[last].bar(cells[last].row[given_away], cells[last].column[given_away])
                else:
                    whole.bar(*np.nonzero(thin))
                break
    return [one.allowed for one in cells]


class _Cells:
    """The table of one kind, as far as it may be shown."""

    def __init__(
        self,
        *,
        kind: Kind,
        shown: NDArray[np.bool_],
        row_person: NDArray[np.int64],
        column_person: NDArray[np.int64],
        amounts: Sequence[NDArray[np.float64]],
    ) -> None:
        self.kind = kind
        self.row, self.column = kind.group[row_person], kind.group[column_person]
        self.placed = (self.row >= 0) & (self.column >= 0)
        self._shown, self._amounts = shown, amounts
        self._row_person, self._column_person = row_person, column_person
        self._barred = np.zeros((kind.count, kind.count), dtype=np.bool_)
        large = np.outer(shown, shown)
        self._alone = [(crowded & large, totals) for crowded, totals in self._looked_at(self.placed)]
        self.allowed = self._allowed()

    def bar(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> None:
        """Let cells be shown no more, and what would give those away."""
        self._barred[rows, columns] = True
        self.allowed = self._allowed()

    def lying_in(self, other: _Cells) -> NDArray[np.bool_]:
        """Return (T,) whether a contribution is in a cell shown here that is part of one of another kind."""
        within, sizes = self.kind.within(other.kind), self.kind.sizes
        is_whole = (within >= 0) & (sizes == np.where(within >= 0, other.kind.sizes[within], -1))
        found = self.placed.copy()
        row, column = self.row[found], self.column[found]
        found[found] = (
            self.allowed[row, column]
            & (within[row] >= 0)
            & (within[column] >= 0)
            & ~(is_whole[row] & is_whole[column])  # then it is the same cell
        )
        return found

    def thin_without(self, left_out: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return (G, G) which cells shown here rest on too few people without some contributions."""
        enough = np.ones_like(self.allowed)
        for crowded, _ in self._looked_at(self.placed & ~left_out):
            enough &= crowded
        return self.allowed & ~enough

    def _looked_at(self, some: NDArray[np.bool_]) -> Iterator[tuple[NDArray[np.bool_], NDArray[np.float64]]]:
        """Yield for each amount which cells some contributions crowd, and what they add to each."""
        row, column = self.row[some], self.column[some]
        for amount in self._amounts:
            crowded = crowded_cells(
                row=row,
                column=column,
                row_person=self._row_person[some],
                column_person=self._column_person[some],
                amount=amount[some],
                count=self.kind.count,
            )
            yield crowded, totals_of_cells(row, column, amount[some], self.kind.count)

    def _allowed(self) -> NDArray[np.bool_]:
        allowed = ~self._barred
        for crowded, totals in self._alone:
            allowed &= without_lone_gaps(crowded & ~self._barred, totals, self._shown)
        return allowed


def _people(kinds: Sequence[Kind], one: _Group) -> NDArray[np.int64]:
    return np.flatnonzero(kinds[one[0]].group == one[1])


def _each_and_all(groups: Sequence[_Group]) -> list[list[_Group]]:
    """Return groups by kind, and then all of them where they are of more than one."""
    by_kind: dict[int, list[_Group]] = {}
    for one in groups:
        by_kind.setdefault(one[0], []).append(one)
    return [*by_kind.values(), *([list(groups)] if len(by_kind) > 1 else [])]


def _apart(groups: Sequence[_Group], people: Mapping[_Group, NDArray[np.int64]]) -> list[_Group]:
    """Return of some groups, in their order, those that share nobody with one before."""
    taken: set[int] = set()
    apart = []
    for one in groups:
        these = people[one].tolist()
        if taken.isdisjoint(these):
            taken.update(these)
            apart.append(one)
    return apart
