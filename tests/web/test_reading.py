"""What a view says, in the order and the words in which people read it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.web.made_up import ADA, MadeUp

from crosstie.actions.views import GroupFlow
from crosstie.web import reading
from crosstie.web import settings as web_settings
from crosstie.web.words import day, lines, listed

web_settings.apply()


@pytest.mark.parametrize(
    ("learned", "words"),
    [
        (0.0, "not seen in these sources"),
        (1.0, "far less than chance would bring"),
        (5.0, "less than chance would bring"),
        (10.0, "about what chance would bring"),
        (13.0, "more than chance would bring"),
    ],
)
def test_a_flow_is_said_in_words_beside_chance(learned, words):
    view = MadeUp().network_map(ADA)
    one, other = view.groups[:2]
    flow = GroupFlow(learner=one.key, teacher=other.key, turned_to=learned, contact=1.0, expected=10.0)
    (said,) = reading.side(replace(view, flows=(flow,)), one.kind).flows
    assert said.words == words


def test_what_stays_inside_a_group_is_no_flow_between_groups():
    view = MadeUp().network_map(ADA)
    group = view.groups[0]
    inside = GroupFlow(learner=group.key, teacher=group.key, turned_to=99.0, contact=9.0, expected=1.0)
    assert reading.side(replace(view, flows=(inside,)), group.kind).flows == ()


def test_flows_of_another_kind_of_group_stay_out():
    view = MadeUp().network_map(ADA)
    flows = reading.side(view, "location").flows
    assert flows
    assert {flow.learner.kind for flow in flows} == {"location"}


@pytest.mark.parametrize("amounts", [(10.0, 3.0, 0.1), (400.0, 1.0, 0.9), (4.0, 3.9, 0.0)])
def test_often_is_often_whoever_else_is_in_the_list(amounts):
    contacts = MadeUp().circle(ADA).contacts[:3]
    amounts = dict(zip((each.person.key for each in contacts), amounts, strict=True))
    listed = reading.people_in_words(contacts, lambda key: key, amount=lambda each: amounts[each.person.key])
    assert [row.words.partition(",")[0] for row in listed.first] == ["often", "now and then", "seldom"]


def test_the_day_beside_whom_one_turned_to_is_that_of_any_contact_and_says_so():
    contacts = MadeUp().circle(ADA).contacts[:3]
    listed = reading.people_in_words(contacts, lambda key: key, amount=lambda each: each.turned_to)
    said = [row.words.partition(" · ")[0].partition(", ")[2] for row in listed.first]
    assert said == [f"last in touch on {day(each.last_at)}" for each in contacts]


def test_a_long_list_shows_some_and_keeps_the_rest_in_order():
    contacts = MadeUp().circle(ADA).contacts
    listed = reading.people_in_words(contacts, lambda key: key, amount=lambda each: each.contact)
    assert [row.name for row in (*listed.first, *listed.more)] == [each.person.name for each in contacts]
    assert len(listed.first) == 8


def test_what_is_inferred_is_marked():
    contacts = MadeUp().circle(ADA).contacts
    listed = reading.people_in_words(contacts, lambda key: key, amount=lambda each: each.contact)
    rows = (*listed.first, *listed.more)
    assert [row.words.endswith("inferred") for row in rows] == [not each.is_stated for each in contacts]


def test_people_without_a_name_are_counted_and_not_listed():
    listed = reading.people_by_group(MadeUp().network_map(ADA))
    assert sum(unnamed for _, _, unnamed in listed) == sum(
        not person.name for person in MadeUp().network_map(ADA).people
    )
    assert all(person.name for _, people, _ in listed for person in people)


def test_a_list_of_people_marks_the_viewer_and_escapes_names():
    ann, me = MadeUp().network_map(ADA).people[:2]
    people = [replace(ann, name="<b>Ann", is_viewer=False), replace(me, name="Me", is_viewer=True)]
    assert listed(people) == '<li>&lt;b&gt;Ann</li><li>Me <em class="own">you</em></li>'


@pytest.mark.parametrize("elsewhere", [0, 1, 9])
def test_a_rest_of_fewer_than_the_smallest_group_is_not_counted(elsewhere):
    made_up = MadeUp()
    view = made_up.network_map(ADA)
    few = reading.side(replace(view, everyone=len(made_up.people) + elsewhere), "department")
    assert few.elsewhere == 0
    many = reading.side(replace(view, everyone=len(made_up.people) + 10), "department")
    assert many.elsewhere == 10


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("one\ntwo", "one<br>two"),
        ("one\r\ntwo\r\n", "one<br>two"),
        ("one\n\ntwo\n", "one<br><br>two"),
        ("<b>\n&", "&lt;b&gt;<br>&amp;"),
        *((f"one{odd}two", f"one{odd}two") for odd in "\v\f\x1c\x1d\x1e\x85\u2028\u2029"),
        ("", ""),
    ],
)
def test_a_line_ends_where_somebody_ended_it_and_at_no_odd_separator(words, shown):
    assert lines(words) == shown
