"""A chat as columns."""

from __future__ import annotations

import numpy as np

from crosstie.ideas.replies import stream
from crosstie.ideas.replies.stream import ADDRESS, ASKS, BUCKETS, SMALL, Stream


def chat(*texts: str, named: tuple[tuple[str, ...], ...] = ()) -> Stream:
    return stream(
        authors=[("Ann", "Bo")[at % 2] for at in range(len(texts))],
        seconds=[50.0 * at for at in range(len(texts))],
        texts=texts,
        named=named or [()] * len(texts),
    )


def test_authors_are_numbered_as_they_come_and_minutes_are_whole():
    one = chat("a", "b", "c")
    assert (one.author.tolist(), one.authors, one.minutes.tolist()) == ([0, 1, 0], 2, [0, 0, 1])


def test_the_named_are_those_who_write_here_and_never_oneself():
    one = chat("a", "b", named=(("Ann", "Bo", "Nobody"), ("Ann", "Ann")))
    assert (one.named_at.tolist(), one.named.tolist()) == ([0, 1, 2], [1, 0])


def test_a_word_in_few_messages_is_rare():
    one = chat("the kernel panics", "the mouse", "the mouse")
    the, kernel, _panics, mouse = one.rarity.tolist()
    assert kernel > mouse > the


def test_marks_say_what_a_text_looks_like():
    one = chat("is it?", "See https://a.example")
    assert one.marks.tolist() == [ASKS | SMALL, ADDRESS]


def test_signs_do_not_tell_words_and_do_not_depend_on_the_process():
    one, other = chat("hello there", "x"), chat("hello there", "y")
    assert one.sign[: one.sign_at[1]].tolist() == other.sign[: other.sign_at[1]].tolist()
    assert one.sign.max() < BUCKETS


def test_texts_in_any_script_and_none_at_all_make_a_stream():
    one = chat("", "日本語 テスト?", "🙂", "привет мир")
    assert (len(one), one.length.tolist()) == (4, [0, 2, 0, 2])
    assert np.isfinite(one.rarity).all()
