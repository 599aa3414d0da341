"""How communities are told apart on the map of people: by hue, by shape, and by a name where they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypedDict

from django.utils.translation import gettext as _

from crosstie.actions.views import MapPerson, MapView

COMMUNITY = "community"
HUES = 12
SHAPES = ("circle", "square", "triangle", "diamond")

_ENOUGH_FOR_A_NAME = 3
_AWAY = 0.8
"""What standing one height of a name farther from its people costs, in dots covered."""

_ELSEWHERE = 4.0
"""What standing nearer to somebody of another community costs, in dots covered."""


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
    """Return where names stand on the map: beside most of a community's people, over as few dots as can be.

    Those who are in no community large enough to be shown, and in touch with one another, are said to be a
    small group, so that nobody on the map goes unexplained.
    """
    labels = community_labels(view)
    members: dict[str, list[MapPerson]] = defaultdict(list)
    for person in view.people:
        if person.community in labels:
            members[labels[person.community]].append(person)
    named = sorted(members.items(), key=lambda each: (-len(each[1]), each[0]))
    few = _("Fewer than %d people") % view.smallest_group
    named += [(few, people) for people in _small_groups(view, labels)]
    room = _Room.of(view)
    placed: list[Place] = []
    for name, people in named:
        x, y = room.place(name, people, letters)
        placed.append({"x": round(x, 4), "y": round(y, 4), "name": name})
    return placed


_Box = tuple[float, float, float, float]


@dataclass(slots=True)
class _Room:
    """What names have to keep clear of: the dots, above all the viewer's own, and one another."""

    people: tuple[MapPerson, ...]
    span: float
    left: float
    right: float
    taken: list[_Box]

    @classmethod
    def of(cls, view: MapView) -> _Room:
        xs, ys = [person.x for person in view.people] or [0.0], [person.y for person in view.people] or [0.0]
        return cls(
            people=view.people,
            span=max(max(xs) - min(xs), max(ys) - min(ys)) or 1.0,
            left=min(xs),
            right=max(xs),
            taken=[],
        )

    def place(self, name: str, people: Sequence[MapPerson], letters: Letters) -> tuple[float, float]:
        """Return where a name covers least: in the midst of its people, or beside most of them."""
        # The median and not the mean: a group in two places would have its name where nobody is.
        x, y = median(person.x for person in people), median(person.y for person in people)
        tall = letters.tall * self.span
        wide = min(letters.wide * self.span * (len(name) + 2), self.right - self.left + tall)
        first = self.left - letters.edge * self.span + wide / 2
        last = self.right + letters.edge * self.span - wide / 2
        choices: list[tuple[float, float, float, _Box]] = []
        for step in range(-12, 13):
            for aside in (0.0, -0.5, 0.5, -1.0, 1.0):
                at_x = max(min(x + aside * wide, last), first) if first < last else x
                at_y = y + step * tall / 2
                box = (at_x - wide / 2, at_y - tall / 2, at_x + wide / 2, at_y + tall / 2)
                cost = self._cost(box, people) + _AWAY * (abs(step) / 2 + 2 * abs(aside))
                choices.append((cost, at_x, at_y, box))
        _cost, at_x, at_y, box = min(choices)
        self.taken.append(box)
        return at_x, at_y

    def _cost(self, box: _Box, people: Sequence[MapPerson]) -> float:
        left, low, right, high = box
        margin = (high - low) / 4
        cost = 0.0
        for person in self.people:
            if left - margin < person.x < right + margin and low - margin < person.y < high + margin:
                cost += 12.0 if person.is_viewer else 1.0
        cost += 100.0 * sum(
            left < other[2] and other[0] < right and low < other[3] and other[1] < high
            for other in self.taken
        )
        x, y = (left + right) / 2, (low + high) / 2
        nearest = min(self.people, key=lambda each: (each.x - x) ** 2 + (each.y - y) ** 2)
        return cost if nearest in people else cost + _ELSEWHERE


def _small_groups(view: MapView, labels: dict[str, str]) -> list[list[MapPerson]]:
    """Return those without a shown community who hang together, three or more of them."""
    loose = [index for index, person in enumerate(view.people) if person.community not in labels]
    leads = {index: index for index in loose}

    def head(index: int) -> int:
        while leads[index] != index:
            leads[index] = leads[leads[index]]
            index = leads[index]
        return index

    for one, other, _contact in view.ties:
        if one in leads and other in leads:
            leads[head(one)] = head(other)
    together: dict[int, list[MapPerson]] = defaultdict(list)
    for index in loose:
        together[head(index)].append(view.people[index])
    return [people for people in together.values() if len(people) >= _ENOUGH_FOR_A_NAME]
