"""How communities are told apart on the map of people: by hue, by shape, and by a name where they stand."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from crosstie.actions.views import MapView

COMMUNITY = "community"
HUES = 12
SHAPES = ("circle", "square", "triangle", "diamond")

_FAR = 3.0
"""What standing one height of a name farther from the nearest of its people costs, in dots covered."""

_AWAY = 0.4
"""What standing one height of a name farther from the middle of its people costs."""

_ELSEWHERE = 6.0
"""What standing nearer to somebody of another community costs, at most once."""

_STEPS = np.arange(-12, 13)
"""Half heights of a name above or below the middle of its people."""

_ASIDE = np.array([0.0, -0.25, 0.25, -0.5, 0.5, -0.75, 0.75, -1.0, 1.0])
"""Widths of a name to the left or right of it."""


class Place(TypedDict):
    """Where a name stands on the map."""

    x: float
    y: float
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """How large names are on a map whose people span one: a name's height, a character, the free edge."""

    tall: float
    wide: float
    edge: float


WIDE = Letters(tall=0.042, wide=0.0125, edge=0.3)
NARROW = Letters(tall=0.072, wide=0.0205, edge=0.08)
"""For some 600 points across at 15 a letter, and for a phone's 290 at 12."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How one community is marked. Neighbours in the list differ in both, and 48 in at least one."""

    name: str
    size: int
    hue: int
    shape: str


