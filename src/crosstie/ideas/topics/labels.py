"""What a topic is called: people's own names for places first, then the words that tell it from others."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.naming import Names
from crosstie.ideas.topics.features import Rows, Vocabulary
from crosstie.ideas.topics.sensitive import Sensitive
from crosstie.ideas.topics.wording import words_of

MOST_WORDS = 8
IN_LABEL = 3
IN_PHRASES = 5
"""So many of a topic's words, the most telling, make phrases with one another."""

TITLE_COUNTS = 3
"""A word of a conversation's title counts as often: it is what people themselves called it."""

MOSTLY = 0.5
LEAST_CONVERSATIONS = 2
"""In so many of a topic's conversations a word must stand, to speak for it."""

LEAST_SHARE = 0.1
"""A word in a smaller share of a topic's conversations speaks for it by as much less."""

SAME_LETTERS, SAME_SHARE = 4, 2 / 3
"""Two words are one in two forms if they begin alike so far: in letters, and as a share of the longer."""

_NO_WORD = re.compile(r"[\W_]+")


def telling_words(
    vocabulary: Vocabulary,
    rows: Rows,
    topic: NDArray[np.int32],
    *,
    topics: int,
    titles: Rows,
    matter: NDArray[np.float64],
    sensitive: Sensitive,
    names: Names,
) -> tuple[tuple[str, ...], ...]:
    """Return the words of each topic, most telling first: class-based TF-IDF (Grootendorst 2022).

    A word's share of its topic's words, times ln(1 + A / f) with A the words of a topic on average and f how
    often the word stands in all, times the root of its rarity, and by how far it is of the matter. Words that
    stand in only one conversation of a topic do not speak for it; of "chunk" and "chunks" one does, and so
    does one of two parts of somebody's full name, which together would name a person.

    Args:
        vocabulary: the words.
        rows: conversations.
        topic: (R,) the topic of each, -1 for none.
        topics: how many topics there are.
        titles: the words of the conversations' titles.
        matter: (V,) of each word (`matter.of_matter`).
        sensitive: what labels nothing, not even beside others.
        names: of people.
    """
    count = len(vocabulary.words)
    often = np.zeros((topics, count), dtype=np.float64)
    within = np.zeros((topics, count), dtype=np.int64)
    for told, counts in ((rows, 1.0), (titles, float(TITLE_COUNTS))):
        owner = np.repeat(topic, told.sizes)
        has = owner >= 0
        flat = owner[has].astype(np.int64) * count + told.word[has]
        sums = np.bincount(flat, weights=np.log1p(told.times[has]) * counts, minlength=topics * count)
        often += sums.reshape(topics, count)
        if told is rows:
            within += np.bincount(flat, minlength=topics * count).reshape(topics, count)
    average = often.sum() / max(topics, 1)
    share = often / np.maximum(often.sum(axis=1, keepdims=True), 1e-9)
    score = share * np.log1p(average / np.maximum(often.sum(axis=0), 1e-9))
    score *= np.sqrt(vocabulary.rarity) * matter
    sizes = np.bincount(topic[topic >= 0], minlength=topics)
    score *= np.minimum(within / np.maximum(LEAST_SHARE * sizes, 1)[:, None], 1)
    silent = [sensitive.is_weak(word) or sensitive.is_word(word) for word in vocabulary.words]
    score[:, np.array(silent, dtype=np.bool_)] = 0
    score[within < LEAST_CONVERSATIONS] = 0
    order = np.argsort(-score, axis=1, kind="stable")[:, : 3 * MOST_WORDS]
    return tuple(
        _chosen((vocabulary.words[at] for at in order[row].tolist() if score[row, at] > 0), names)
        for row in range(topics)
    )


def _chosen(words: Iterable[str], names: Names) -> tuple[str, ...]:
    """Return the first words, of those that are forms of one or parts of one full name the first."""
    kept: list[str] = []
    for word in words:
        is_said = any(_is_form(word, other) or names.joins(word, other) for other in kept)
        if len(kept) < MOST_WORDS and not is_said:
            kept.append(word)
    return tuple(kept)


def _is_form(word: str, other: str) -> bool:
    if word == other:
        return True
    letters = enumerate(zip(word, other, strict=False))
    alike = next((at for at, (one, two) in letters if one != two), min(len(word), len(other)))
    return alike >= SAME_LETTERS and alike >= SAME_SHARE * max(len(word), len(other))


def labels(
    words: Sequence[Sequence[str]],
    topic: NDArray[np.int32],
    place: NDArray[np.int32],
    place_names: Mapping[int, str],
    phrases: Collection[tuple[str, str]],
) -> tuple[str, ...]:
    """Return a label for each topic, no two the same.

    The name of a place that is mostly about it, and that it mostly lives in; else its words, after the name
    of the place that it mostly lives in, which are then not said again.

    Args:
        words: of each topic, most telling first.
        topic: (R,) of each conversation, -1 for none.
        place: (R,) where each is.
        place_names: name by number of a place, where it has one.
        phrases: words that are said together, in order.
    """
    has = topic >= 0
    table = np.zeros((len(words), int(place.max(initial=0)) + 1), dtype=np.int64)
    np.add.at(table, (topic[has], place[has]), 1)
    in_place = np.bincount(place, minlength=table.shape[1])
    made: list[str] = []
    for row, telling in enumerate(words):
        home = int(np.argmax(table[row]))
        name = place_names.get(home, "")
        lives_there = bool(name) and table[row, home] > MOSTLY * table[row].sum()
        heard = words_of(_NO_WORD.sub(" ", name)) if lives_there and len(in_place) > 1 else []
        new = [word for word in telling if not any(_is_form(word, other) for other in heard)]
        parts = _joined(new, phrases)
        said = ", ".join(parts[:IN_LABEL])
        if lives_there and table[row, home] > MOSTLY * in_place[home]:
            label = name
        elif lives_there and len(in_place) > 1:
            label = f"{name}: {said}" if said else name
        else:
            label = said or name
        more = parts[IN_LABEL:]
        while label in made and more:
            label = f"{label}, {more.pop(0)}"
        made.append(label)
    return tuple(made)


def _joined(words: Sequence[str], phrases: Collection[tuple[str, str]]) -> list[str]:
    """Return words in their order, each with the one that it is said with, as the more telling have it."""
    parts: list[str] = []
    left = list(words)
    while left:
        word = left.pop(0)
        among = left[: max(IN_PHRASES - len(words) + len(left), 0)]
        other = next((one for one in among if {(word, one), (one, word)} & set(phrases)), "")
        if other:
            left.remove(other)
            word = f"{word} {other}" if (word, other) in phrases else f"{other} {word}"
        parts.append(word)
    return parts
