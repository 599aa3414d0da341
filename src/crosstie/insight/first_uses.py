"""When each person first used each topic, and from when to when they were there to use any."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.topics.profiles import Parts


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstUses:
    """U first uses; P people.

    Attributes:
        person, topic: (U,) who first used what; each pair once.
        at: (U,) when, microseconds since 1970.
        begins, ends: (P,) each one's first and last part in any conversation; what lies outside could not
            have been theirs.
        start: () when the first of all took part.
    """

    person: NDArray[np.int64]
    topic: NDArray[np.int64]
    at: NDArray[np.int64]
    begins: NDArray[np.int64]
    ends: NDArray[np.int64]
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacts:
    """K ordered pairs of people in contact, each pair both ways.

    Attributes:
        person, other: (K,) numbers of people.
        since: (K,) when they were first in contact, microseconds since 1970.
    """

    person: NDArray[np.int64]
    other: NDArray[np.int64]
    since: NDArray[np.int64]


def first_uses(took: Parts, main: NDArray[np.int32], *, people: int, until: int) -> FirstUses:
    """Return who first used which topic when.

    A person uses a topic by taking part in a conversation about it, with words of their own (`Parts`): ten
    messages are no more than one, and reading is none.

    Args:
        took: who took part in which conversation.
        main: (N,) the topic of each conversation, -1 for none.
        people: P.
        until: what came at that moment or later is left out; microseconds since 1970.
    """
    before = took.first_at < until
    who, at = took.person[before].astype(np.int64), took.first_at[before]
    topic = main[took.thread[before]].astype(np.int64)
    last = np.minimum(took.last_at[before], until - 1)
    begins = np.full(people, np.iinfo(np.int64).max)
    np.minimum.at(begins, who, at)
    ends = np.full(people, np.iinfo(np.int64).min)
    np.maximum.at(ends, who, last)
    has = topic >= 0
    topics = int(topic.max(initial=0)) + 1
    pairs, row = np.unique(who[has] * topics + topic[has], return_inverse=True)
    first = np.full(len(pairs), np.iinfo(np.int64).max)
    np.minimum.at(first, row, at[has])
    return FirstUses(
        person=pairs // topics,
        topic=pairs % topics,
        at=first,
        begins=begins,
        ends=ends,
        start=int(at.min()) if len(at) else until,
    )