def marks(view: MapView) -> list[Mark]:
    """Return the mark of each community that is large enough to be shown, largest first."""
    groups = sorted(
        (group for group in view.groups if group.kind == COMMUNITY), key=lambda each: (-each.size, each.label)
    )
    return [
        Mark(
            name=group.label,
            size=group.size,
            hue=number % HUES,
            shape=SHAPES[(number + number // HUES) % len(SHAPES)],
        )
        for number, group in enumerate(groups)
    ]


def community_labels(view: MapView) -> dict[str, str]:
    """Return the label of each shown community by its key and by its label; people carry either."""
    groups = [group for group in view.groups if group.kind == COMMUNITY]
    return {group.key: group.label for group in groups} | {group.label: group.label for group in groups}


def places(view: MapView, letters: Letters) -> list[Place]:
    """Return where names stand on the map: beside a community's people, over as few dots as can be."""
    labels = community_labels(view)
    members: dict[str, list[int]] = defaultdict(list)
    for index, person in enumerate(view.people):
        if person.community in labels:
            members[labels[person.community]].append(index)
    named = sorted(members.items(), key=lambda each: (-len(each[1]), each[0]))
    room = _Room.of(view)
    placed: list[Place] = []
    for name, people in named:
        x, y = room.place(name, np.array(people), letters)
        placed.append({"x": round(x, 4), "y": round(y, 4), "name": name})
    return placed


@dataclass(slots=True)
class _Room:
    """What names have to keep clear of: the dots, above all the viewer's own, and one another.

    Attributes:
        x, y: (P,) where the dots are.
        weight: (P,) what covering a dot costs.
        span: how far the dots reach, across or up, whichever is more.
        taken: (N, 4) boxes of the names that stand: left, right, low, high.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    weight: NDArray[np.float64]
    span: float
    taken: NDArray[np.float64]

    @classmethod
    def of(cls, view: MapView) -> _Room:
        x = np.array([person.x for person in view.people])
        y = np.array([person.y for person in view.people])
        return cls(
            x=x,
            y=y,
            weight=np.array([12.0 if person.is_viewer else 1.0 for person in view.people]),
            span=(max(float(np.ptp(x)), float(np.ptp(y))) or 1.0) if len(x) else 1.0,
            taken=np.empty((0, 4)),
        )

    def place(self, name: str, members: NDArray[np.intp], letters: Letters) -> tuple[float, float]:
        """Return where a name covers least: in the midst of its people, or beside most of them."""
        # The median and not the mean: a group in two places would have its name where nobody is.
        x, y = _middle(self.x[members]), _middle(self.y[members])
        left, right = float(self.x.min()), float(self.x.max())
        tall = letters.tall * self.span
        wide = min(letters.wide * self.span * (len(name) + 2), right - left + tall)
        first = left - letters.edge * self.span + wide / 2
        last = right + letters.edge * self.span - wide / 2
        at_x = np.clip(x + _ASIDE * wide, first, last) if first < last else np.full(len(_ASIDE), x)
        at_y = y + _STEPS * tall / 2
        columns = np.column_stack([at_x - wide / 2, at_x + wide / 2])
        rows = np.column_stack([at_y - tall / 2, at_y + tall / 2])
        cost = self._covered(columns, rows, tall / 4) + 100.0 * self._crossed(columns, rows)
        own = _nearest(self.x[members], self.y[members], columns, rows)
        cost += _FAR * own / tall + _AWAY * (np.abs(_STEPS)[:, None] / 2 + 2 * np.abs(_ASIDE))
        # Whether others stand nearer need be known only where that would still decide.
        open_rows, open_columns = np.nonzero(cost < cost.min() + _ELSEWHERE)
        reach = own[open_rows, open_columns]
        cost += _ELSEWHERE
        nearer = self._others_within(reach, columns[open_columns], rows[open_rows], members)
        cost[open_rows, open_columns] -= np.where(nearer, 0.0, _ELSEWHERE)
        _cost, best_x, best_y, column, row = min(
            (float(cost[row, column]), float(at_x[column]), float(at_y[row]), column, row)
            for row, column in np.argwhere(cost == cost.min()).tolist()
        )
        self.taken = np.vstack([self.taken, [*columns[column], *rows[row]]])
        return best_x, best_y

    def _covered(
        self, columns: NDArray[np.float64], rows: NDArray[np.float64], margin: float
    ) -> NDArray[np.float64]:
        """Return (R, C) what the dots cost that a name in each row and column covers, with a margin."""
        near = self._within(
            columns.min() - margin, columns.max() + margin, rows.min() - margin, rows.max() + margin
        )
        x, y = self.x[near], self.y[near]
        in_row = (y > rows[:, :1] - margin) & (y < rows[:, 1:] + margin)
        in_column = (x > columns[:, :1] - margin) & (x < columns[:, 1:] + margin)
        # Sums of small whole numbers, which half the bits hold exactly.
        weight = self.weight[near].astype(np.float32)
        covered = in_row.astype(np.float32) @ (in_column * weight).T
        return covered.astype(np.float64)

    def _crossed(self, columns: NDArray[np.float64], rows: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return (R, C) how many names that stand a name in each row and column would cross."""
        left, right, low, high = self.taken.T
        in_row = (rows[:, :1] < high) & (low < rows[:, 1:])
        in_column = (columns[:, :1] < right) & (left < columns[:, 1:])
        crossed: NDArray[np.int64] = in_row.astype(np.int64) @ in_column.T.astype(np.int64)
        return crossed

    def _others_within(
        self,
        reach: NDArray[np.float64],
        columns: NDArray[np.float64],
        rows: NDArray[np.float64],
        members: NDArray[np.intp],
    ) -> NDArray[np.bool_]:
        """Return (N,) whether somebody of another community is nearer to each of N boxes than its reach."""
        far = float(reach.max(initial=0.0))
        others = self._within(columns.min() - far, columns.max() + far, rows.min() - far, rows.max() + far)
        others[members] = False
        across, along = _outside(self.x[others], columns), _outside(self.y[others], rows)
        nearer: NDArray[np.bool_] = (across**2 + along**2).min(axis=1, initial=np.inf) < reach**2
        return nearer

    def _within(self, left: float, right: float, low: float, high: float) -> NDArray[np.bool_]:
        """Return (P,) whether each dot is within a box."""
        return (self.x > left) & (self.x < right) & (self.y > low) & (self.y < high)


def _middle(at: NDArray[np.float64]) -> float:
    """Return the median; numpy's own would first load its masked arrays, for a quarter of a page's time."""
    return float(np.sort(at)[[(len(at) - 1) // 2, len(at) // 2]].mean())


def _nearest(
    x: NDArray[np.float64], y: NDArray[np.float64], columns: NDArray[np.float64], rows: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return (R, C) the distance of the nearest dot from each box, 0 within; without dots, infinity."""
    across, along = _outside(x, columns) ** 2, _outside(y, rows) ** 2
    squares = np.array([(across + row).min(axis=1, initial=np.inf) for row in along])
    return np.asarray(np.sqrt(squares), dtype=np.float64)


def _outside(at: NDArray[np.float64], ends: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (N, P) how far dots are beyond the two ends of each span, 0 between them."""
    return np.maximum(np.maximum(ends[:, :1] - at, at - ends[:, 1:]), 0.0)
