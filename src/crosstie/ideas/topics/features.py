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

LEAST_WORDS = 6
"""With fewer different words that tell something, a text is about nothing that could be said."""


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
        rarity: (V,) the logarithm of all conversations over those with the word.
    """

    words: tuple[str, ...]
    rarity: NDArray[np.float32]

    @classmethod
    def chosen(cls, told: Conversations) -> Self:
        """Choose words that stand in enough conversations and not in too many; the most common of those.

        Those of one person alone are passed over: a topic is something that several talk about.
        """
        used = np.flatnonzero(~told.is_sensitive)
        thread, word, _ = _summed(told, np.arange(len(told.words), dtype=np.int32), by=told.thread)
        heard = np.isin(thread, used)
        often = np.bincount(word[heard], minlength=len(told.words))
        by_person, spoken, _ = _summed(told, np.arange(len(told.words), dtype=np.int32), by=told.author)
        several = np.bincount(spoken[by_person >= 0], minlength=len(told.words)) > 1
        least = min(LEAST_CONVERSATIONS, 1 + len(used) // 20)
        taken = np.flatnonzero((often >= least) & (often <= max(MOST_SHARE * len(used), least)) & several)
        if len(taken) > MOST_WORDS:
            by_use = np.lexsort((taken, -often[taken]))
            taken = np.sort(taken[by_use[:MOST_WORDS]])
        rarity = np.log(max(len(used), 1) / np.maximum(often[taken], 1)) + 1e-3
        return cls(
            words=tuple(told.words[number] for number in taken.tolist()), rarity=rarity.astype(np.float32)
        )

    def of_conversations(self, told: Conversations) -> Rows:
        """Return the words of each conversation: in how many of its messages each stands."""
        return self._counted(told, by=told.thread, count=len(told))

    def of_messages(self, told: Conversations) -> Rows:
        """Return the words of each message."""
        numbers = np.arange(len(told.message), dtype=np.int32)
        return self._counted(told, by=numbers, count=len(numbers))

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

    def _counted(self, told: Conversations, *, by: NDArray[np.int32], count: int) -> Rows:
        here = {word: row for row, word in enumerate(self.words)}
        number = np.array([here.get(word, -1) for word in told.words], dtype=np.int32)
        owner, word, times = _summed(told, number, by=by)
        sizes = np.bincount(owner, minlength=count)
        return Rows(
            starts=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
            word=word.astype(np.int32),
            times=times.astype(np.float32),
        )


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
