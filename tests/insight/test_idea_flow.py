"""Topics that were handed on are found, from where they came; what chance makes is not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from tests.insight.made_up import DAY, Firm, firm, handed_on, renumbered

from crosstie.ideas.topics.profiles import Parts
from crosstie.insight.first_uses import first_uses
from crosstie.insight.idea_flow import INSIGHT, Flows, FlowSettings, idea_flows
from crosstie.insight.shuffling import shuffled_times

FIRMS = 20


def found(made: Firm, **changes: float) -> Flows:
    settings = replace(FlowSettings(most_worlds=9_999), **changes)  # type: ignore[arg-type]  # numbers of its own
    return idea_flows(
        made.uses, made.contacts, [made.kind], shown=made.shown, ids=made.ids, seed=1, settings=settings
    )


def moved(flows: Flows) -> set[tuple[int, int, int]]:
    return {(one.topic, one.giver, one.taker) for one in flows.found}


def test_what_was_handed_on_is_found_where_it_came_from_and_nothing_else():
    seen = [moved(found(handed_on(firm(seed), 0, 0, 1, seed=seed))) for seed in range(FIRMS)]
    assert sum((0, 0, 1) in one for one in seen) >= 10
    assert not any(one - {(0, 0, 1)} for one in seen)


def test_a_larger_group_shows_more():
    seen = [moved(found(handed_on(firm(seed, size=40, topics=3), 0, 0, 1, seed=seed))) for seed in range(5)]
    assert sum(one == {(0, 0, 1)} for one in seen) >= 4


def test_it_says_how_many_took_it_up_and_how_many_would_have_by_chance():
    (flow,) = found(handed_on(firm(2, size=40), 0, 0, 1)).found
    assert flow.people >= 10
    assert flow.expected < flow.people / 2
    assert flow.p < 0.001
    assert 100 * DAY < flow.given_from_at < flow.taken_from_at


def test_chance_alone_shows_something_no_more_often_than_is_stated():
    often = sum(bool(found(firm(1_000 + seed, topics=3)).found) for seed in range(60))
    assert often / 60 <= INSIGHT.settings.error * 2  # type: ignore[attr-defined]  # it declares FlowSettings


def test_times_that_were_shuffled_show_nothing_more_often_than_is_stated():
    """Each group keeps when it used the topic, and who of it had it from whom is gone."""
    often = 0
    for seed in range(30):
        made = handed_on(firm(seed, topics=1, size=30), 0, 0, 1, seed=seed)
        uses = made.uses
        (world,) = shuffled_times(
            uses.at,
            group=made.kind.group[uses.person],
            begins=uses.begins[uses.person],
            ends=uses.ends[uses.person],
            count=1,
            dice=np.random.default_rng(seed),
        )
        often += bool(found(replace(made, uses=replace(uses, at=world[0]))).found)
    assert often <= 3


def test_a_p_value_of_chance_is_small_as_seldom_as_it_says():
    """Of people with times drawn within the days they were there, however short these are."""
    p = []
    for seed in range(400):
        dice = np.random.default_rng(seed)
        begins, length = dice.integers(0, 100, 12), dice.integers(1, 100, 12)
        at = begins + (dice.random(12) * length).astype(np.int64)
        look = dice.random(12)
        (worlds,) = shuffled_times(
            at, group=np.repeat([0, 1], 6), begins=begins, ends=begins + length, count=99, dice=dice
        )
        p.append((1 + (worlds @ look >= at @ look).sum()) / 100)
    assert 0.02 < np.mean(np.array(p) <= 0.05) < 0.08
    assert 0.15 < np.mean(np.array(p) <= 0.2) < 0.26


def test_a_group_that_comes_later_without_contacts_that_tell_has_it_from_nobody():
    """The same news reaches one group in spring and the other in summer: order alone is no flow."""
    seen = []
    for seed in range(10):
        made = firm(seed, topics=1, size=30)
        dice, uses = np.random.default_rng(seed), made.uses
        group = made.kind.group[uses.person]
        when = (100 + 60 * group + dice.integers(0, 50, len(group))) * DAY
        at = np.clip(when, uses.begins[uses.person], uses.ends[uses.person])
        seen.append(bool(found(replace(made, uses=replace(uses, at=at))).found))
    assert sum(seen) <= 1


def test_how_people_are_numbered_makes_no_difference():
    made = handed_on(firm(2), 0, 0, 1)
    assert found(made) == found(renumbered(made))
    assert found(made).found


def test_what_was_taken_up_in_the_first_days_of_the_record_does_not_count():
    made = handed_on(firm(2), 0, 0, 1)
    assert not found(made, run_in_days=390).found


def test_nobody_has_nothing():
    empty = np.empty(0, dtype=np.int64)
    made = firm(1)
    uses = replace(made.uses, person=empty, topic=empty, at=empty)
    assert found(replace(made, uses=uses)) == Flows(found=(), withheld=0, tested=0)


def test_nobody_gets_a_time_at_which_they_were_not_there_or_of_another_group():
    made = firm(3, topics=1)
    uses = made.uses
    group, begins, ends = made.kind.group[uses.person], uses.begins[uses.person], uses.ends[uses.person]
    worlds = np.concatenate(
        list(
            shuffled_times(
                uses.at, group=group, begins=begins, ends=ends, count=50, dice=np.random.default_rng(1)
            )
        )
    )
    assert worlds.shape == (50, len(group))
    assert np.all((worlds >= begins) & (worlds <= ends))
    for one in range(4):
        assert np.array_equal(
            np.sort(worlds[:, group == one]), np.tile(np.sort(uses.at[group == one]), (50, 1))
        )
    assert np.mean(worlds != uses.at) > 0.8


def test_a_first_use_is_the_first_part_in_a_conversation_about_it_before_the_end():
    took = Parts(
        person=np.array([0, 0, 0, 1], dtype=np.int32),
        thread=np.array([0, 1, 2, 1], dtype=np.int32),
        began=np.array([True, False, True, False]),
        first_at=np.array([50, 30, 10, 90]),
        last_at=np.array([60, 95, 20, 99]),
    )
    uses = first_uses(took, np.array([4, 4, -1], dtype=np.int32), people=3, until=80)
    assert (uses.person.tolist(), uses.topic.tolist(), uses.at.tolist()) == ([0], [4], [30])
    assert (uses.begins[0], uses.ends[0], uses.start) == (10, 79, 10)
