"""Introductions worth making: never against a rule, always with reasons from open evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.network.graphs import network_of_pairs, networks

from crosstie.advice.colleagues import colleagues_of
from crosstie.advice.introduction import Named, sentences
from crosstie.advice.introductions import ADVISOR, IntroductionSettings, introductions
from crosstie.advice.joint_tasks import TASKS
from crosstie.advice.worth import (
    APART,
    KNOWN,
    SHORT,
    TOGETHER,
    closeness,
    common_contacts,
    diversity_gains,
    middle,
    nearness,
    rows_of,
    size_gains,
)
from crosstie.advice.worthwhile import Taste
from crosstie.network.circles import circles_of
from crosstie.network.metrics.effective_size import compute as effective_size
from crosstie.network.metrics.group_diversity import compute as group_diversity
from crosstie.network.network import Network, Ties
from crosstie.people.meeting import MeetingRules, PastMeeting, Stage

TODAY = date(2026, 1, 1)


def _only(ties: Ties, keep) -> Ties:
    return Ties(**{name: getattr(ties, name)[keep] for name in Ties.__slots__})


def _rules(network: Network, **changes) -> MeetingRules:
    joined = frozenset(str(key) for key in network.persons)
    return MeetingRules(**{"on": TODAY, "joined": joined, **changes})


def _suggested(network: Network, person: str = "p000", *, rules=None, most: int = 3, **more):
    colleagues = colleagues_of(network, network.ties, **more)
    return introductions(
        person,
        colleagues=colleagues,
        rules=rules or _rules(network),
        settings=IntroductionSettings(most=most),
    )


# Person 0 knows 1 and 2, who know 3 and 4; 5 is three steps away, 6 knows nobody.
LINE = network_of_pairs(
    7,
    {(0, 1): 2.0, (0, 2): 1.0, (1, 3): 2.0, (1, 4): 1.0, (2, 4): 1.0, (3, 5): 1.0},
    groups={"department": ["Build", "Build", "Build", "Sales", "Build", "Care", "Care"]},
)


def test_only_people_two_steps_away_are_suggested_with_everyone_who_knows_both():
    found = {one.candidate: one for one in _suggested(LINE)}
    assert found.keys() == {"p003", "p004"}
    assert found["p003"].mutual == ("p001",)
    assert found["p004"].mutual == ("p001", "p002")
    assert found["p004"].shared_contacts == 2


def test_what_differs_and_what_it_would_bring_stands_there():
    found = {one.candidate: one for one in _suggested(LINE)}
    (difference,) = found["p003"].differences
    assert (difference.kind, difference.mine, difference.theirs) == ("department", "Build", "Sales")
    assert found["p003"].is_bridge
    assert not found["p004"].differences
    # One of two contacts knows person 3: 3 - 2 * 1 / 3 against 2.
    assert found["p003"].size_gain == pytest.approx(1 / 3)
    assert found["p003"].diversity_gain is not None
    assert found["p003"].diversity_gain > 0
    assert found["p004"].diversity_gain == pytest.approx(0)


def test_why_is_said_to_one_of_them_what_they_share_before_what_differs():
    said = sentences(
        Named(
            mutual=("Ben", "Cleo"),
            places=("billing",),
            differences=(("Build", "Dan", "Sales"),),
            is_bridge=True,
            elsewhere=(("Dan", ("fairs",)),),
        )
    )
    assert said == (
        "You both know Ben and Cleo.",
        "You both take part in billing.",
        "You are in Build, Dan in Sales.",
        "You have hardly anyone in that group so far.",
        "Dan takes part in fairs, where you have not written so far.",
    )
    assert sentences(Named(people=3, mutual=("Ben",), places=("billing",))) == (
        "You all know Ben.",
        "You all take part in billing.",
    )


def test_a_tie_that_is_not_open_neither_leads_to_anyone_nor_is_named_as_mutual():
    hidden = (LINE.ties.learner == 1) & (LINE.ties.teacher == 4) | (LINE.ties.learner == 4) & (
        LINE.ties.teacher == 1
    )
    found = introductions(
        "p000", colleagues=colleagues_of(LINE, _only(LINE.ties, ~hidden)), rules=_rules(LINE)
    )
    assert {one.candidate: one.mutual for one in found} == {"p003": ("p001",), "p004": ("p002",)}
    own = (LINE.ties.learner == 0) & (LINE.ties.teacher == 1) | (LINE.ties.learner == 1) & (
        LINE.ties.teacher == 0
    )
    found = introductions("p000", colleagues=colleagues_of(LINE, _only(LINE.ties, ~own)), rules=_rules(LINE))
    assert {one.candidate: one.mutual for one in found} == {"p004": ("p002",)}


def test_someone_known_from_evidence_that_is_not_open_is_not_suggested():
    more = network_of_pairs(5, {(0, 1): 1.0, (1, 2): 1.0, (1, 3): 1.0, (0, 2): 0.01})
    hidden = (more.ties.learner == 0) & (more.ties.teacher == 2) | (more.ties.learner == 2) & (
        more.ties.teacher == 0
    )
    assert not more.ties.active[hidden].any()
    found = introductions(
        "p000", colleagues=colleagues_of(more, _only(more.ties, ~hidden)), rules=_rules(more)
    )
    assert [one.candidate for one in found] == ["p003"]


def test_whoever_opted_out_is_neither_suggested_nor_named_as_the_one_in_between():
    found = _suggested(LINE, rules=_rules(LINE, opted_out=frozenset({"p001"})))
    assert {one.candidate: one.mutual for one in found} == {"p004": ("p002",)}
    assert not _suggested(LINE, rules=_rules(LINE, opted_out=frozenset({"p001", "p004"})))


def test_each_rule_of_meeting_keeps_a_candidate_or_the_person_out():
    past = PastMeeting(people=("p000", "p003"), on=TODAY - timedelta(days=80), stage=Stage.SUGGESTED)
    for changes in (
        {"do_not_pair": frozenset({("p003", "p000")})},
        {"paused": {"p003": None}},
        {"caps": {"p003": 0}},
        {"joined": frozenset({"p000", "p004"})},
        {"past": (past,)},
    ):
        assert [one.candidate for one in _suggested(LINE, rules=_rules(LINE, **changes))] == ["p004"]
    for changes in ({"paused": {"p000": None}}, {"caps": {"p000": 0}}, {"opted_out": frozenset({"p000"})}):
        assert _suggested(LINE, rules=_rules(LINE, **changes)) == ()


def test_one_place_of_three_is_kept_for_a_group_that_is_hardly_reached():
    # Contacts 1 to 4 all know 5, 6 and 7 of the own group; only 4 knows 8 of another.
    ties = {(0, contact): 1.0 for contact in (1, 2, 3, 4)}
    ties |= {(contact, near): 1.0 for contact in (1, 2, 3, 4) for near in (5, 6, 7)} | {(4, 8): 1.0}
    network = network_of_pairs(9, ties, groups={"department": ["Build"] * 8 + ["Sales"]})
    found = _suggested(network)
    assert {one.candidate for one in found if one.is_bridge} == {"p008"}
    assert len(found) == 3


def test_shared_places_are_named_smallest_first_and_the_middle_is_preferred():
    ties = {(0, 1): 1.0, **{(1, other): 1.0 for other in range(2, 7)}}
    network = network_of_pairs(7, ties)
    places = {"p000": frozenset({"hall", "bench", "lab"})}
    places |= {"p002": frozenset({"hall", "bench", "lab"}), "p003": frozenset({"hall", "bench"})}
    places |= {"p004": frozenset({"hall"}), "p005": frozenset(), "p006": frozenset({"elsewhere"})}
    found = _suggested(network, most=5, places=places)
    likeness = {one.candidate: one.likeness for one in found}
    assert likeness["p002"] == pytest.approx(1.0)
    assert likeness["p005"] == likeness["p006"] == 0
    assert found[0].candidate == "p004"  # neither the most nor the least alike
    assert {one.candidate: one.shared_places for one in found}["p003"] == ("bench", "hall")


def test_a_newcomer_gets_a_task_that_knows_it():
    joined = {"p003": TODAY - timedelta(days=20)}
    found = {one.candidate: one for one in _suggested(LINE, joined_on=joined)}
    assert found["p003"].task in TASKS
    kinds = {
        one.task.name
        for seed in range(20)
        for one in introductions(
            "p000",
            colleagues=colleagues_of(LINE, LINE.ties, joined_on=joined),
            rules=_rules(LINE),
            settings=IntroductionSettings(taste=Taste(seed=seed)),
        )
        if one.candidate == "p003"
    }
    assert "show-around" in kinds
    assert kinds <= {"show-around", "swap-questions", "one-thing-each"}


def _renamed(network: Network, order: list[int]) -> tuple[Network, dict[str, str]]:
    """Return the same network with people under other keys, and the new key of each."""
    keys = {str(network.persons[old]): f"p{new:03}" for new, old in enumerate(order)}
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    ties = network.ties
    contact = {
        (min(pair), max(pair)): weight
        for one, other, weight in zip(
            number[ties.learner].tolist(), number[ties.teacher].tolist(), ties.contact.tolist(), strict=True
        )
        if (pair := (one, other))
    }
    groups = {kind: [units[old] for old in order] for kind, units in network.groups.items()}
    return network_of_pairs(len(order), contact, groups=groups), keys


@settings(max_examples=60)
@given(networks(), st.randoms(use_true_random=False))
def test_other_keys_give_the_same_introductions_up_to_names_and_ties(network, shuffler):
    order = list(range(len(network.persons)))
    shuffler.shuffle(order)
    other, keys = _renamed(network, order)
    for person in network.persons:
        mine = _suggested(network, str(person), most=14)
        theirs = _suggested(other, keys[str(person)], most=14)
        assert {keys[one.candidate] for one in mine} == {one.candidate for one in theirs}
        gains = {keys[one.candidate]: (one.size_gain, one.is_bridge, one.shared_contacts) for one in mine}
        for one in theirs:
            assert (one.size_gain, one.is_bridge, one.shared_contacts) == pytest.approx(gains[one.candidate])


@settings(max_examples=40)
@given(networks())
def test_nobody_is_suggested_twice_and_never_someone_known_or_oneself(network):
    for row, person in enumerate(network.persons):
        found = _suggested(network, str(person), most=5)
        names = [one.candidate for one in found]
        known = {str(key) for key in network.persons[network.ties.teacher[network.ties.learner == row]]}
        assert len(set(names)) == len(names)
        assert not set(names) & (known | {str(person)})
        assert all(one.mutual for one in found)
        assert found == _suggested(network, str(person), most=5)


@settings(max_examples=40)
@given(networks())
def test_the_gains_are_those_the_metrics_find_once_the_tie_is_there(network):
    flat = network_of_pairs(
        len(network.persons),
        {
            (one, other): 1.0
            for one, other in zip(network.ties.learner.tolist(), network.ties.teacher.tolist(), strict=True)
            if one < other
        },
        groups=network.groups,
    )
    circles = circles_of(flat)
    names, group = np.unique(flat.groups["department"].astype(str), return_inverse=True)
    group = np.where(names[group] == "", -1, group)
    for person in range(min(3, circles.people)):
        circle = circles.contacts[circles.starts[person] : circles.starts[person + 1]]
        contact = rows_of(circles, np.array([person]))
        (gain,) = size_gains(common_contacts(circles, contact > 0), contact > 0)
        (varied,) = diversity_gains(group, len(names), contact)
        for other in range(circles.people):
            if other == person or other in circle:
                continue
            pairs = {
                (one, two): 1.0
                for one in range(circles.people)
                for two in circles.contacts[circles.starts[one] : circles.starts[one + 1]].tolist()
                if one < two
            }
            after = network_of_pairs(
                circles.people, pairs | {(min(person, other), max(person, other)): 1.0}, groups=flat.groups
            )
            grown = effective_size(after)[person] - effective_size(flat)[person]
            assert gain[other] == pytest.approx(grown)
            before, later = group_diversity(flat)[person], group_diversity(after)[person]
            if group[other] >= 0:
                assert varied[other] == pytest.approx(later - (0 if np.isnan(before) else before))


def test_closeness_is_worked_out_by_hand():
    circles = circles_of(
        network_of_pairs(4, {(0, 1): 1.0, (1, 2): 1.0, (0, 3): 1.0, (2, 3): 1.0, (1, 3): 1.0})
    )
    one = np.array([0])
    over_one = 2 / 3  # over 1 and over 3, each with three contacts
    over_two = 2 / 9 + SHORT * 2 / 3  # over 1 then 3 and over 3 then 1, each 1 / (3 * 3)
    alike = 1.0  # 0 and 2 have the same two contacts
    assert closeness(circles, one)[0, 2] == pytest.approx((over_one * over_two * alike) ** 0.5)
    apart = closeness(circles, one)[0, 1]
    assert apart > 0
    together = closeness(circles, one, together=circles)
    assert together[0, 1] == pytest.approx(apart * (np.log(2) + APART) ** TOGETHER)
    assert together[0, 2] == pytest.approx(closeness(circles, one)[0, 2] * APART**TOGETHER)


def test_people_with_one_way_between_them_are_near_though_none_leads_over_two():
    line = circles_of(network_of_pairs(4, {(0, 1): 1.0, (1, 2): 1.0, (2, 3): 1.0}))
    near = closeness(line, np.array([0]))[0]
    assert near[2] > 0
    assert near[3] == 0  # nobody knows both


def test_a_known_tie_is_near_for_ever_and_a_lively_one_nearer():
    ties = network_of_pairs(2, {(0, 1): 3.0}).ties
    assert nearness(ties).tolist() == pytest.approx([(2.0 + KNOWN) ** 0.5] * 2)
    assert nearness(replace(ties, contact=np.zeros(2))).tolist() == pytest.approx([KNOWN**0.5] * 2)


def test_the_middle_keeps_its_worth_and_equal_ones_are_treated_alike():
    assert middle(np.array([0.0, 0.5, 1.0]), strength=0.9).tolist() == pytest.approx([0.6, 1.0, 0.6])
    assert middle(np.full(4, 0.3), strength=1.0).tolist() == [1.0] * 4


def test_somebody_who_is_not_there_is_a_mistake_of_the_caller():
    with pytest.raises(KeyError):
        _suggested(LINE, "nobody")


def test_the_declaration_is_whole():
    for name in ("name", "label", "question", "how", "reading", "cautions", "evidence", "references"):
        assert getattr(ADVISOR, name), name
    assert ADVISOR.settings == IntroductionSettings()
