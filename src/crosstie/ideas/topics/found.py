"""Topics: what conversations are about, found once, kept from month to month, and named in people's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.topics.clustering import Space, by_place, fitted, has_models
from crosstie.ideas.topics.conversations import Conversations
from crosstie.ideas.topics.features import LEAST_WORDS, Rows, Vocabulary
from crosstie.ideas.topics.labels import labels, telling_words
from crosstie.ideas.topics.matching import matched
from crosstie.ideas.topics.matter import LEAST, of_greetings, of_matter
from crosstie.ideas.topics.phrases import phrases
from crosstie.ideas.topics.sensitive import Sensitive
from crosstie.ideas.topics.wording import words_of

NEAREST = 3
"""Of how many topics a text is, at most."""

LEAST_NEAR = 0.15
"""Cosine from which a text is of a topic at all."""

SHARPNESS = 4
"""Topics of one text weigh as their nearness to this power."""

CENTRAL = 3
"""How many conversations stand for a topic."""

REFITTED_AT = 1.25
"""Topics are looked for anew when there are so many times the conversations that they were found in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What R texts are about.

    Attributes:
        topic: (R, 3) rows of topics, nearest first; -1 where there is none.
        weight: (R, 3) their shares, summing to 1, or to 0 for a text of no topic.
        near: (R,) cosine to the nearest topic.
    """

    topic: NDArray[np.int32]
    weight: NDArray[np.float32]
    near: NDArray[np.float32]

    @property
    def main(self) -> NDArray[np.int32]:
        """Return (R,) the nearest topic, -1 for none."""
        return self.topic[:, 0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topics:
    """T topics, and which of N conversations is about which.

    Attributes:
        ids: (T,) the same number as long as it is the same topic, from month to month.
        labels: (T,) what it is called.
        words: (T,) its most telling words, the first first.
        central: (T,) external ids of the first messages of its most central conversations.
        key: (N,) external id of the first message of each conversation.
        about: of each conversation.
        vocabulary, space: what texts are weighed by.
        found_in: how many conversations there were when topics were last looked for.
        next_id: of a topic that is new.
    """

    ids: tuple[int, ...]
    labels: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    central: tuple[tuple[str, ...], ...]
    key: NDArray[np.object_]
    about: About
    vocabulary: Vocabulary
    space: Space
    found_in: int
    next_id: int

    def __len__(self) -> int:
        return len(self.ids)

    def of_rows(self, rows: Rows, *, least_words: int = LEAST_WORDS) -> About:
        """Return what texts are about.

        Args:
            rows: their words.
            least_words: with fewer known words a text is about nothing.
        """
        return _about(self.vocabulary, self.space, rows, least_words)

    def of_texts(self, texts: Sequence[Sequence[str]], *, least_words: int = 1) -> About:
        """Return what texts are about, e.g. a question just asked: by one word that is known, if need be.

        Args:
            texts: their words (`wording.words_of`).
            least_words: see `of_rows`.
        """
        return self.of_rows(self.vocabulary.of_texts(texts), least_words=least_words)


def topics(
    told: Conversations,
    *,
    place_names: Mapping[str, str],
    sensitive: Sensitive,
    seed: int,
    before: Topics | None = None,
    is_anew: bool = False,
) -> Topics:
    """Return the topics of conversations.

    Where there are topics from before, new conversations are assigned to them, until there are a quarter more
    than they were found in. Then they are looked for anew, beginning with what was together before, and those
    that mostly hold the same conversations keep their number.

    Args:
        told: all conversations.
        place_names: name by key of a place.
        sensitive: words that name no topic.
        seed: of chance.
        before: the topics of last month.
        is_anew: look for topics anew even where there are enough from before.
    """
    place_of = {row: place_names[key] for row, key in enumerate(told.places) if place_names.get(key)}
    if before is not None and not is_anew and len(told) <= REFITTED_AT * before.found_in:
        rows = _heard(told, before.vocabulary)
        about = before.of_rows(rows)
        return replace(before, central=_central(told.key, about, len(before)), key=told.key, about=about)
    vocabulary = Vocabulary.chosen(told)
    rows = _heard(told, vocabulary)
    usable = np.flatnonzero(rows.sizes >= LEAST_WORDS)
    if has_models() and len(usable) > NEAREST:
        space = fitted(vocabulary, rows.some(usable), seed=seed, before=_earlier(told, before, usable))
    else:
        space = by_place(vocabulary, rows.some(usable), told.place[usable])
    about, count = _about(vocabulary, space, rows, LEAST_WORDS), len(space.centres)
    titles = vocabulary.of_texts([words_of(title) for title in told.title])
    matter = of_matter(
        rows,
        titles,
        words=len(vocabulary.words),
        messages=np.bincount(told.thread, minlength=len(told)),
        heard=~told.is_sensitive,
    )
    matter[of_greetings(told, vocabulary)] *= LEAST
    words = telling_words(
        vocabulary,
        rows,
        about.main,
        topics=count,
        titles=titles,
        matter=matter,
        sensitive=sensitive,
        names=told.names,
    )
    ids, next_id = matched(
        told.key, about.main, count=count, before=None if before is None else _kept(before)
    )
    return Topics(
        ids=ids,
        labels=labels(
            words, about.main, told.place, place_of, phrases(told, vocabulary, chain.from_iterable(words))
        ),
        words=words,
        central=_central(told.key, about, count),
        key=told.key,
        about=about,
        vocabulary=vocabulary,
        space=space,
        found_in=len(told),
        next_id=next_id,
    )


def _heard(told: Conversations, vocabulary: Vocabulary) -> Rows:
    """Return the words of conversations; of sensitive ones none."""
    rows = vocabulary.of_conversations(told)
    owner = np.repeat(np.arange(len(rows)), rows.sizes)
    kept = ~told.is_sensitive[owner]
    sizes = np.where(told.is_sensitive, 0, rows.sizes)
    return Rows(
        starts=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        word=rows.word[kept],
        times=rows.times[kept],
    )


def _earlier(
    told: Conversations, before: Topics | None, usable: NDArray[np.int64]
) -> NDArray[np.int32] | None:
    if before is None:
        return None
    row_of = dict(zip(before.key.tolist(), before.about.main.tolist(), strict=True))
    return np.array([row_of.get(key, -1) for key in told.key[usable].tolist()], dtype=np.int32)


def _about(vocabulary: Vocabulary, space: Space, rows: Rows, least_words: int) -> About:
    near = space.nearness(rows, vocabulary.weighed(rows))
    count = min(NEAREST, near.shape[1])
    topic = np.full((len(rows), NEAREST), -1, dtype=np.int32)
    weight = np.zeros((len(rows), NEAREST), dtype=np.float32)
    nearest = np.zeros(len(rows), dtype=np.float32)
    if count:
        order = np.argsort(-near, axis=1, kind="stable")[:, :count].astype(np.int32)
        cosine = np.take_along_axis(near, order, axis=1)
        is_of = (cosine >= LEAST_NEAR) & (rows.sizes >= least_words)[:, None]
        topic[:, :count] = np.where(is_of, order, -1)
        power = np.where(is_of, cosine, 0) ** SHARPNESS
        weight[:, :count] = power / np.maximum(power.sum(axis=1, keepdims=True), 1e-12)
        nearest = cosine[:, 0]
    return About(topic=topic, weight=weight, near=nearest)


def _kept(before: Topics) -> tuple[dict[str, int], int]:
    ids = [*before.ids, -1]  # the last stands for none
    return (
        {key: ids[row] for key, row in zip(before.key.tolist(), before.about.main.tolist(), strict=True)},
        before.next_id,
    )


def _central(key: NDArray[np.object_], about: About, count: int) -> tuple[tuple[str, ...], ...]:
    order = np.lexsort((-about.near, about.main))
    starts = np.searchsorted(about.main[order], np.arange(count + 1))
    return tuple(
        tuple(key[order[first : min(first + CENTRAL, last)]].tolist())
        for first, last in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True)
    )
