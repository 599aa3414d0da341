"""Labels are words of the matter: no filler, no key, nothing twice, and what is said together."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np
import pytest
from tests.ideas.topics.talk import ABOUT, said

from crosstie.ideas import Names
from crosstie.ideas.threads import Message
from crosstie.ideas.topics import Sensitive, Topics, conversations, topics
from crosstie.ideas.topics.features import Rows, Vocabulary
from crosstie.ideas.topics.labels import labels, telling_words
from crosstie.ideas.topics.matter import LEAST, of_greetings, of_matter
from crosstie.ideas.topics.phrases import phrases
from crosstie.ideas.topics.wording import words_of

FILLERS = tuple(
    f"{first}{last}" for first in ("wa", "so", "mu", "ne", "ki", "ro") for last in ("ll", "rra", "ndo", "ply")
)
KEYS = tuple(f"{number * 7919 % 2**32:08x}a{number}" for number in range(1, 31))


def speech(threads: int = 150, *, seed: int = 3) -> Iterator[Message]:
    """Yield threads that say the words of their matter and a key again, among fillers that fall anywhere."""
    dice = random.Random(seed)
    for thread in range(threads):
        about = ABOUT[list(ABOUT)[thread % len(ABOUT)]]
        matter = dice.sample(about[:15], 6)
        key = dice.choice(KEYS)
        for number in range(6):
            words = dice.sample(matter, 3) + dice.sample(FILLERS, 1) + [key]
            dice.shuffle(words)
            text = " ".join(words)
            yield said(thread * 10 + number, f"p{dice.randrange(12)}", text, thread=f"t{thread}", day=thread)


def found(messages: Iterator[Message], places: Mapping[str, str] | None = None) -> Topics:
    names = places or {}
    told = conversations(messages, names=Names(), sensitive=Sensitive(), place_names=names)
    return topics(told, place_names=names, sensitive=Sensitive(), seed=20)


@pytest.mark.parametrize("seed", [3, 4, 5])
def test_no_filler_and_no_key_labels_a_topic(seed):
    made = found(speech(seed=seed))
    matter = {word for about in ABOUT.values() for word in about}
    for label in made.labels:
        assert set(words_of(label)) <= matter
    assert not {word for word in made.vocabulary.words if any(sign.isdigit() for sign in word)}


def test_what_people_begin_and_end_their_messages_with_is_a_greeting_and_the_matter_is_not():
    dice = random.Random(7)
    matter = [f"matter{number}" for number in range(100)]
    messages = []
    for number in range(240):
        words = dice.sample(matter, 14)
        if number % 8 == 0:
            words = ["hullo", *words, "warm", "wishes"]
        messages.append(said(number, f"p{number % 9}", " ".join(words), thread=f"t{number}", day=number))
    told = conversations(messages, names=Names(), sensitive=Sensitive(), place_names={})
    vocabulary = Vocabulary.chosen(told)
    greetings = {vocabulary.words[row] for row in np.flatnonzero(of_greetings(told, vocabulary))}
    assert greetings == {"hullo", "warm", "wishes"}


def test_a_word_that_is_said_again_is_of_the_matter_and_one_that_falls_anywhere_is_not():
    rows = _rows([[0, 1]] * 4 + [[1]] * 36, times=[8.0, 1.0] * 4 + [1.0] * 36)
    told = of_matter(
        rows, _rows([[]] * 40), words=2, messages=np.full(40, 8), heard=np.ones(40, dtype=np.bool_)
    )
    np.testing.assert_allclose(told, [1, LEAST])


def test_a_word_that_people_put_into_titles_is_of_the_matter():
    rows = _rows([[0, 1]] * 10 + [[]] * 30, times=[8.0] * 20)
    titles = _rows([[0]] * 10 + [[]] * 30)
    told = of_matter(rows, titles, words=2, messages=np.full(40, 8), heard=np.ones(40, dtype=np.bool_))
    assert told[0] == 1  # all that can be said for a word
    assert told[1] < 0.4


def test_titles_of_what_is_left_out_tell_nothing():
    rows, titles = _rows([[0], []], times=[8.0]), _rows([[0], [1]])
    told = of_matter(rows, titles, words=2, messages=np.array([8, 8]), heard=np.array([True, False]))
    assert told[1] <= told[0]
    assert np.isfinite(told).all()


def test_what_is_said_together_stands_together_in_a_label():
    made = labels(
        [["agent", "drying", "shaft", "seal"]],
        np.zeros(3, dtype=np.int32),
        np.array([0, 1, 2], dtype=np.int32),
        {},
        {("drying", "agent"), ("shaft", "seal")},
    )
    assert made == ("drying agent, shaft seal",)


def test_two_words_are_a_phrase_if_people_mostly_say_them_together():
    texts = [
        "drying agent dries over night",
        "the drying agent leaks over it",
        "no drying agent",
        "over to you",
        "over and out",
    ]
    messages = [said(row, f"p{row % 3}", text, thread=f"t{row}") for row, text in enumerate(texts * 3)]
    assert _phrases(messages) == {("drying", "agent")}


def test_what_one_person_says_together_is_no_phrase():
    messages = [said(row, "p1", "drying agent", thread=f"t{row}") for row in range(6)]
    assert not _phrases(
        [*messages, said(6, "p2", "drying", thread="t6"), said(7, "p2", "agent", thread="t7")]
    )
    assert _phrases([*messages, said(6, "p2", "drying agent", thread="t6")])


def test_two_parts_of_one_full_name_are_no_phrase():
    messages = [said(row, f"p{row}", "drying (agent) over night", thread=f"t{row}") for row in range(6)]
    assert _phrases(messages) == {("drying", "agent"), ("agent", "over"), ("over", "night")}
    assert _phrases(messages, "Agent Drying") == {("agent", "over"), ("over", "night")}


def _phrases(messages: list[Message], *names: str) -> frozenset[tuple[str, str]]:
    told = conversations(messages, names=Names(names), sensitive=Sensitive(), place_names={})
    words = ("drying", "agent", "over", "night")
    return phrases(told, Vocabulary(words=words, rarity=np.ones(4, dtype=np.float32)), words)


def test_a_label_says_neither_a_word_in_two_forms_nor_the_name_of_its_place_again():
    assert labels(
        [["spindle", "grease", "shaft"], ["audit"]],
        np.array([0, 0, 0, 1, -1, -1, -1], dtype=np.int32),
        np.array([0, 0, 1, 1, 0, 0, 0], dtype=np.int32),
        {0: "spindles"},
        set(),
    ) == ("spindles: grease, shaft", "audit")


def test_of_a_word_in_two_forms_one_speaks():
    made = found(speech())
    rows = _rows([[row] for row in range(len(made.vocabulary.words))] * 2)
    words = telling_words(
        made.vocabulary,
        rows,
        np.zeros(len(rows), dtype=np.int32),
        topics=1,
        titles=_rows([[]] * len(rows)),
        matter=np.ones(len(made.vocabulary.words)),
        sensitive=Sensitive(),
        names=Names(),
    )[0]
    assert len(words) == len({word[:4] for word in words})


@pytest.mark.parametrize(
    ("names", "said"),
    [([], ("will", "shaft", "mark")), (["Mark Lea Will"], ("will", "shaft"))],
)
def test_of_two_parts_of_one_full_name_one_speaks(names, said):
    vocabulary = Vocabulary(words=("will", "shaft", "mark"), rarity=np.array([9, 4, 1], dtype=np.float32))
    words = telling_words(
        vocabulary,
        _rows([[0, 1, 2]] * 3),
        np.zeros(3, dtype=np.int32),
        topics=1,
        titles=_rows([[]] * 3),
        matter=np.ones(3),
        sensitive=Sensitive(),
        names=Names(names),
    )
    assert words == (said,)


LATIN = ("Ben Olu", "Cleo Marti", "Fay Lind")
WRITTEN = {
    "as they are": (LATIN, LATIN),
    "small": (LATIN, ("ben olu", "marti, cleo", "fay.lind")),
    "genitive": (LATIN, ("Bens Olus", "Cleos", "Linds")),
    "Hebrew": (("דוד כהן", "שרה לוי", "משה מזרחי"),) * 2,
    "Korean": (("정도윤", "김서연", "박민준"),) * 2,
    "decomposed": (
        ("José Núñez", "Zoë Bär", "Žan Čuk"),
        ("Jose\u0301 Núñez", "Zoe\u0308 Bär", "Z\u030can Čuk"),
    ),
}


@pytest.mark.parametrize(("full", "written"), WRITTEN.values(), ids=WRITTEN)
def test_no_word_of_a_topic_is_a_name_however_it_is_written(full, written):
    made = _about_people(written, Names(full))
    assert made.labels
    assert set(made.vocabulary.words) <= {word for about in ABOUT.values() for word in about}


def test_no_label_has_two_parts_of_one_full_name_that_stand_apart():
    names, written = Names(LATIN), ("ben (olu)", "cleo 3 marti", "lind fay")
    assert any(_names_someone(label, names) for label in _about_people(written, Names()).labels)
    made = _about_people(written, names)
    assert {"ben", "olu"} <= set(made.vocabulary.words)
    assert not any(_names_someone(label, names) for label in made.labels)


def _names_someone(label: str, names: Names) -> bool:
    return any(names.joins(one, other) for one, other in combinations(words_of(label), 2))


def _about_people(written: Sequence[str], names: Names) -> Topics:
    """Return the topics of talk in which each matter has somebody's name beside it again and again."""
    dice, messages = random.Random(3), []
    for thread in range(150):
        matter = dice.sample(ABOUT[list(ABOUT)[thread % 3]][:15], 6)
        name = written[thread % 3] if dice.random() < 0.4 else ""
        for number in range(6):
            text = f"{' '.join(dice.sample(matter, 3))} {name}"
            author, key = f"p{dice.randrange(12)}", thread * 10 + number
            messages.append(said(key, author, text, thread=f"t{thread}", day=thread))
    told = conversations(messages, names=names, sensitive=Sensitive(), place_names={})
    return topics(told, place_names={}, sensitive=Sensitive(), seed=20)


def _rows(words: list[list[int]], times: list[float] | None = None) -> Rows:
    flat = [one for row in words for one in row]
    return Rows(
        starts=np.cumsum([0, *map(len, words)], dtype=np.int64),
        word=np.array(flat, dtype=np.int32),
        times=np.array(times if times is not None else [1.0] * len(flat), dtype=np.float32),
    )
