"""A topic hangs on few where one person, or two, answered nearly alone of late."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as some

from crosstie.advice.at_risk import AtRiskSettings, HangsOnFew, at_risk, who_is_near
from crosstie.ideas.topics.profiles import Parts, Profiles

_DAY = 86_400_000_000
NOW = 1_000 * _DAY


def _parts(*answers: tuple[int, int], days_ago: float = 10.0) -> Parts:
    """Each a (conversation, who answered); conversation n is begun by person 100 + n."""
    threads = sorted({thread for thread, _ in answers})
    rows = sorted(
        [(100 + thread, thread, True) for thread in threads]
        + [(who, thread, False) for thread, who in answers]
    )
    person, thread, began = zip(*rows, strict=True)
    at = np.full(len(rows), NOW - int(days_ago * _DAY))
    return Parts(
        person=np.array(person, dtype=np.int32),
        thread=np.array(thread, dtype=np.int32),
        began=np.array(began),
        first_at=at,
        last_at=at,
    )


def _main(conversations: int = 12) -> np.ndarray:
    return np.zeros(conversations, dtype=np.int32)


def test_a_topic_that_one_answers_hangs_on_one():
    took = _parts(*((thread, 1) for thread in range(6)))
    assert at_risk(took, _main(), at=NOW) == (HangsOnFew(topic=0, people=(1,), answered=6, others=6),)


def test_two_who_share_it_are_two_and_three_are_enough():
    two = _parts(*((thread, 1 + thread % 2) for thread in range(6)))
    three = _parts(*((thread, 1 + thread % 3) for thread in range(6)))
    assert [one.people for one in at_risk(two, _main(), at=NOW)] == [(1, 2)]
    assert at_risk(three, _main(), at=NOW) == ()


def test_a_word_in_passing_makes_no_second_one_who_knows_but_many_such_words_do():
    answers = [(thread, 1) for thread in range(6)]
    assert [one.people for one in at_risk(_parts(*answers, (0, 2)), _main(), at=NOW)] == [(1,)]
    elsewhere = [(thread, 1) for thread in range(4)] + [(thread, thread + 10) for thread in range(4, 8)]
    assert at_risk(_parts(*elsewhere), _main(), at=NOW) == ()


def test_few_conversations_or_old_ones_say_nothing():
    assert at_risk(_parts(*((thread, 1) for thread in range(4))), _main(), at=NOW) == ()
    assert at_risk(_parts(*((thread, 1) for thread in range(6)), days_ago=200), _main(), at=NOW) == ()


def test_ten_words_in_one_conversation_are_one_answer():
    took = _parts(*((0, 1) for _ in range(10)))
    assert at_risk(took, _main(), at=NOW, settings=AtRiskSettings(least_answered=2)) == ()


@given(some.permutations(range(30)), some.permutations(range(8)))
def test_which_numbers_people_and_conversations_have_makes_no_difference(people, threads):
    answers = [(thread, 1 + (thread == 3)) for thread in range(8)]
    plain = at_risk(_parts(*answers), _main(), at=NOW)
    other = at_risk(_parts(*((threads[thread], people[who]) for thread, who in answers)), _main(), at=NOW)
    assert [(one.topic, one.answered, one.others) for one in plain] == [
        (one.topic, one.answered, one.others) for one in other
    ]
    assert [people[one.people[0]] for one in plain] == [one.people[0] for one in other]


def test_near_are_the_others_who_talk_of_it():
    found = Profiles(
        person=np.array([1, 2, 3, 4], dtype=np.int32),
        topic=np.array([0, 0, 0, 1], dtype=np.int32),
        weight=np.array([5.0, 1.0, 2.0, 9.0]),
        given=np.zeros(4),
        conversations=np.ones(4, dtype=np.int32),
        last_at=np.zeros(4, dtype=np.int64),
    )
    assert who_is_near(found, HangsOnFew(topic=0, people=(1,), answered=5, others=2)) == (3, 2)
