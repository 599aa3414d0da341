"""Words of the matter beside a manner of speaking, told by how people use them: no list, any language."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.topics.conversations import Conversations
from crosstie.ideas.topics.features import Rows, Vocabulary

SAID_AGAIN = 0.2
"""Residual IDF from which a word is wholly of the matter."""

LEAST = 0.3
"""What each of the two signs leaves of a word at least: where nothing better was said, it still labels."""

MOSTLY, FAR_MORE = 0.5, 2.0
"""A word of greeting stands at an end of a message in more than this share of its uses, and so much more
often than by chance."""

_FIRST, _LAST, _LONG, _OFTEN = 2, 3, 12, 20  # words at the ends, of a message that has a middle; uses

_FEW = 2.0  # conversations added on both sides, so that chance among a few says little
_FEW_TITLED = 5.0


def of_matter(
    rows: Rows,
    titles: Rows,
    *,
    words: int,
    messages: NDArray[np.int64],
    heard: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """Return (V,) how far each word tells what is talked about rather than how, up to 1.

    What a conversation is about is said in it again; "great" and "please" fall as they may. So a word counts
    by its residual IDF (Church and Gale 1995): the logarithm of the number of conversations it would stand in
    by chance, as often as it was said, over the number of those it stands in. And people put the matter into
    titles: a word that stands there less often than words do in general counts less, too.

    Args:
        rows: conversations, N of them, counted in messages.
        titles: (N,) the words of their titles.
        words: how many there are, V.
        messages: (N,) how many messages each has.
        heard: (N,) which conversations count; of the others there are no words in `rows`.
    """
    there = np.bincount(rows.word, minlength=words).astype(np.float64)
    said = np.bincount(rows.word, weights=rows.times, minlength=words)
    sizes, many = np.unique(messages[heard], return_counts=True)
    rate = said / max(int((sizes * many).sum()), 1)
    by_chance = np.zeros(words)
    for size, often in zip(sizes.tolist(), many.tolist(), strict=True):
        by_chance += often * -np.expm1(-rate * size)
    again = np.log((by_chance + _FEW) / (there + _FEW)) / SAID_AGAIN
    titled = np.bincount(titles.word[heard[np.repeat(np.arange(len(titles)), titles.sizes)]], minlength=words)
    share = titled.sum() / max(there.sum(), 1)
    named = (titled + _FEW_TITLED * share) / ((there + _FEW_TITLED) * share) if share else np.ones(words)
    return np.asarray(np.clip(again, LEAST, 1) * np.clip(named, LEAST, 1), dtype=np.float64)


def of_greetings(told: Conversations, vocabulary: Vocabulary) -> NDArray[np.bool_]:
    """Return (V,) which words people mostly begin or end their messages with: "hello", "kind regards".

    Where messages are long enough to have a middle, most uses of such a word stand at an end of them, far
    more than would by chance.
    """
    sizes = np.diff(told.starts)
    size = np.repeat(sizes, sizes)
    place = np.arange(len(told.word)) - np.repeat(told.starts[:-1], sizes)
    number = vocabulary.numbers(told)[told.word]
    counts = (number >= 0) & (size >= _LONG)
    number, size, place = number[counts], size[counts], place[counts]
    count = len(vocabulary.words)
    is_end = (place < _FIRST) | (place >= size - _LAST)
    used = np.bincount(number, minlength=count)
    ends = np.bincount(number[is_end], minlength=count)
    by_chance = np.bincount(number, weights=(_FIRST + _LAST) / size, minlength=count)
    return np.asarray((used >= _OFTEN) & (ends > MOSTLY * used) & (ends > FAR_MORE * by_chance))
