"""Variety does not hang on how many people a group has or how much they write."""

from __future__ import annotations

import numpy as np
import pytest

from crosstie.ideas.topics.found import About
from crosstie.ideas.topics.profiles import Parts
from crosstie.insight.idea_variety import Variety, idea_variety
from crosstie.privacy import Kind

TOPICS, UNTIL = 40, 1_000


def talk(*groups: tuple[int, int, int], seed: int = 1) -> tuple[Parts, About, list[Kind]]:
    """Return groups of so many people, each in so many conversations about so many topics, equally often."""
    dice = np.random.default_rng(seed)
    person: list[int] = []
    topic: list[int] = []
    group: list[int] = []
    for number, (people, each, topics) in enumerate(groups):
        for one in range(len(group), len(group) + people):
            person += [one] * each
            topic += dice.integers(0, topics, each).tolist()
        group += [number] * people
    rows = len(person)
    about = About(
        topic=np.column_stack([topic, np.full((rows, 2), -1)]).astype(np.int32),
        weight=np.column_stack([np.ones(rows), np.zeros((rows, 2))]).astype(np.float32),
        near=np.ones(rows, dtype=np.float32),
    )
    took = Parts(
        person=np.array(person, dtype=np.int32),
        thread=np.arange(rows, dtype=np.int32),
        began=np.ones(rows, dtype=np.bool_),
        first_at=np.full(rows, 5),
        last_at=np.full(rows, 5),
    )
    return took, about, [Kind(group=np.array(group, dtype=np.int64), count=len(groups))]


def measured(took: Parts, about: About, kinds: list[Kind]) -> list[Variety]:
    return list(idea_variety(took, about, kinds, topics=TOPICS, until=UNTIL, smallest=10, seed=1))


@pytest.mark.parametrize(("people", "each"), [(12, 10), (12, 60), (60, 10)])
def test_ten_topics_are_ten_whatever_the_size_and_however_much_is_written(people: int, each: int):
    values = [measured(*talk((people, each, 10), seed=seed))[0].topics for seed in range(12)]
    assert np.mean(values) == pytest.approx(10, rel=0.05)


def test_the_interval_mostly_holds_what_is_true():
    holds = [measured(*talk((25, 12, 10), seed=seed))[0] for seed in range(40)]
    assert sum(one.low <= 10 <= one.high for one in holds) >= 32


def test_more_topics_are_more():
    few, many = measured(*talk((20, 20, 4), (20, 20, 30)))
    assert few.high < many.low


def test_one_who_writes_most_of_all_counts_as_one():
    took, about, kinds = talk((20, 20, 10))
    loud = np.repeat([0], 2_000)
    took = Parts(
        person=np.concatenate([took.person, loud]).astype(np.int32),
        thread=np.concatenate([took.thread, np.zeros(2_000)]).astype(np.int32),
        began=np.concatenate([took.began, loud == 0]),
        first_at=np.concatenate([took.first_at, loud]),
        last_at=np.concatenate([took.last_at, loud]),
    )
    assert measured(took, about, kinds)[0].topics == pytest.approx(10, rel=0.2)


def test_a_group_of_nine_and_one_with_too_few_texts_are_not_told():
    told = measured(*talk((9, 50, 10), (12, 2, 10), (12, 20, 10)))
    assert [one.group for one in told] == [2]


def test_a_department_of_which_few_are_left_without_its_team_hides_the_team():
    took, about, (teams,) = talk((12, 20, 10), (4, 20, 10), (16, 20, 10))
    departments = Kind(group=np.array([0, 0, 1])[teams.group], count=2)
    told = measured(took, about, [departments, teams])
    assert (0, 0) in {(one.kind, one.group) for one in told}
    assert (1, 0) not in {(one.kind, one.group) for one in told}


def test_what_comes_after_the_end_does_not_count():
    took, about, kinds = talk((12, 20, 10))
    assert idea_variety(took, about, kinds, topics=TOPICS, until=5, smallest=10, seed=1) == ()


def test_where_nobody_is_in_any_group_nothing_is_told():
    took, about, _ = talk((12, 20, 10))
    assert idea_variety(took, about, [], topics=TOPICS, until=10**18, smallest=10, seed=1) == ()
