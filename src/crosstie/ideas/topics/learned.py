"""What was learned: the topics of each tie, from the question, the answer and their conversation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.topics.conversations import Conversations
from crosstie.ideas.topics.found import Topics

OF_CONVERSATION, OF_ANSWER, OF_QUESTION = 0.5, 0.25, 0.25
"""What each tells of an act; where one says nothing of its own, the others take its part."""

_MICROSECONDS_A_DAY = 86_400_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Acts:
    """E acts by which somebody learned from, or turned to, somebody else.

    Attributes:
        learner, teacher: (E,) numbers of people.
        weight: (E,) what the act counts, undecayed.
        at: (E,) microseconds since 1970.
        answer: (E,) external id of what was said, "" if nothing was.
        question: (E,) external id of what it answers, "" if nothing is known.
    """

    learner: NDArray[np.int32]
    teacher: NDArray[np.int32]
    weight: NDArray[np.float64]
    at: NDArray[np.int64]
    answer: NDArray[np.object_]
    question: NDArray[np.object_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """One row a tie and topic; L rows, by learner, teacher, then the heaviest topic first.

    Attributes:
        learner, teacher: (L,) numbers of people.
        topic: (L,) row of a topic.
        weight: (L,) decayed acts, each shared among its topics.
        acts: (L,) how many acts are about it.
        last_at: (L,) microseconds since 1970.
    """

    learner: NDArray[np.int32]
    teacher: NDArray[np.int32]
    topic: NDArray[np.int32]
    weight: NDArray[np.float64]
    acts: NDArray[np.int32]
    last_at: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.learner)

    def rows_of(self, learner: int, teacher: int) -> NDArray[np.int64]:
        """Return the rows of what one learned of another."""
        first, last = _run(self.learner, learner)
        start, end = _run(self.teacher[first:last], teacher)
        return np.arange(first + start, first + end)


def _run(column: NDArray[np.int32], value: int) -> tuple[int, int]:
    """Return where a value begins and ends in a sorted column."""
    # Of the column's own type, or numpy makes another column of it first.
    start, end = np.searchsorted(column, np.array([value, value + 1], dtype=column.dtype)).tolist()
    return start, end


def learned(acts: Acts, told: Conversations, found: Topics, *, at: int, half_life_days: float) -> Learned:
    """Return what each tie is about.

    Args:
        acts: of open places.
        told: conversations.
        found: their topics.
        at: microseconds since 1970; the moment from which decay counts.
        half_life_days: days after which an act counts half.
    """
    number = {key: row for row, key in enumerate(told.message.tolist())}
    answer = np.array([number.get(one, -1) for one in acts.answer.tolist()], dtype=np.int64)
    question = np.array([number.get(one, -1) for one in acts.question.tolist()], dtype=np.int64)
    known = np.flatnonzero((answer >= 0) | (question >= 0))
    answer, question = answer[known], question[known]
    thread = told.thread[np.where(answer >= 0, answer, question)]
    parts = [(OF_CONVERSATION, found.about.topic[thread], found.about.weight[thread])]
    parts += [(OF_ANSWER, *_of_messages(told, found, answer))]
    parts += [(OF_QUESTION, *_of_messages(told, found, question))]
    topic = np.concatenate([topics for _, topics, _ in parts], axis=1)
    share = np.concatenate([part * weight for part, _, weight in parts], axis=1)
    share /= np.maximum(share.sum(axis=1, keepdims=True), 1e-12)
    return _summed(acts, known, topic, share, at=at, half_life_days=half_life_days)


def _of_messages(
    told: Conversations, found: Topics, message: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    has = message >= 0
    has[has] = ~told.is_sensitive[told.thread[message[has]]]
    wanted, row = np.unique(message[has], return_inverse=True)
    about = found.of_rows(found.vocabulary.of_messages(told, wanted))
    topic = np.full((len(message), about.topic.shape[1]), -1, dtype=np.int32)
    weight = np.zeros(topic.shape, dtype=np.float32)
    topic[has], weight[has] = about.topic[row], about.weight[row]
    return topic, weight


def _summed(
    acts: Acts,
    known: NDArray[np.int64],
    topic: NDArray[np.int32],
    share: NDArray[np.float64],
    *,
    at: int,
    half_life_days: float,
) -> Learned:
    fresh = 0.5 ** ((at - acts.at[known]) / (half_life_days * _MICROSECONDS_A_DAY))
    people = int(max(acts.learner.max(initial=0), acts.teacher.max(initial=0))) + 1
    topics = int(topic.max(initial=0)) + 1
    act, rank = np.nonzero(share > 0)
    # One act is about one topic once, whichever of question, answer and conversation say so.
    pairs, at_pair = np.unique(act.astype(np.int64) * topics + topic[act, rank], return_inverse=True)
    part = np.bincount(at_pair, weights=share[act, rank], minlength=len(pairs))
    row, about = pairs // topics, pairs % topics
    tie = acts.learner[known].astype(np.int64) * people + acts.teacher[known]
    cells, at_cell = np.unique(tie[row] * topics + about, return_inverse=True)
    amount = part * (acts.weight[known] * fresh)[row]
    weight = np.bincount(at_cell, weights=amount, minlength=len(cells)).astype(np.float64)
    last_at = np.full(len(cells), np.iinfo(np.int64).min)
    np.maximum.at(last_at, at_cell, acts.at[known][row])
    ties = cells // topics
    order = np.lexsort((cells % topics, -weight, ties))
    return Learned(
        learner=(ties // people).astype(np.int32)[order],
        teacher=(ties % people).astype(np.int32)[order],
        topic=(cells % topics).astype(np.int32)[order],
        weight=weight[order],
        acts=np.bincount(at_cell, minlength=len(cells)).astype(np.int32)[order],
        last_at=last_at[order],
    )
