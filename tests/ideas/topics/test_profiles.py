"""Who talks of what, and what was learned of whom."""

from __future__ import annotations

import numpy as np
import pytest
from tests.ideas.topics.talk import ABOUT, DAY, PLACES, said, talk

from crosstie.ideas import Names
from crosstie.ideas.topics import Conversations, Sensitive, Topics, conversations, topics
from crosstie.ideas.topics.learned import Acts, learned
from crosstie.ideas.topics.profiles import by_group, parts, people_in, profiles

SPINDLE = "the spindle bearing has no preload and its shaft seat wobbles"
LEDGER = "a supplier invoice needs an account in the ledger before payment"


@pytest.fixture(scope="module")
def told() -> Conversations:
    more = [
        said(90_001, "ask", SPINDLE, thread="q1", day=100),
        said(90_002, "ben", "grease the bearing, turn the shaft in the seat", thread="q1", day=100),
        said(90_003, "ask", LEDGER, thread="q2", day=101, place="c2"),
        said(90_004, "cleo", "book it to the ledger account, audit the balance", thread="q2", day=101),
        said(90_005, "dan", "please help me", thread="q2", day=101, place="c2"),
    ]  # fmt: skip
    return conversations([*talk(), *more], names=Names(), sensitive=Sensitive(), place_names=PLACES)


@pytest.fixture(scope="module")
def found(told: Conversations) -> Topics:
    return topics(told, place_names=PLACES, sensitive=Sensitive(), seed=20)


def words(found: Topics, topic: int) -> set[str]:
    return set(found.words[topic])


def test_people_talk_of_what_their_conversations_are_about(told, found):
    made = profiles(parts(told), found.about, at=101 * DAY, half_life_days=180)
    ben = made.person == told.people.index("ben")
    assert ben.any()
    assert all(words(found, topic) <= set(ABOUT["bearings"]) for topic in made.topic[ben])
    assert made.weight[ben].sum() == pytest.approx(0.5 ** (1 / 180), rel=1e-4)


def test_what_others_began_is_given(told, found):
    made = profiles(parts(told), found.about, at=101 * DAY, half_life_days=180)
    ben, ask = (made.person == told.people.index(name) for name in ("ben", "ask"))
    np.testing.assert_allclose(made.given[ben], made.weight[ben])
    assert made.given[ask].sum() == 0


def test_please_help_me_is_about_nothing(told, found):
    made = profiles(parts(told), found.about, at=101 * DAY, half_life_days=180)
    assert told.people.index("dan") not in made.person


def test_what_was_long_ago_weighs_less(told, found):
    now, later = (profiles(parts(told), found.about, at=day * DAY, half_life_days=180) for day in (101, 281))
    np.testing.assert_allclose(later.weight, now.weight / 2)


def test_a_group_shows_only_what_enough_of_it_talk_of(told, found):
    made = profiles(parts(told), found.about, at=101 * DAY, half_life_days=180)
    group_of = np.array([0 if key.startswith("p") else 1 for key in told.people], dtype=np.int32)
    shown = by_group(made, group_of, smallest=10)
    assert set(shown.group.tolist()) == {0}
    assert (shown.people >= 5).all()
    assert len(by_group(made, group_of, smallest=13).group) == 0


def test_nobody_is_more_than_half_of_a_cell(told, found):
    made = profiles(parts(told), found.about, at=101 * DAY, half_life_days=180)
    group_of = np.zeros(len(told.people), dtype=np.int32)
    loud = int(made.topic[0])
    made.weight[(made.topic == loud) & (made.person == 0)] = 1_000
    assert loud not in by_group(made, group_of, smallest=5).topic


def test_people_of_a_topic_are_counted_once(told, found):
    counted = people_in(parts(told), found.about.main, len(found))
    assert counted.max() <= len(told.people)
    assert counted.min() >= 1


def test_a_tie_is_about_the_question_the_answer_and_their_conversation(told, found):
    number = {name: told.people.index(name) for name in ("ask", "ben", "cleo")}
    acts = Acts(
        learner=np.array([number["ask"], number["ask"], number["ask"]], dtype=np.int32),
        teacher=np.array([number["ben"], number["cleo"], number["cleo"]], dtype=np.int32),
        weight=np.array([1.0, 1.0, 1.0]),
        at=np.array([100, 101, 101], dtype=np.int64) * DAY,
        answer=np.array(["m90002", "m90004", "gone"], dtype=object),
        question=np.array(["m90001", "", "gone too"], dtype=object),
    )
    made = learned(acts, told, found, at=101 * DAY, half_life_days=60)
    with_ben = made.teacher == number["ben"]
    assert all(words(found, topic) <= set(ABOUT["bearings"]) for topic in made.topic[with_ben])
    assert all(words(found, topic) <= set(ABOUT["invoices"]) for topic in made.topic[~with_ben])
    assert made.weight[with_ben].sum() == pytest.approx(0.5 ** (1 / 60))
    assert made.weight[~with_ben].sum() == pytest.approx(1)
    assert (made.acts == 1).all()
    for name in ("ben", "cleo"):
        rows = made.rows_of(number["ask"], number[name])
        assert rows.tolist() == np.flatnonzero(made.teacher == number[name]).tolist()
        assert not len(made.rows_of(number[name], number["ask"]))
    assert not len(made.rows_of(-1, number["ben"]))


def test_no_act_is_about_nothing(told, found):
    none = np.empty(0, dtype=np.int32)
    acts = Acts(
        learner=none,
        teacher=none,
        weight=np.empty(0),
        at=np.empty(0, dtype=np.int64),
        answer=np.empty(0, dtype=object),
        question=np.empty(0, dtype=object),
    )
    assert len(learned(acts, told, found, at=0, half_life_days=60)) == 0
