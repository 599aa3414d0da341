"""Introductions for everyone at once: shared out, nobody in too many, nobody forgotten."""

from __future__ import annotations

from collections import Counter
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.network.graphs import network_of_pairs, networks

from crosstie.advice.colleagues import colleagues_of
from crosstie.advice.introductions import IntroductionSettings, introductions
from crosstie.advice.organisation_introductions import (
    ADVISOR,
    OrganisationSettings,
    organisation_introductions,
    suggestion_lists,
)
from crosstie.advice.together import MOST, together_of
from crosstie.people.meeting import MeetingRules, standing

TODAY = date(2026, 1, 1)


def _rules(network, **changes) -> MeetingRules:
    joined = frozenset(str(key) for key in network.persons)
    return MeetingRules(**{"on": TODAY, "joined": joined, **changes})


def _made(network, places: int = 3, *, rules=None, **places_of):
    rules = rules or _rules(network)
    colleagues = colleagues_of(network, network.ties)
    room = {str(key): places for key in network.persons} | places_of
    return organisation_introductions(room, colleagues=colleagues, rules=rules)


# Persons 1 to 6 all know person 0, and nobody else.
STAR = network_of_pairs(7, {(0, leaf): 1.0 for leaf in range(1, 7)})


def test_everybody_has_one_before_anybody_has_two():
    made = _made(STAR, 2)
    first = [person for one in made[:3] for person in (one.person, one.candidate)]
    assert sorted(first) == [f"p00{leaf}" for leaf in range(1, 7)]
    times = Counter(person for one in made for person in (one.person, one.candidate))
    assert set(times.values()) == {2}


def test_the_same_two_are_brought_together_once_and_who_has_no_place_left_never():
    made = _made(STAR, 3, p001=0, p002=1)
    pairs = [frozenset((one.person, one.candidate)) for one in made]
    assert len(set(pairs)) == len(pairs)
    times = Counter(person for one in made for person in (one.person, one.candidate))
    assert times["p001"] == 0
    assert times["p002"] == 1


def test_the_last_place_is_for_a_group_that_is_hardly_reached():
    # Person 9 alone leads to Sales; everyone of Build finds three of Build nearer.
    ties = {(hub, leaf): 5.0 for hub in (0, 1) for leaf in range(2, 9)}
    ties |= {(2, 9): 1.0, **{(9, far): 1.0 for far in range(10, 13)}}
    network = network_of_pairs(13, ties, groups={"department": ["Build"] * 10 + ["Sales"] * 3})
    made = _made(network)
    mine = [one for one in made if "p002" in (one.person, one.candidate)]
    assert any(one.is_bridge for one in mine)
    assert not made[0].is_bridge


@settings(max_examples=40)
@given(networks(), st.integers(1, 3))
def test_no_rule_is_broken_and_nobody_is_in_more_than_their_places(network, places):
    keys = [str(key) for key in network.persons]
    rules = _rules(network, opted_out=frozenset(keys[:1]), do_not_pair=frozenset({tuple(keys[1:3])}))
    if len(keys) < 3:
        return
    made = _made(network, places, rules=rules)
    allowed = standing(rules)
    known = set(zip(network.ties.learner.tolist(), network.ties.teacher.tolist(), strict=True))
    number = {key: row for row, key in enumerate(keys)}
    times = Counter(person for one in made for person in (one.person, one.candidate))
    assert max(times.values(), default=0) <= places
    for one in made:
        assert allowed.may_meet(one.person, one.candidate)
        assert (number[one.person], number[one.candidate]) not in known
        assert one.mutual
        assert keys[0] not in one.mutual
    assert made == _made(network, places, rules=rules)


def test_alone_one_gets_the_same_as_a_list_for_one():
    network = network_of_pairs(
        8, {(0, 1): 2.0, (0, 2): 1.0, (1, 3): 2.0, (1, 4): 1.0, (2, 5): 1.0, (2, 6): 1.0, (3, 7): 1.0}
    )
    colleagues, rules = colleagues_of(network, network.ties), _rules(network)
    lists = suggestion_lists(["p000"], colleagues=colleagues, rules=rules)
    alone = introductions("p000", colleagues=colleagues, rules=rules)
    assert {one.candidate for one in lists["p000"]} == {one.candidate for one in alone}


def test_in_lists_nobody_is_suggested_too_often_and_nobody_is_forgotten():
    # Person 1 is nearest to everybody; person 12 is near to nobody, but can be reached.
    ties = {(hub, leaf): 3.0 for hub in (0, 2) for leaf in range(3, 12)}
    ties |= {(0, 1): 9.0, (1, 2): 9.0, (11, 13): 0.5, (12, 13): 0.3}
    network = network_of_pairs(14, ties)
    colleagues, rules = colleagues_of(network, network.ties), _rules(network)
    chosen = OrganisationSettings(each=IntroductionSettings(most=2), times_named=2)
    lists = suggestion_lists(
        [str(key) for key in network.persons], colleagues=colleagues, rules=rules, settings=chosen
    )
    times = Counter(one.candidate for theirs in lists.values() for one in theirs)
    assert max(times.values()) <= 4
    assert times["p012"] == 1


def test_those_who_are_not_in_the_network_have_none():
    made = _made(STAR, 1, stranger=3)
    assert all("stranger" not in (one.person, one.candidate) for one in made)


def test_who_took_part_in_the_same_conversations_is_worked_out_by_hand():
    # Conversation 7: persons 0, 1 and 2; conversation 9: 0 and 1, of which half is left.
    found = together_of(
        np.array([7, 7, 7, 7, 9, 9]),
        np.array([0, 1, 2, 2, 1, 0]),
        np.array([1.0, 1.0, 1.0, 0.2, 0.5, 0.25]),
        people=4,
    )
    assert found.starts.tolist() == [0, 2, 4, 6, 6]
    assert found.contacts.tolist() == [1, 2, 0, 2, 0, 1]
    assert found.weights.tolist() == pytest.approx([1.0, 0.5, 1.0, 0.5, 0.5, 0.5])


def test_a_conversation_of_very_many_says_nothing_of_any_two():
    many = np.arange(MOST + 1)
    found = together_of(np.zeros(MOST + 1, np.int64), many, np.ones(MOST + 1), people=MOST + 1)
    assert len(found.contacts) == 0


def test_the_declaration_is_whole():
    assert ADVISOR.settings == OrganisationSettings()
