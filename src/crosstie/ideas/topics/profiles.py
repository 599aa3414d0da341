"""Who talks of what: topics by person, decayed, and by group, where enough people do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.topics.conversations import Conversations
from crosstie.ideas.topics.found import About
from crosstie.privacy import SMALLEST_EVER

LEAST_SAID = 6
"""Different words that a person must have said in a conversation, to have taken part in it."""

_MICROSECONDS_A_DAY = 86_400_000_000
_MOST_OF_A_CELL = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Who took part in which conversation; one row each, by person, then conversation.

    Attributes:
        person: (S,) number of a person.
        thread: (S,) number of a conversation.
        began: (S,) whether they began it.
        first_at, last_at: (S,) their first and last message, microseconds since 1970.
    """

    person: NDArray[np.int32]
    thread: NDArray[np.int32]
    began: NDArray[np.bool_]
    first_at: NDArray[np.int64]
    last_at: NDArray[np.int64]


def parts(told: Conversations) -> Parts:
    """Return who took part in which conversation.

    One takes part by what one says: six different words that are not sensitive. Ten messages in one
    conversation are one part.
    """
    spoke = np.flatnonzero(told.author >= 0)
    count = max(len(told), 1)
    both = told.author[spoke].astype(np.int64) * count + told.thread[spoke]
    pairs, row = np.unique(both, return_inverse=True)
    said = np.bincount(row, weights=np.diff(told.starts)[spoke], minlength=len(pairs))
    first_at = np.full(len(pairs), np.iinfo(np.int64).max)
    np.minimum.at(first_at, row, told.at[spoke])
    last_at = np.full(len(pairs), np.iinfo(np.int64).min)
    np.maximum.at(last_at, row, told.at[spoke])
    person, thread = (pairs // count).astype(np.int32), (pairs % count).astype(np.int32)
    took_part = said >= LEAST_SAID
    return Parts(
        person=person[took_part],
        thread=thread[took_part],
        began=(_starters(told)[thread] == person)[took_part],
        first_at=first_at[took_part],
        last_at=last_at[took_part],
    )


def parts_before(took: Parts, at: int) -> Parts:
    """Return who had taken part in what before a moment, microseconds since 1970; nothing later is seen."""
    then = took.first_at < at
    return Parts(
        person=took.person[then],
        thread=took.thread[then],
        began=took.began[then],
        first_at=took.first_at[then],
        last_at=np.minimum(took.last_at[then], at),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Profiles:
    """One row a person and topic; K rows, by person, then topic.

    Attributes:
        person: (K,) number of a person.
        topic: (K,) row of a topic.
        weight: (K,) decayed conversations, each shared among its topics.
        given: (K,) the same, of conversations that others began.
        conversations: (K,) in how many conversations.
        last_at: (K,) microseconds since 1970.
    """

    person: NDArray[np.int32]
    topic: NDArray[np.int32]
    weight: NDArray[np.float64]
    given: NDArray[np.float64]
    conversations: NDArray[np.int32]
    last_at: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.person)


def profiles(took: Parts, about: About, *, at: int, half_life_days: float) -> Profiles:
    """Return what each person talks of.

    Args:
        took: who took part in what.
        about: of each conversation.
        at: microseconds since 1970; the moment from which decay counts.
        half_life_days: days after their last message in it in which a conversation counts half.
    """
    fresh = 0.5 ** ((at - took.last_at) / (half_life_days * _MICROSECONDS_A_DAY))
    shares = about.weight[took.thread]
    row, rank = np.nonzero(shares > 0)
    added = shares[row, rank] * fresh[row]
    topics = int(about.topic.max(initial=0)) + 1
    cell = took.person[row].astype(np.int64) * topics + about.topic[took.thread[row], rank]
    cells, at_cell = np.unique(cell, return_inverse=True)
    latest = np.full(len(cells), np.iinfo(np.int64).min)
    np.maximum.at(latest, at_cell, took.last_at[row])
    given = added * ~took.began[row]
    return Profiles(
        person=(cells // topics).astype(np.int32),
        topic=(cells % topics).astype(np.int32),
        weight=np.bincount(at_cell, weights=added, minlength=len(cells)).astype(np.float64),
        given=np.bincount(at_cell, weights=given, minlength=len(cells)).astype(np.float64),
        conversations=np.bincount(at_cell, minlength=len(cells)).astype(np.int32),
        last_at=latest,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTopics:
    """One row a group and topic that may be shown.

    Attributes:
        group: (C,) number of a group.
        topic: (C,) row of a topic.
        people: (C,) how many of the group talk of it.
    """

    group: NDArray[np.int32]
    topic: NDArray[np.int32]
    people: NDArray[np.int32]


def by_group(found: Profiles, group_of: NDArray[np.int32], *, smallest: int) -> GroupTopics:
    """Return what groups talk of, as far as it may be shown.

    A cell needs a group of the smallest size, five of its people, and none of them with more than half.

    Args:
        found: by person.
        group_of: (P,) the group of each person, -1 for none.
        smallest: the smallest group.
    """
    own = group_of[found.person] if len(found) else np.empty(0, dtype=np.int32)
    kept = own >= 0
    topics = int(found.topic.max(initial=0)) + 1
    cells, at_cell = np.unique(own[kept].astype(np.int64) * topics + found.topic[kept], return_inverse=True)
    weight = found.weight[kept]
    total = np.bincount(at_cell, weights=weight, minlength=len(cells))
    people = np.bincount(at_cell, minlength=len(cells))
    most = np.zeros(len(cells))
    np.maximum.at(most, at_cell, weight)
    group = cells // topics
    sizes = np.bincount(group_of[group_of >= 0], minlength=int(group.max(initial=0)) + 1)
    shown = (sizes[group] >= max(smallest, SMALLEST_EVER)) & (people >= SMALLEST_EVER)
    shown &= most <= _MOST_OF_A_CELL * total
    return GroupTopics(
        group=group[shown].astype(np.int32),
        topic=(cells[shown] % topics).astype(np.int32),
        people=people[shown].astype(np.int32),
    )


def people_in(took: Parts, main: NDArray[np.int32], topics: int) -> NDArray[np.int64]:
    """Return (T,) how many different people took part in the conversations of each topic.

    Args:
        took: who took part in what.
        main: (N,) the topic of each conversation, -1 for none.
        topics: how many there are.
    """
    topic = main[took.thread].astype(np.int64)
    people = int(took.person.max(initial=0)) + 1
    pairs = np.unique(topic[topic >= 0] * people + took.person[topic >= 0])
    return np.bincount(pairs // people, minlength=topics)


def most_of_one(took: Parts, main: NDArray[np.int32], topics: int) -> NDArray[np.float64]:
    """Return (T,) the largest share of one person in all that was taken part in, of each topic.

    Args:
        took: who took part in what.
        main: (N,) the topic of each conversation, -1 for none.
        topics: how many there are.
    """
    topic = main[took.thread].astype(np.int64)
    has = topic >= 0
    people = int(took.person.max(initial=0)) + 1
    pairs, count = np.unique(topic[has] * people + took.person[has], return_counts=True)
    most = np.zeros(topics)
    np.maximum.at(most, pairs // people, count.astype(np.float64))
    total = np.bincount(topic[has], minlength=topics)
    return np.asarray(most / np.maximum(total, 1), dtype=np.float64)


def _starters(told: Conversations) -> NDArray[np.int32]:
    """Return (N,) who began each conversation, -1 for those of whom nothing may be found."""
    starter = np.full(len(told), -1, dtype=np.int32)
    # Messages stand in order of time, so written backwards the first is written last.
    starter[told.thread[::-1]] = told.author[::-1]
    return starter
