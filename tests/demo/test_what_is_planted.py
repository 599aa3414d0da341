"""What was arranged is really there, seen by counting acts and events, without any network."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest

from crosstie.demo import Company
from crosstie.record import Interaction, Kind, Openness, Place

QUARTER = timedelta(days=91)


@pytest.fixture(scope="module")
def department(kestrel: Company) -> dict[str, str]:
    return {person.id: person.department for person in kestrel.people}


@pytest.fixture(scope="module")
def contacts(kestrel: Company, acts: list[Interaction]) -> list[tuple[Interaction, str, str]]:
    """Every act of one person towards another, gatherings and announcements left out."""
    found = []
    for act in acts:
        towards = [act.parent_author] if act.parent_author else act.addressed
        if act.kind is not Kind.MET or len(towards) == 1:
            one = kestrel.person_of[act.source, act.actor]
            others = [kestrel.person_of[act.source, name] for name in towards]
            found += [(act, one, other) for other in others if other != one]
    return found


def test_the_two_silos_hardly_talk_though_they_need_each_other(kestrel: Company, department, contacts):
    brokers = kestrel.truth.planted.brokers
    sizes = Counter(department.values())

    def share(one: str, other: str, without: set[str]) -> float:
        between = [{a, b} for _act, a, b in contacts if {department[a], department[b]} == {one, other}]
        return sum(not pair & without for pair in between) / (sizes[one] * sizes[other])

    one, other = kestrel.truth.planted.silos
    for pair in (("Production", "Engineering"), ("Production", "Supply"), ("Software", "Support")):
        assert share(one, other, set(brokers)) < 0.15 * share(*pair, set(brokers))
        assert share(one, other, set()) < 0.6 * share(*pair, set())


def test_most_of_what_passes_between_the_silos_passes_through_one_broker(
    kestrel: Company, department, contacts
):
    planted = kestrel.truth.planted
    broker = next(number for number, between in planted.brokers.items() if between == planted.silos)
    across = [{a, b} for _act, a, b in contacts if {department[a], department[b]} == set(planted.silos)]
    assert sum(broker in pair for pair in across) > 0.6 * len(across)
    events = [
        {event.learner, event.teacher}
        for event in kestrel.truth.events
        if {department[event.learner], department[event.teacher]} == set(planted.silos)
    ]
    assert sum(broker in pair for pair in events) > 0.6 * len(events)
    assert events


def test_each_broker_teaches_and_learns_on_the_other_side_more_than_colleagues_do(
    kestrel: Company, department
):
    teams = {person.id: person.team for person in kestrel.people}
    across: dict[str, set[str]] = {person.id: set() for person in kestrel.people}
    for broker, between in kestrel.truth.planted.brokers.items():
        far = next(unit for unit in between if unit != department[broker])
        reached = {number: set(found) for number, found in across.items()}
        for event in kestrel.truth.events:
            for one, other in ((event.learner, event.teacher), (event.teacher, event.learner)):
                if department[other] == far:
                    reached[one].add(other)
        team = [
            len(found)
            for number, found in reached.items()
            if teams[number] == teams[broker] and number != broker
        ]
        assert len(reached[broker]) >= 6
        assert len(reached[broker]) > 2 * sum(team) / len(team)


def test_newcomers_begin_with_little_and_ask_a_lot(kestrel: Company):
    learned = Counter(event.learner for event in kestrel.truth.events if event.at > kestrel.as_of - QUARTER)
    newcomers = kestrel.truth.planted.newcomers
    usual = sum(learned.values()) / len(kestrel.people)
    assert sum(learned[number] for number in newcomers) / len(newcomers) > 1.3 * usual


def test_the_circle_of_one_person_shrinks_to_a_few(kestrel: Company, contacts):
    shrinking = kestrel.truth.planted.shrinking

    def circle(number: str, since, until) -> int:
        return len(
            {
                b if a == number else a
                for act, a, b in contacts
                if number in (a, b) and since <= act.at < until
            }
        )

    first, last = kestrel.as_of - timedelta(days=365), kestrel.as_of - QUARTER
    early, late = circle(shrinking, first, first + QUARTER), circle(shrinking, last, kestrel.as_of)
    assert early >= 20
    assert late <= early / 3
    stayed = [person for person in kestrel.people if person.team == "Mechanics" and person.id != shrinking]
    steady = [
        circle(person.id, last, kestrel.as_of) / max(circle(person.id, first, first + QUARTER), 1)
        for person in stayed
    ]
    assert sum(steady) / len(steady) > 0.7  # the others' circles do not


def test_the_closed_team_keeps_to_itself_and_has_a_place_only_it_reads(kestrel: Company, acts, contacts):
    members = set(kestrel.truth.planted.closed_members)
    inside = sum({a, b} <= members for _act, a, b in contacts)
    outside = sum((a in members) != (b in members) for _act, a, b in contacts)
    assert inside > 8 * outside
    events = [event for event in kestrel.truth.events if event.learner in members]
    assert sum(event.teacher in members for event in events) > 0.9 * len(events)
    room = next(
        trace for trace in kestrel.traces() if isinstance(trace, Place) and trace.name == "sensor-lab"
    )
    assert room.openness is Openness.MEMBERS
    assert {kestrel.person_of[act.source, act.actor] for act in acts if act.place == room.id} == members


def test_the_community_of_practice_joins_people_of_six_departments(kestrel: Company, department):
    members = set(kestrel.truth.planted.community_members)
    assert len(members) == 18
    assert len({department[number] for number in members}) == 6
    across = [
        event
        for event in kestrel.truth.events
        if {event.learner, event.teacher} <= members
        and department[event.learner] != department[event.teacher]
    ]
    others = [
        event
        for event in kestrel.truth.events
        if not {event.learner, event.teacher} & members
        and department[event.learner] != department[event.teacher]
    ]
    possible, others_possible = 18 * 15, (len(kestrel.people) - 18) ** 2
    assert len(across) / possible > 10 * len(others) / others_possible


def test_the_one_who_leaves_is_the_first_teacher_of_what_they_know(kestrel: Company):
    planted = kestrel.truth.planted
    for topic in planted.leaving_topics:
        taught = Counter(event.teacher for event in kestrel.truth.events if event.topic == topic)
        assert taught.most_common(1)[0][0] == planted.leaving


def test_people_on_parental_leave_are_silent_for_months_and_come_back(kestrel: Company, acts):
    for number in kestrel.truth.planted.on_leave:
        days = sorted({act.at.date() for act in acts if kestrel.person_of[act.source, act.actor] == number})
        longest = max(later - earlier for earlier, later in pairwise(days))
        assert longest > timedelta(days=100)
        assert days[-1] > kestrel.ends_on - timedelta(days=21)


def test_the_one_who_opted_out_is_an_ordinary_colleague(kestrel: Company, contacts):
    planted = kestrel.truth.planted
    assert planted.opted_out not in {*planted.brokers, *planted.newcomers, planted.shrinking, planted.leaving}
    assert sum(planted.opted_out in (a, b) for _act, a, b in contacts) > 20


def test_ten_people_are_worth_looking_at_and_each_has_a_story(kestrel: Company):
    rows = kestrel.looks()
    assert len(rows) == len({number for number, _sentence in rows}) == 10
    seen = {event.learner for event in kestrel.truth.events}
    assert {number for number, _sentence in rows} <= seen
    assert all(sentence.endswith(".") and len(sentence) < 110 for _number, sentence in rows)
