"""What is sensitive is left out, whatever else is said beside it."""

from __future__ import annotations

import numpy as np
import pytest
from tests.ideas.topics.talk import PLACES, said, talk

from crosstie.ideas import Names
from crosstie.ideas.topics import Conversations, Sensitive, conversations, topics
from crosstie.ideas.topics.wording import words_of

SENSITIVE = [
    "I am on sick leave until Monday",
    "ask the works council first",
    "Der Betriebsrat muss zustimmen",
    "die Krankschreibung liegt bei",
    "she is pregnant",
    "after the bundestagswahl everything changes",
    "he goes to church",
    "my salary was late",
    "the doctor said it is an illness",
    "we vote at the next election",
    "Religionsfreiheit",
]
PLAIN = [
    "take the union of both sets",
    "run the health check of the server",
    "the leader election of the cluster failed",
    "the operation of the pump is simple",
    "die Therapie der Maschine",
    "strike the pin with a hammer",
    "it is a party of five",
]


@pytest.mark.parametrize("text", SENSITIVE)
def test_it_is_recognised_in_two_languages(text):
    assert Sensitive().in_text(words_of(text))


@pytest.mark.parametrize("text", PLAIN)
def test_words_with_another_meaning_at_work_are_not_enough_alone(text):
    assert not Sensitive().in_text(words_of(text))


def test_an_organisation_adds_words_and_phrases():
    words = Sensitive(["Kita*", "project x"])
    assert words.in_text(words_of("die kitaplätze"))
    assert Sensitive(["black swan*"]).in_text(words_of("two black swans"))
    assert words.version != Sensitive().version


def told(*more: object, place_names: dict[str, str] = PLACES) -> Conversations:
    return conversations(
        [*talk(), *more],  # type: ignore[list-item]  # messages
        names=Names(),
        sensitive=Sensitive(),
        place_names=place_names,
    )


def test_a_conversation_that_begins_so_has_no_topic_and_no_words():
    columns = told(
        said(90_001, "p1", "the spindle bearing waits, I am pregnant", thread="s", day=99),
        said(90_002, "p2", "then the preload of the spindle shaft seat can wait", thread="s", day=99),
    )
    made = topics(columns, place_names=PLACES, sensitive=Sensitive(), seed=20)
    assert columns.is_sensitive[-1]
    assert made.about.main[-1] == -1
    assert "pregnant" not in columns.words


def test_one_such_message_among_many_is_left_out_alone():
    more = [said(90_000 + row, "p1", "the spindle bearing wobbles", thread="s", day=99) for row in range(9)]
    columns = told(*more, said(90_010, "p2", "ask the works council", thread="s", day=99))
    assert not columns.is_sensitive[-1]
    assert columns.starts[-1] == columns.starts[-2]


def test_a_place_by_its_name_is_left_out_whole():
    columns = told(place_names=PLACES | {"c2": "works-council"})
    office = columns.place == columns.places.index("c2")
    np.testing.assert_array_equal(columns.is_sensitive, office)
