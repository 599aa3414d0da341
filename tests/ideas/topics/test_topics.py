"""Topics are found, named in people's words, and stay the same."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import numpy as np
import pytest
from tests.ideas.topics.talk import ABOUT, PLACES, said, talk

from crosstie.ideas import Names
from crosstie.ideas.threads import Message
from crosstie.ideas.topics import Conversations, Sensitive, Topics, conversations, topics
from crosstie.ideas.topics.wording import words_of


def told(messages: Iterable[Message]) -> Conversations:
    return conversations(messages, names=Names(["Ada Berg"]), sensitive=Sensitive(), place_names=PLACES)


def found(columns: Conversations, **more: object) -> Topics:
    return topics(columns, place_names=PLACES, sensitive=Sensitive(), seed=20, **more)  # type: ignore[arg-type]


def test_conversations_about_one_thing_have_one_topic():
    columns = told(talk())
    made = found(columns)
    about = np.arange(len(columns)) % len(ABOUT)
    for topic in range(len(made)):
        assert len(set(about[made.about.main == topic].tolist())) == 1


def test_words_and_label_are_of_what_is_talked_about():
    made = found(told(talk()))
    for words, label in zip(made.words, made.labels, strict=True):
        assert any(set(words) <= set(things) for things in ABOUT.values())
        assert label
    assert len(set(made.labels)) == len(made)


def test_shares_of_a_conversation_add_up():
    made = found(told(talk()))
    np.testing.assert_allclose(made.about.weight.sum(axis=1), 1, rtol=1e-5)


def test_the_same_data_give_the_same_topics():
    one, other = found(told(talk())), found(told(talk()))
    assert one.labels == other.labels
    np.testing.assert_array_equal(one.about.topic, other.about.topic)


def test_new_conversations_join_old_topics_and_old_ones_stay():
    old = found(told(talk()))
    months = told([*talk(), *talk(12, seed=2, first_day=100)])
    new = found(months, before=old)
    assert new.ids == old.ids
    assert new.labels == old.labels
    np.testing.assert_array_equal(new.about.main[: len(old.key)], old.about.main)
    assert (new.about.main[len(old.key) :] >= 0).all()


def test_what_is_looked_for_anew_keeps_its_number():
    old = found(told(talk()))
    new = found(told(talk()), before=old, is_anew=True)
    assert set(new.ids) == set(old.ids)
    then, now = np.array(old.ids)[old.about.main], np.array(new.ids)[new.about.main]
    assert (then == now).mean() >= 0.9


def test_much_that_is_new_makes_it_look_anew():
    old = found(told(talk(30)))
    new = found(told([*talk(30), *talk(30, seed=2, first_day=100)]), before=old)
    assert new.found_in == 60


def test_a_question_has_the_topic_of_its_words():
    made = found(told(talk()))
    about = made.of_texts([words_of("Why does the spindle bearing wobble?"), words_of("Hello?")])
    assert set(made.words[about.main[0]]) <= set(ABOUT["bearings"])
    assert about.main[1] == -1


def test_a_conversation_of_few_words_has_no_topic():
    columns = told([*talk(), said(99_999, "p1", "spindle bearing grease", thread="short", day=99)])
    assert found(columns).about.main[-1] == -1


def test_without_scikit_learn_places_are_the_topics(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    columns = told(talk())
    made = found(columns)
    assert set(made.labels) == {"workshop floor", "office"}
    office = made.labels.index("office")
    invoices = np.arange(len(columns)) % len(ABOUT) == 1
    np.testing.assert_array_equal(made.about.main == office, invoices)


@pytest.mark.parametrize("messages", [[], [said(1, "p1", "Hello?")], [said(1, "", "who knows")]])
def test_next_to_nothing_has_no_topic(messages):
    made = found(told(messages))
    assert (made.about.main == -1).all()
    assert len(made.of_texts([["spindle"]]).topic) == 1
