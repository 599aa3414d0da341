"""A group into pairs: nobody left out, nobody twice, no rule bent."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosstie.errors import UsageRefused
from crosstie.people.meeting import MeetingRules, PastMeeting, Stage, Standing, standing
from crosstie.practice.pairing import Pairing, Unplaced, pair_up

TODAY = date(2026, 6, 1)


def _rules(people: list[str], **changes) -> MeetingRules:
    return MeetingRules(**{"on": TODAY, "joined": frozenset(people), **changes})


def _pair(people: list[str], rules: MeetingRules | None = None, **changes) -> Pairing:
    given = {"group_of": {}, "in_contact": (), "seed": 7, **changes}
    return pair_up(people, rules=rules or _rules(people), **given)


@st.composite
def groups(draw) -> tuple[list[str], MeetingRules, dict[str, str], list[tuple[str, str]]]:
    people = [f"p{number:02}" for number in range(draw(st.integers(0, 15)))]
    pairs = list(combinations(people, 2))
    some = st.lists(st.sampled_from(pairs), max_size=12) if pairs else st.just([])
    past = tuple(
        PastMeeting(
            people=pair,
            on=TODAY - timedelta(days=draw(st.integers(0, 120))),
            stage=draw(st.sampled_from(Stage)),
        )
        for pair in draw(some)
    )
    whom = st.lists(st.sampled_from(people), max_size=2) if people else st.just([])
    rules = _rules(
        people,
        opted_out=frozenset(draw(whom)),
        paused=dict.fromkeys(draw(whom)),
        do_not_pair=frozenset(draw(some)),
        past=past,
    )
    return people, rules, {person: draw(st.sampled_from("abc")) for person in people}, draw(some)


@settings(max_examples=80)
@given(groups(), st.integers(0, 1000))
def test_everyone_is_in_one_meeting_or_unplaced_with_a_reason_and_no_rule_is_bent(group, seed):
    people, rules, group_of, contact = group
    found = pair_up(people, rules=rules, group_of=group_of, in_contact=contact, seed=seed)
    placed = [person for meeting in found.meetings for person in meeting.people]
    assert sorted([*placed, *found.unplaced]) == people
    by = standing(rules)
    for meeting in found.meetings:
        assert 2 <= len(meeting.people) <= 3
        assert all(by.may_meet(*pair) for pair in combinations(meeting.people, 2))
    for person, reason in found.unplaced.items():
        assert (by.bar(person) is None) == (reason is Unplaced.NOBODY_LEFT)


@settings(max_examples=40)
@given(groups(), st.randoms(use_true_random=False))
def test_the_order_in_which_people_are_given_makes_no_difference(group, shuffler):
    people, rules, group_of, contact = group
    mixed, turned = list(people), [(other, one) for one, other in contact]
    shuffler.shuffle(mixed)
    one = pair_up(people, rules=rules, group_of=group_of, in_contact=contact, seed=3)
    assert pair_up(mixed, rules=rules, group_of=group_of, in_contact=turned, seed=3) == one


@pytest.mark.parametrize("count", [2, 3, 4, 5, 9, 40, 41])
def test_without_rules_nobody_is_left_out_and_only_an_odd_number_makes_a_trio(count):
    people = [f"p{number:02}" for number in range(count)]
    found = _pair(people)
    assert not found.unplaced
    assert sorted(len(meeting.people) for meeting in found.meetings) == [2] * (count // 2 - count % 2) + [
        3
    ] * (count % 2)


def test_two_groups_of_four_who_know_their_own_are_paired_across():
    people = ["a1", "a2", "a3", "a4", "b1", "b2", "b3", "b4"]
    inside = [*combinations(people[:4], 2), *combinations(people[4:], 2)]
    found = _pair(people, group_of={person: person[0] for person in people}, in_contact=inside)
    assert all((meeting.strangers, meeting.across) == (1, 1) for meeting in found.meetings)
    assert len(found.meetings) == 4


def test_strangers_of_one_group_go_before_acquaintances_of_two():
    people = ["a1", "a2", "b1", "b2"]
    known = [("a1", "b1"), ("a1", "b2"), ("a2", "b1"), ("a2", "b2")]
    found = _pair(people, group_of={person: person[0] for person in people}, in_contact=known)
    assert [meeting.people for meeting in found.meetings] == [("a1", "a2"), ("b1", "b2")]


def test_a_pair_that_met_long_ago_gives_way_to_a_new_one():
    long_ago = TODAY - timedelta(days=300)
    past = tuple(
        PastMeeting(people=pair, on=long_ago, stage=Stage.MET)
        for pair in (("ada", "ben"), ("cleo", "dan"), ("ada", "cleo"), ("ben", "dan"))
    )
    people = ["ada", "ben", "cleo", "dan"]
    for seed in range(5):
        found = _pair(people, _rules(people, past=past), seed=seed)
        assert [meeting.people for meeting in found.meetings] == [("ada", "dan"), ("ben", "cleo")]


def test_whoever_nobody_can_be_paired_with_is_named_without_saying_who_wants_whom_not():
    people = ["ada", "ben", "cleo"]
    apart = frozenset({("ben", "ada"), ("cleo", "ada")})
    found = _pair(people, _rules(people, do_not_pair=apart))
    assert [meeting.people for meeting in found.meetings] == [("ben", "cleo")]
    assert found.unplaced == {"ada": Unplaced.NOBODY_LEFT}
    assert "nobody in this group" in Unplaced.NOBODY_LEFT.value


def test_reasons_say_who_paused_or_has_had_enough_and_not_who_opted_out():
    people = ["ada", "ben", "cleo", "dan", "eve"]
    rules = _rules(["ada", "ben", "cleo", "dan"], opted_out=frozenset({"dan"}), paused={"cleo": None})
    assert _pair(people, rules).unplaced == {
        "cleo": Unplaced.PAUSED,
        "dan": Unplaced.NOT_TAKING_PART,
        "eve": Unplaced.NOT_TAKING_PART,
    }


def _fewest_left_over(people: list[str], by: Standing) -> int:
    """Return, by trying all divisions into pairs and trios, how few can be left over."""
    if not people:
        return 0
    one, rest = people[0], people[1:]
    fewest = 1 + _fewest_left_over(rest, by)
    for size in (1, 2):
        for others in combinations(rest, size):
            if fewest and all(by.may_meet(*pair) for pair in combinations((one, *others), 2)):
                left = [person for person in rest if person not in others]
                fewest = min(fewest, _fewest_left_over(left, by))
    return fewest


@settings(max_examples=60)
@given(st.integers(3, 9), st.integers(0, 10**6))
def test_no_more_are_left_over_than_there_must_be_in_any_division(count, seed):
    people = [f"p{number}" for number in range(count)]
    dice = Random(seed)
    apart = frozenset(pair for pair in combinations(people, 2) if dice.random() < 0.6)
    rules = _rules(people, do_not_pair=apart)
    found = _pair(people, rules, seed=seed)
    assert len(found.unplaced) == _fewest_left_over(people, standing(rules))


def test_one_person_alone_is_named_and_someone_named_twice_is_refused():
    assert _pair(["ada"]).unplaced == {"ada": Unplaced.NOBODY_LEFT}
    with pytest.raises(UsageRefused, match="twice"):
        _pair(["ada", "ben", "ada"])
