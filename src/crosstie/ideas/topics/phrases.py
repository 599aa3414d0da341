"""Two words that people say together: "drying agent" tells more than "agent" beside "drying"."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.topics.conversations import Conversations
from crosstie.ideas.topics.features import Vocabulary

TOGETHER = 1 / 3
"""In so many of the messages with either of two words the one must follow the other."""

LEAST_MESSAGES = 3


def phrases(told: Conversations, vocabulary: Vocabulary, words: Iterable[str]) -> frozenset[tuple[str, str]]:
    """Return which of these words people say together, in this order.

    The one stands right after the other in three messages, of two people, and in a third of those with
    either. Words that go with many others ("until", "over") make no phrase with any. Two parts of somebody's
    full name make none either: each may mean something, but both name a person.

    Args:
        told: all conversations.
        vocabulary: the words that are looked at.
        words: some of them.
    """
    wanted = np.array([*map(frozenset(words).__contains__, vocabulary.words), False])  # the last: no word
    word = _numbers(told, vocabulary)
    said = np.bincount(word, minlength=len(wanted))
    message = np.repeat(np.arange(len(told.thread)), np.diff(told.starts))
    at = np.flatnonzero(wanted[word[:-1]] & wanted[word[1:]] & (message[:-1] == message[1:]))
    pairs, pair, times = np.unique(
        np.column_stack([word[at], word[at + 1]]), axis=0, return_inverse=True, return_counts=True
    )
    # Of how many people: each counts once a pair.
    by_whom = np.unique(np.column_stack([pair.reshape(-1), told.author[message[at]]]), axis=0)
    people = np.bincount(by_whom[:, 0], minlength=len(pairs))
    most = said[pairs].max(axis=1, initial=0)
    kept = (times >= np.maximum(LEAST_MESSAGES, TOGETHER * most)) & (people > 1)
    found = ((vocabulary.words[left], vocabulary.words[right]) for left, right in pairs[kept].tolist())
    return frozenset(pair for pair in found if not told.names.joins(*pair))


def _numbers(told: Conversations, vocabulary: Vocabulary) -> NDArray[np.int64]:
    """Return the number in the vocabulary of each word said; of others, one more than the last."""
    number = vocabulary.numbers(told).astype(np.int64)
    return np.where(number < 0, len(vocabulary.words), number)[told.word]
