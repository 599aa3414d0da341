"""Questions that come again: linked to earlier ones that had been answered, gathered without chaining."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from tests.advice.recurring import RECURRING, index_of, people, put

from crosstie.advice.routine import (
    ACCEPTED,
    NEAREST,
    THANKED,
    Links,
    RoutineSettings,
    gathered,
    links,
    middle,
    settled_by,
)
from crosstie.ideas import Answered, Index


def _links(*rows: tuple[int, int, float]) -> Links:
    later, earlier, nearness = zip(*rows, strict=True)
    return Links(
        looked_at=np.arange(1, 50),
        question=np.array(later),
        earlier=np.array(earlier),
        nearness=np.array(nearness, dtype=np.float64),
    )


def test_what_was_asked_again_is_gathered_and_nothing_else():
    told = put()
    with index_of(told) as index:
        found = _found(index)
        asked = {one.number: one.external_id for one in index.every_question()}
    groups = [{asked[number].split("-")[0] for number in group} for group in gathered(found)]
    assert groups == [{name} for name in RECURRING]
    assert [len(group) for group in gathered(found)] == [5, 4]


def test_a_question_is_linked_only_to_what_was_answered_before_it_was_asked():
    with index_of(put()) as index:
        found = _found(index)
        asked = {one.number: one for one in index.every_question()}
        answers = index.answers_to(list(asked))
    assert len(found.question)
    for later, earlier in zip(found.question.tolist(), found.earlier.tolist(), strict=True):
        assert answers[earlier][0].at < asked[later].at


def test_whoever_asks_and_answers_makes_no_difference():
    with index_of(put()) as index, index_of(put(people[::-1])) as other:
        one, two = _found(index), _found(other)
    assert gathered(one) == gathered(two)
    assert one.nearness.tolist() == two.nearness.tolist()


def test_with_few_questions_nothing_is_linked():
    with index_of(put()[:60]) as index:
        assert len(_found(index).question) == 0


def test_what_opens_a_thread_and_asks_nothing_is_no_question():
    told = put(other="Happy birthday to everybody in the tower of copper!")
    with index_of(told) as index:
        asked = {one.number: one.external_id for one in index.every_question()}
        assert not any(asked[number].startswith("other") for number in _found(index).looked_at.tolist())


def test_a_chain_of_which_each_is_like_the_next_does_not_become_one():
    chain = _links(*((number + 1, number, 1.0) for number in range(1, 12)))
    assert max(map(len, gathered(chain))) <= 3


def test_a_group_grows_no_larger_than_its_cap():
    everyone = _links(*((later, earlier, 1.0) for later in range(2, 13) for earlier in range(1, later)))
    assert [len(group) for group in gathered(everyone)] == [12]
    assert max(map(len, gathered(everyone, RoutineSettings(most_asked=5)))) <= 5


_NUMBERS = some.lists(some.integers(1, 10_000), min_size=9, max_size=9, unique=True).map(sorted)


@given(some.permutations(range(8)), _NUMBERS)
def test_the_order_of_links_and_the_numbers_of_questions_make_no_difference(order, renamed):
    rows = [(2, 1, 1.0), (3, 1, 0.9), (3, 2, 0.95), (5, 4, 1.2), (7, 6, 0.85), (8, 6, 0.8), (8, 7, 0.99)]
    rows.append((9, 8, 0.7))
    plain = gathered(_links(*rows))
    assert gathered(_links(*(rows[row] for row in order))) == plain
    other = gathered(_links(*((renamed[a - 1], renamed[b - 1], value) for a, b, value in rows)))
    assert [tuple(renamed.index(one) + 1 for one in group) for group in other] == list(plain)


def test_in_the_middle_stands_what_the_others_are_nearest_to_and_on_ties_the_latest():
    found = _links((2, 1, 1.0), (3, 2, 1.0), (3, 1, 0.4))
    assert middle((1, 2, 3), found) == (2, 3, 1)
    assert middle((1, 2), _links((2, 1, 1.0))) == (2, 1)


def _answer(number: int) -> Answered:
    return Answered(number, 1, f"a{number}", "ben", number)


def test_what_its_asker_accepted_settles_it_then_thanks_then_words():
    answers = [_answer(1), _answer(2), _answer(3)]
    near = {1: 0.9, 2: 0.4}
    none: frozenset[int] = frozenset()
    assert settled_by(answers, accepted=frozenset({3}), thanked={2: 1}, nearness=near) == (
        answers[2],
        ACCEPTED,
    )
    assert settled_by(answers, accepted=none, thanked={2: 1}, nearness=near) == (answers[1], THANKED)
    assert settled_by(answers, accepted=none, thanked={}, nearness=near) == (answers[0], NEAREST)


def test_an_answer_with_no_thanks_and_none_of_the_words_settles_nothing():
    assert settled_by([_answer(1)], accepted=frozenset(), thanked={}, nearness={1: 0.1}) is None


def _found(index: Index) -> Links:
    texts = index.originals(index.every_question())
    return links(index, index.every_question(), lambda asked: texts[asked.external_id][0])


@pytest.mark.parametrize("most", [30])
def test_only_the_latest_questions_are_looked_at(most):
    with index_of(put()) as index:
        questions = index.every_question()
        texts = index.originals(questions)
        found = links(
            index, questions, lambda asked: texts[asked.external_id][0], RoutineSettings(most_questions=most)
        )
    assert found.looked_at.tolist() == [one.number for one in questions[-most:]]
