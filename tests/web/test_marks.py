"""Communities are told apart by more than a colour, and each has its name where it stands."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from tests.web.made_up import ADA, MadeUp

from crosstie.actions.views import GroupNode, MapPerson, MapView
from crosstie.web import marks
from crosstie.web import settings as web_settings

web_settings.apply()


@pytest.fixture
def view() -> MapView:
    return MadeUp().network_map(ADA)


def community(name: str, size: int = 12) -> GroupNode:
    return GroupNode(key=name, label=name, kind="community", size=size, x=0.0, y=0.0)


def person(x: float, y: float, of: str = "", *, is_viewer: bool = False) -> MapPerson:
    return MapPerson(key=f"{x} {y}", name="", x=x, y=y, group="", community=of, is_viewer=is_viewer)


def test_no_two_of_forty_eight_communities_share_hue_and_shape(view):
    made = marks.marks(replace(view, groups=tuple(community(f"c{number:02}") for number in range(48))))
    assert len({(each.hue, each.shape) for each in made}) == 48
    assert all(one.hue != other.hue and one.shape != other.shape for one, other in pairwise(made))


def test_only_communities_that_may_be_shown_have_a_mark(view):
    assert [each.name for each in marks.marks(view)] == [
        group.label
        for group in sorted(view.groups, key=lambda each: (-each.size, each.label))
        if group.kind == "community"
    ]


@pytest.mark.parametrize("letters", [marks.WIDE, marks.NARROW])
def test_every_community_has_its_name_and_none_covers_the_viewer_or_another(view, letters):
    placed = marks.places(view, letters)
    assert sorted(each["name"] for each in placed) == sorted(each.name for each in marks.marks(view))
    me = next(each for each in view.people if each.is_viewer)
    xs, ys = [each.x for each in view.people], [each.y for each in view.people]
    span = max(max(xs) - min(xs), max(ys) - min(ys))
    boxes = [
        (each["x"], each["y"], letters.wide * span * (len(each["name"]) + 2) / 2, letters.tall * span / 2)
        for each in placed
    ]
    for number, (x, y, half_wide, half_tall) in enumerate(boxes):
        assert abs(me.x - x) > half_wide or abs(me.y - y) > half_tall
        for other_x, other_y, other_wide, other_tall in boxes[:number]:
            assert (
                abs(x - other_x) >= half_wide + other_wide - 1e-3
                or abs(y - other_y) >= half_tall + other_tall - 1e-3
            )


def test_a_community_in_two_places_has_its_name_where_most_of_it_is(view):
    people = tuple(person(x, 0.1 * x, "Around Design") for x in (0.0, 0.1, 0.2, 0.1, 9.0))
    alone = replace(view, groups=(community("Around Design"),), people=people, ties=())
    (place,) = marks.places(alone, marks.WIDE)
    assert place["name"] == "Around Design"
    assert abs(place["x"] - 0.1) < 2


def beyond(place: marks.Place, person: MapPerson, letters: marks.Letters, span: float) -> float:
    """Return how many heights of a name somebody is away from its edge."""
    half_wide, half_tall = letters.wide * span * (len(place["name"]) + 2) / 2, letters.tall * span / 2
    across = max(abs(person.x - place["x"]) - half_wide, 0.0)
    along = max(abs(person.y - place["y"]) - half_tall, 0.0)
    return float(np.hypot(across, along) / (letters.tall * span))


@pytest.mark.parametrize("letters", [marks.WIDE, marks.NARROW])
def test_a_name_stands_beside_its_people_also_where_they_are_in_a_crowd(view, letters):
    """As in the demo: a community in the middle of others, with much room farther to its right."""
    dice = np.random.default_rng(3)
    own = [person(x, y, "Around Production") for x, y in dice.normal((0.1, 0.0), 0.1, (40, 2))]
    around = [person(x, y) for x, y in dice.normal((-0.4, 0.0), 0.25, (140, 2))]
    others = [person(x, y) for x, y in dice.normal((0.1, -0.3), 0.05, (20, 2))]
    others += [person(x, y) for x, y in dice.normal((0.1, 0.3), 0.05, (20, 2))]
    people = (*own, *around, *others, person(1.0, 0.0), person(-0.6, 0.1, is_viewer=True))
    crowd = replace(view, groups=(community("Around Production", 40),), people=people, ties=())
    xs, ys = [each.x for each in people], [each.y for each in people]
    span = max(max(xs) - min(xs), max(ys) - min(ys))
    (place,) = marks.places(crowd, letters)
    assert min(beyond(place, each, letters, span) for each in own) < 0.5


def test_whoever_is_in_no_community_shown_has_no_name_on_the_map(view):
    people = (*(person(x, 0.0, "Around Design") for x in (0.0, 0.1)), *(person(5.0, y) for y in (0, 1, 2)))
    few = replace(view, groups=(community("Around Design"),), people=people, ties=((2, 3, 1.0), (3, 4, 1.0)))
    assert [each["name"] for each in marks.places(few, marks.WIDE)] == ["Around Design"]


def test_a_map_of_nobody_has_no_names(view):
    assert marks.places(replace(view, people=(), ties=(), groups=()), marks.WIDE) == []
