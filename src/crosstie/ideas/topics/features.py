"""Words of conversations, weighed by what they tell: TF-IDF, as columns, with numpy alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.topics.conversations import Conversations

MOST_WORDS = 20_000
LEAST_CONVERSATIONS = 3
"""In how many conversations a word has to stand to be looked at."""

MOST_SHARE = 0.2
"""A word in more of all conversations says nothing of what one is about; this needs no list of stop words."""

LEAST_WORDS = 4
"""With fewer different words that tell something, a text is about nothing that could be said; half a dozen
words of speech hold about as many."""


_LEAST_RARITY = 0.1
"""So that what all of a few people say still counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Texts as counted words: text r has `word[starts[r]:starts[r + 1]]`, each `times` often."""

    starts: NDArray[np.int64]
    word: NDArray[np.int32]
    times: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Return (R,) how many different words each text has."""
        return np.diff(self.starts)

    def some(self, rows: NDArray[np.int64]) -> Rows:
        """Return some of the texts, in the order given."""
        sizes = self.sizes[rows]
        ends = np.cumsum(sizes)
        at = np.repeat(self.starts[rows] - (ends - sizes), sizes) + np.arange(
            int(ends[-1]) if len(ends) else 0
        )
        return Rows(starts=np.concatenate([[0], ends]), word=self.word[at], times=self.times[at])


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The words that are looked at.

    Attributes:
        words: (V,) in small letters.
        rarity: (V,) how much each tells: ln(conversations / those with it) x ln(people / those who use it).
            Whatever everybody says ("anyone seen this before?") is rare in no conversation's own words, and
            still says nothing of what it is about.
    """

    words: tuple[str, ...]
    rarity: NDArray[np.float32]

    @classmethod
    def chosen(cls, told: Conversations) -> Self:
        """Choose words that stand in enough conversations and not in too many; the most common of those.

        Those of one person alone are passed over: a topic is something that several talk about.
        """
        used = np.flatnonzero(~told.is_sensitive)
        # First what is cheap to count: most words stand in one or two messages, ever.
        said = np.bincount(told.word, minlength=len(told.words)) > 1
        number = np.where(said, np.arange(len(said)), -1).astype(np.int32)
        thread, word, _ = _summed(told, number, by=told.thread)
        often = np.bincount(word[~told.is_sensitive[thread]], minlength=len(said))
        _, word, _ = _summed(told, number, by=told.author)
        people = np.bincount(word, minlength=len(said))
        least = min(LEAST_CONVERSATIONS, 1 + len(used) // 20)
        most = max(MOST_SHARE * len(used), least)
        taken = np.flatnonzero((often >= least) & (often <= most) & (people > 1))
        if len(taken) > MOST_WORDS:
            by_use = np.lexsort((taken, -often[taken]))
            taken = np.sort(taken[by_use[:MOST_WORDS]])
        among_texts = np.log(max(len(used), 1) / np.maximum(often[taken], 1))
        among_people = np.log(max(len(told.people), 1) / np.maximum(people[taken], 1))
        rarity = np.maximum(among_texts, _LEAST_RARITY) * np.maximum(among_people, _LEAST_RARITY)
        return cls(
            words=tuple(told.words[number] for number in taken.tolist()), rarity=rarity.astype(np.float32)
        )

    def of_conversations(self, told: Conversations) -> Rows:
        """Return the words of each conversation: in how many of its messages each stands."""
        owner, word, times = _summed(told, self.numbers(told), by=told.thread)
        sizes = np.bincount(owner, minlength=len(told))
        return Rows(
            starts=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
            word=word.astype(np.int32),
            times=times.astype(np.float32),
        )

    def of_messages(self, told: Conversations, messages: NDArray[np.int64]) -> Rows:
        """Return the words of some messages, by number."""
        there = Rows(starts=told.starts, word=told.word, times=np.ones(len(told.word), dtype=np.float32))
        some = there.some(messages)
        number = self.numbers(told)[some.word]
        owner = np.repeat(np.arange(len(messages)), some.sizes)[number >= 0]
        sizes = np.bincount(owner, minlength=len(messages))
        return Rows(
            starts=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
            word=number[number >= 0],
            times=np.ones(len(owner), dtype=np.float32),
        )

    def of_texts(self, texts: Sequence[Sequence[str]]) -> Rows:
        """Return the words of texts that were taken apart already."""
        number = {word: row for row, word in enumerate(self.words)}
        found = [sorted({number[word] for word in words if word in number}) for words in texts]
        flat = np.array([one for words in found for one in words], dtype=np.int32)
        sizes = [len(words) for words in found]
        return Rows(
            starts=np.cumsum([0, *sizes], dtype=np.int64),
            word=flat,
            times=np.ones(len(flat), dtype=np.float32),
        )

    def weighed(self, rows: Rows) -> NDArray[np.float32]:
        """Return one weight an entry of `Rows.word`: (1 + ln times) x rarity, each text of length 1."""
        weight = (1 + np.log(rows.times)) * self.rarity[rows.word]
        owner = np.repeat(np.arange(len(rows)), rows.sizes)
        length = np.sqrt(np.bincount(owner, weights=weight**2, minlength=len(rows)))
        return np.asarray(weight / np.maximum(length[owner], 1e-9), dtype=np.float32)

    def numbers(self, told: Conversations) -> NDArray[np.int32]:
        """Return (W,) the number here of each word there, -1 for those not looked at."""
        here = {word: row for row, word in enumerate(self.words)}
        return np.array([here.get(word, -1) for word in told.words], dtype=np.int32)


def _summed(
    told: Conversations, number: NDArray[np.int32], *, by: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return what each owner's messages say: owner, word and in how many messages, sorted by both.

    Args:
        told: the messages.
        number: (W,) a new number for each word, -1 for those passed over.
        by: (M,) whose each message is.
    """
    word = number[told.word] if len(told.word) else told.word
    owner = np.repeat(by, np.diff(told.starts))
    kept = word >= 0
    most = int(number.max(initial=0)) + 1
    both, times = np.unique(owner[kept].astype(np.int64) * most + word[kept], return_counts=True)
    return both // most, both % most, times
