"""What a made-up chat is held to say of who answers whom."""

from __future__ import annotations

import numpy as np
import pytest

from crosstie.ideas.replies import Stream, answered, inferring, parents, replies, stream
from crosstie.ideas.replies.looking_back import WINDOW

Line = tuple[float, str, str, tuple[str, ...]]

TALK: list[Line] = [
    (0, "Ann", "hi, does anyone know why the printer in Oslo prints no duplex?", ()),
    (1, "Bo", "Ann: did you install the new driver?", ("Ann",)),
    (1, "Cy", "hello, how do I mount a share from the archive server?", ()),
    (2, "Dee", "Cy: which archive server, the old one?", ("Cy",)),
    (2, "Ann", "Bo: no, where is the driver?", ("Bo",)),
    (3, "Cy", "Dee: yes the old archive one", ("Dee",)),
    (3, "Bo", "Ann: on the intranet, search for printer", ("Ann",)),
    (4, "Dee", "Cy: then use its old name", ("Cy",)),
    (5, "Ann", "Bo: thanks, the printer works now", ("Bo",)),
]
PARENTS = [0, 0, 2, 2, 1, 3, 4, 5, 6]


def chat(lines: list[Line]) -> Stream:
    minutes, authors, texts, named = zip(*lines, strict=True)
    return stream(authors=authors, seconds=[60 * one for one in minutes], texts=texts, named=named)


def long_chat(times: int, minutes: int = 7) -> list[Line]:
    return [
        (at * minutes + minute, who, text, named) for at in range(times) for minute, who, text, named in TALK
    ]


def test_two_conversations_side_by_side_are_told_apart():
    assert parents(replies(chat(TALK)), len(TALK)).tolist() == PARENTS


def test_the_chances_of_a_message_sum_to_one():
    found = replies(chat(long_chat(20)))
    assert np.bincount(found.message, found.chance) == pytest.approx(np.ones(20 * len(TALK)), abs=1e-4)


def test_a_parent_came_before_and_lies_within_the_window():
    found = replies(chat(long_chat(30)))
    back = found.message - found.parent
    assert back.min() == 0
    assert back.max() <= WINDOW


def test_nothing_is_answered_after_hours():
    late = [*TALK[:2], (60 * 24 * 7, "Cy", "thanks to Ann and Bo", ("Ann", "Bo"))]
    assert parents(replies(chat(late)), 3)[2] == 2
    assert 2 not in answered(replies(chat(late)), chat(late).author).message


def test_the_named_are_likelier_answered_than_others():
    one = chat(TALK)
    whom = answered(replies(one), one.author)
    named = {1: "Ann", 3: "Cy", 4: "Bo", 5: "Dee", 6: "Ann", 7: "Cy", 8: "Bo"}
    who = {message: TALK[parent][1] for message, parent in zip(*whom[:2], strict=True)}
    assert {message: who[message] for message in named} == named


def test_a_long_chat_is_read_in_blocks_and_what_is_far_changes_nothing(monkeypatch: pytest.MonkeyPatch):
    one = chat(long_chat(150, minutes=60))
    whole = replies(one)
    monkeypatch.setattr(inferring, "BLOCK", 300)
    blocks = replies(one)
    assert blocks.message.tolist() == sorted(blocks.message.tolist())
    assert (parents(blocks, len(one)) == parents(whole, len(one))).mean() > 0.99


def test_the_same_chat_gives_the_same_to_the_last_bit():
    first, again = (replies(chat(long_chat(10))) for _ in range(2))
    assert all((one == other).all() for one, other in zip(first, again, strict=True))


def test_a_chat_without_messages_and_one_of_one():
    assert len(replies(chat_of_nothing()).message) == 0
    alone = replies(chat(TALK[:1]))
    assert (alone.message.tolist(), alone.parent.tolist(), alone.chance.tolist()) == ([0], [0], [1.0])


def chat_of_nothing() -> Stream:
    return stream(authors=[], seconds=[], texts=[], named=[])


def test_one_who_talks_alone_answers_nobody():
    one = chat([(at, "Ann", f"note {at}", ()) for at in range(40)])
    assert len(answered(replies(one), one.author).message) == 0
