"""Pictures hold what they say, keep labels apart, and are escaped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.web.made_up import ADA, MadeUp
from tests.web.made_up_counts import EVIL

from crosstie.actions.views import Month
from crosstie.web import charts
from crosstie.web import settings as web_settings
from crosstie.web.charts.circle import _hull
from crosstie.web.charts.labels import Dot, Label, place_labels, width_of
from crosstie.web.charts.months import _scale
from crosstie.web.charts.svg import tag, text
from crosstie.web.reading import side

web_settings.apply()
SIZE = 12.0


def box(label: Label) -> tuple[float, float, float, float]:
    long = width_of(label.words) * SIZE
    start = {"start": label.x, "end": label.x - long, "middle": label.x - long / 2}[label.anchor]
    return start, label.y - 0.7 * SIZE, start + long, label.y


numbers = st.floats(0, 300, allow_nan=False)
dots = st.lists(st.builds(Dot, x=numbers, y=numbers, radius=st.just(4.0), words=st.text("abc", max_size=12)))


@settings(max_examples=60)
@given(dots)
def test_labels_never_cover_one_another_and_stay_inside(found):
    labels = [label for label in place_labels(found, width=300, height=300, size=SIZE, most=20) if label]
    assert len(labels) <= 20
    for number, label in enumerate(labels):
        left, top, right, bottom = box(label)
        assert left >= 0
        assert top >= 0
        assert right <= 300
        assert bottom <= 300
        for other in labels[:number]:
            far = box(other)
            assert left >= far[2] or far[0] >= right or top >= far[3] or far[1] >= bottom


def test_a_lone_dot_has_its_label_at_its_right():
    (label,) = place_labels(
        [Dot(x=50, y=50, radius=4, words="Ada")], width=200, height=100, size=SIZE, most=1
    )
    assert label
    assert label.anchor == "start"


def test_a_dot_at_the_right_edge_has_its_label_at_its_left():
    (label,) = place_labels(
        [Dot(x=195, y=50, radius=4, words="Ada")], width=200, height=100, size=SIZE, most=1
    )
    assert label
    assert label.anchor == "end"


def test_the_hull_of_a_square_and_its_middle_is_the_square():
    assert sorted(_hull([(0, 0), (2, 0), (2, 2), (0, 2), (1, 1)])) == [(0, 0), (0, 2), (2, 0), (2, 2)]


@pytest.mark.parametrize(
    ("highest", "expected"), [(0, (1, 1)), (3, (1, 3)), (7, (2, 8)), (24, (10, 30)), (5000, (2000, 6000))]
)
def test_an_axis_ends_at_a_round_number_above_all(highest, expected):
    step, top = _scale(highest)
    assert (step, top) == expected
    assert top >= highest


def test_the_line_over_time_has_a_point_a_month_from_left_to_right():
    months = MadeUp().circle(ADA).months
    drawn = charts.months_chart(months)
    assert drawn
    line = drawn.wide.partition('class="curve"')[0].rpartition('d="M')[2].partition('"')[0]
    points = [tuple(map(float, point.split())) for point in line.split(" L")]
    assert len(points) == len(months)
    assert all(one[0] < other[0] for one, other in pairwise(points))
    # SVG counts downwards: the fullest month stands highest.
    fullest = max(range(len(months)), key=lambda index: months[index].contacts)
    assert min(range(len(points)), key=lambda index: points[index][1]) == fullest


def test_months_in_which_the_record_only_begins_are_dashed_and_join_the_others():
    months = MadeUp().circle(ADA).months
    drawn = charts.months_chart(months, filling=4)
    assert drawn
    dashed, line = (
        drawn.wide.partition(f'class="{name}"')[0].rpartition('d="M')[2].partition('"')[0].split(" L")
        for name in ("curve filling", "curve")
    )
    assert (len(dashed), len(line)) == (5, len(months) - 4)
    assert dashed[-1] == line[0]


def test_a_year_of_one_month_more_than_fills_up_still_has_a_line():
    months = MadeUp().circle(ADA).months[:3]
    drawn = charts.months_chart(months, filling=4)
    assert drawn
    assert 'class="curve filling"' in drawn.wide


@pytest.mark.parametrize(
    ("words", "width"),
    [("Katarzyna Ifeakor", 7.27), ("Wynn Larkholme", 7.04), ("Ill", 0.76), ("MMM", 2.19)],
)
def test_a_name_is_taken_to_be_about_as_wide_as_it_is_drawn_and_never_much_narrower(words, width):
    """The widths were measured in a browser, in our own letters."""
    assert 0.96 * width <= width_of(words) <= 1.25 * width


def test_an_inferred_contact_is_drawn_in_dashes():
    view = MadeUp().circle(ADA)
    drawn = charts.circle_pictures(view, lambda key: key)
    inferred = sum(not each.is_stated for each in view.contacts)
    assert inferred > 0
    assert drawn.wide.count(' inferred"') >= inferred


def test_whoever_stands_alone_is_no_corner():
    view = MadeUp(contacts=5).circle(ADA)
    contacts = tuple(
        replace(one, cluster=cluster, x=0.5, y=0.5)
        for one, cluster in zip(view.contacts, (0, 0, 1, 1, 2), strict=True)
    )
    told = charts.circle_pictures(replace(view, contacts=contacts), lambda key: key).wide
    assert "They stand in 2 corners of people who are in touch with one another." in told
    assert "1 of them stands on their own." in told


def test_a_single_month_is_no_line():
    month = Month(month=date(2026, 5, 1), contacts=3, got=0, given=0)
    assert charts.months_chart((month,)) is None


def test_months_in_which_nobody_was_there_are_no_line_and_say_nothing():
    months = tuple(Month(month=date(2026, number, 1), contacts=0, got=0, given=0) for number in range(1, 10))
    assert charts.months_chart(months) is None


def test_every_group_is_drawn_and_none_covers_another():
    shown = side(MadeUp().network_map(ADA), "department")
    drawn = charts.group_pictures(shown)
    assert drawn
    discs = [
        [float(part.partition('"')[0]) for part in disc.split('="')[1:4]]
        for disc in drawn.wide.split("<circle ")[1:]
    ]
    assert len(discs) == len(shown.groups)
    for number, (x, y, radius) in enumerate(discs):
        for other_x, other_y, other_radius in discs[:number]:
            assert (x - other_x) ** 2 + (y - other_y) ** 2 >= (radius + other_radius) ** 2


def test_of_many_links_the_strongest_are_drawn_and_how_many_are_not_is_told():
    view = MadeUp().network_map(ADA)
    groups = [group for group in view.groups if group.kind == "department"]
    pairs = [(one.key, two.key) for one in groups for two in groups if one is not two]
    flow = view.flows[0]
    many = [
        replace(flow, learner=one, teacher=two, turned_to=float(1 + row % 30))
        for row, (one, two) in enumerate([*pairs, *pairs][:30])
    ]
    drawn = charts.group_pictures(side(replace(view, flows=tuple(many)), "department"))
    assert drawn
    assert drawn.wide.count('class="arrow') == 24
    assert drawn.left_out == 6
    few = charts.group_pictures(side(replace(view, flows=tuple(many[:3])), "department"))
    assert few
    assert few.left_out == 0


def test_arrows_go_from_those_who_turned_to_those_they_turned_to():
    view = MadeUp().network_map(ADA)
    one, other = (
        group for group in view.groups if group.kind == "department" and group.label in {"Design", "Sales"}
    )
    flow = next(each for each in view.flows if (each.learner, each.teacher) == (one.key, other.key))
    alone = replace(view, groups=(one, other), flows=(replace(flow, turned_to=5.0),))
    drawn = charts.group_pictures(side(alone, "department"))
    assert drawn
    discs = [
        [float(part.partition('"')[0]) for part in disc.split('="')[1:3]]
        for disc in drawn.wide.split("<circle ")[1:]
    ]
    head = drawn.wide.partition('class="head"')[0].rpartition('d="M')[2].split()[:2]
    tip = [float(part) for part in head]
    away = [(tip[0] - x) ** 2 + (tip[1] - y) ** 2 for x, y in discs]
    order = [group.key for group in sorted((one, other), key=lambda each: each.label)]
    assert order[away.index(min(away))] == other.key


def test_what_is_drawn_is_escaped():
    assert "<script" not in tag("text", text(EVIL), href=EVIL)
    view = MadeUp().circle(ADA)
    named = replace(view.contacts[0], person=replace(view.contacts[0].person, name=EVIL))
    drawn = charts.circle_pictures(replace(view, contacts=(named, *view.contacts[1:])), lambda key: key)
    assert "<script" not in drawn.wide + drawn.narrow
    assert "&lt;script" in drawn.wide


def test_a_circle_of_one_and_of_nobody_can_be_drawn():
    view = MadeUp().circle(ADA)
    for contacts in ((), view.contacts[:1]):
        drawn = charts.circle_pictures(replace(view, contacts=contacts, among=()), lambda key: key)
        assert drawn.wide.count("<a ") == len(contacts)
