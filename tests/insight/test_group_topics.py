"""What groups talk of: what stands out, not what everybody says, nor what chance or one person makes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.topics.profiles import Profiles
from crosstie.insight.group_topics import INSIGHT, GroupTopic, group_topics
from crosstie.privacy import Kind

TOPICS, GROUPS, EACH = 12, 4, 25
COMMON, OWN = 0, 1
"""Everybody talks much of the first topic; the second is the one that group 0 talks of."""


def talk(seed: int = 1, *, more: float = 6.0) -> NDArray[np.float64]:
    """Return (P, T) how much people talk of what: each of a few topics, some much more than others."""
    dice = np.random.default_rng(seed)
    weight = dice.exponential(1, (GROUPS * EACH, TOPICS)) ** 2 * (dice.random((GROUPS * EACH, TOPICS)) < 0.4)
    weight[:, COMMON] += 5
    weight[:EACH, OWN] += more * (dice.random(EACH) < 0.7)
    return weight


def profiles(weight: NDArray[np.float64]) -> Profiles:
    person, topic = np.nonzero(weight)
    return Profiles(
        person=person.astype(np.int32),
        topic=topic.astype(np.int32),
        weight=weight[person, topic],
        given=np.zeros(len(person)),
        conversations=np.ones(len(person), dtype=np.int32),
        last_at=np.zeros(len(person), dtype=np.int64),
    )


def found(weight: NDArray[np.float64], *kinds: Kind, smallest: int = 10) -> tuple[GroupTopic, ...]:
    teams = kinds or (Kind(group=np.repeat(np.arange(GROUPS), EACH), count=GROUPS),)
    return group_topics(profiles(weight), list(teams), topics=TOPICS, smallest=smallest, seed=1)


def test_what_a_group_talks_of_is_found_and_what_everybody_talks_of_is_not():
    assert found(talk()) == (GroupTopic(kind=0, group=0, topic=OWN),)


def test_where_all_is_chance_hardly_anything_is_shown():
    often = sum(bool(found(talk(seed, more=0))) for seed in range(60))
    assert often / 60 <= INSIGHT.settings.error * 2  # type: ignore[attr-defined]  # it declares its own


def test_what_one_person_says_a_hundred_times_is_not_the_group_s():
    weight = talk(more=0)
    weight[3, OWN] = 10_000
    assert found(weight) == ()


def test_whoever_says_much_counts_as_one():
    weight = talk()
    weight[EACH] *= 10_000
    assert found(weight) == found(talk())


def test_four_people_of_a_group_are_too_few():
    weight = talk(more=0)
    weight[:, OWN] = 0
    weight[:4, OWN] = 50
    assert found(weight) == ()
    weight[:8, OWN] = 50
    assert [(one.group, one.topic) for one in found(weight)] == [(0, OWN)]


def test_a_group_below_the_smallest_size_is_not_told():
    assert found(talk(), smallest=EACH + 1) == ()


def test_a_department_of_which_few_are_left_without_its_team_hides_the_team():
    team = np.where(np.arange(GROUPS * EACH) < EACH - 4, 0, 1)
    teams = Kind(group=team, count=2)
    departments = Kind(group=np.repeat(np.arange(GROUPS), EACH), count=GROUPS)
    assert {(one.kind, one.group) for one in found(talk(), departments, teams)} == {(0, 0)}


def test_the_same_people_in_another_order_give_the_same():
    order = np.random.default_rng(5).permutation(GROUPS * EACH)
    kind = Kind(group=np.repeat(np.arange(GROUPS), EACH)[order], count=GROUPS)
    assert found(talk()[order], kind) == found(talk())


def test_of_many_topics_the_first_five_are_shown():
    weight = np.tile([10.0, *[0.1] * (TOPICS - 1)], (GROUPS * EACH, 1))
    weight[:EACH, 1:9] = np.arange(1, 9)
    assert [one.topic for one in found(weight)] == [8, 7, 6, 5, 4]


def test_without_anybody_there_is_nothing():
    assert found(np.zeros((GROUPS * EACH, TOPICS))) == ()
    assert group_topics(profiles(talk()), [], topics=TOPICS, smallest=10, seed=1) == ()


def test_a_group_of_everybody_talks_of_nothing_more_than_others():
    everybody = Kind(group=np.zeros(GROUPS * EACH, dtype=np.int64), count=1)
    assert found(talk(), everybody) == ()
    assert found(talk(), replace(everybody, group=np.full(GROUPS * EACH, -1))) == ()
