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
"""What standing nearer to somebody of another community costs."""

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
        taken: (N, 4) boxes of the names that stand: left, right, low, high.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    weight: NDArray[np.float64]
    taken: NDArray[np.float64]

    @classmethod
    def of(cls, view: MapView) -> _Room:
        return cls(
            x=np.array([person.x for person in view.people]),
            y=np.array([person.y for person in view.people]),
            weight=np.array([12.0 if person.is_viewer else 1.0 for person in view.people]),
            taken=np.empty((0, 4)),
        )

    @property
    def span(self) -> float:
        return max(float(np.ptp(self.x)), float(np.ptp(self.y))) or 1.0

    def place(self, name: str, members: NDArray[np.intp], letters: Letters) -> tuple[float, float]:
        """Return where a name covers least: in the midst of its people, or beside most of them."""
        # The median and not the mean: a group in two places would have its name where nobody is.
        x, y = float(np.median(self.x[members])), float(np.median(self.y[members]))
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
        own, others = self._distances(columns, rows, members)
        cost += _FAR * own / tall + np.where(own <= others, 0.0, _ELSEWHERE)
        cost += _AWAY * (np.abs(_STEPS)[:, None] / 2 + 2 * np.abs(_ASIDE))
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
        in_row = (self.y > rows[:, :1] - margin) & (self.y < rows[:, 1:] + margin)
        in_column = (self.x > columns[:, :1] - margin) & (self.x < columns[:, 1:] + margin)
        covered: NDArray[np.float64] = (in_row * self.weight) @ in_column.T
        return covered

    def _crossed(self, columns: NDArray[np.float64], rows: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return (R, C) how many names that stand a name in each row and column would cross."""
        left, right, low, high = self.taken.T
        in_row = (rows[:, :1] < high) & (low < rows[:, 1:])
        in_column = (columns[:, :1] < right) & (left < columns[:, 1:])
        crossed: NDArray[np.int64] = in_row.astype(np.int64) @ in_column.T.astype(np.int64)
        return crossed

    def _distances(
        self, columns: NDArray[np.float64], rows: NDArray[np.float64], members: NDArray[np.intp]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return (R, C) how far a name in each row and column is from the nearest member, and other dot."""
        own = _nearest(self.x[members], self.y[members], columns, rows)
        # Whoever else is nearer is within that distance, so most of a large map need not be looked at.
        reach = float(own.max())
        others = (
            (self.x > columns.min() - reach)
            & (self.x < columns.max() + reach)
            & (self.y > rows.min() - reach)
            & (self.y < rows.max() + reach)
        )
        others[members] = False
        return own, _nearest(self.x[others], self.y[others], columns, rows)


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
