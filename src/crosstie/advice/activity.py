"""Who answered how many questions, how lately and where: columns at one moment, moved on answer by answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

MICROSECONDS_A_DAY = 86_400_000_000
HALF_LIVES_DAYS = (60.0, 7.0, 1.0)
"""After how many days an answer counts half, anywhere."""
PLACE_HALF_LIVES_DAYS = (365.0, 30.0, 7.0)
"""The same inside one place."""
_WEEK = (7.0,)
NEVER = np.iinfo(np.int64).min
"""Stands in a column of times for somebody who has not done it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Everyone's first answer to each question, in order of time; A rows.

    Attributes:
        question: (A,) numbers of the questions.
        author: (A,) numbers of people, 0 to P - 1.
        place: (A,) numbers of the questions' places, 0 to L - 1.
        at: (A,) microseconds since 1970.
        is_own: (A,) whether it is no answer to somebody, but the part of a change's own author.
    """

    question: NDArray[np.int64]
    author: NDArray[np.int32]
    place: NDArray[np.int32]
    at: NDArray[np.int64]
    is_own: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.at)

    def part(self, start: int, end: int) -> Answers:
        """Return the answers from one row up to another."""
        return Answers(
            question=self.question[start:end],
            author=self.author[start:end],
            place=self.place[start:end],
            at=self.at[start:end],
            is_own=self.is_own[start:end],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """What everybody answered up to one moment.

    P people; R pairs of a place and a person who ever answered there.

    Attributes:
        at: the moment, microseconds since 1970.
        answers: (P,) answers so far.
        recent: (P, 3) answers, each halved every 60, 7 and 1 days.
        to_others: (P,) those to others, each halved every 7 days; one's own changes are no burden.
        last_at: (P,) when they last answered, `NEVER` before the first.
        helped_at: (P,) when they last answered somebody else.
        pair: (R,) place times P plus person, sorted.
        in_place: (R, 3) answers in the place, each halved every 365, 30 and 7 days.
    """

    at: int
    answers: NDArray[np.int64]
    recent: NDArray[np.float64]
    to_others: NDArray[np.float64]
    last_at: NDArray[np.int64]
    helped_at: NDArray[np.int64]
    pair: NDArray[np.int64]
    in_place: NDArray[np.float64]

    @classmethod
    def before(cls, answers: Answers, *, people: int) -> Activity:
        """Return the columns of a moment before the first of these answers, with room for all of them."""
        pair = np.unique(answers.place.astype(np.int64) * people + answers.author)
        return cls(
            at=int(answers.at[0]) if len(answers) else 0,
            answers=np.zeros(people, dtype=np.int64),
            recent=np.zeros((people, 3)),
            to_others=np.zeros(people),
            last_at=np.full(people, NEVER, dtype=np.int64),
            helped_at=np.full(people, NEVER, dtype=np.int64),
            pair=pair,
            in_place=np.zeros((len(pair), 3)),
        )

    def after(self, more: Answers, at: int) -> Activity:
        """Return the columns at a later moment.

        Args:
            more: the answers since, none of them later than `at`; each pair of place and person is known.
            at: microseconds since 1970, not before this moment.
        """
        people = len(self.answers)
        answers, last_at, helped_at = self.answers.copy(), self.last_at.copy(), self.helped_at.copy()
        recent = self.recent * _left(at - self.at, HALF_LIVES_DAYS)
        to_others = self.to_others * _left(at - self.at, _WEEK)[0]
        in_place = self.in_place * _left(at - self.at, PLACE_HALF_LIVES_DAYS)
        if len(more):
            ages = (at - more.at)[:, None]
            row = np.searchsorted(self.pair, more.place.astype(np.int64) * people + more.author)
            np.add.at(answers, more.author, 1)
            np.add.at(recent, more.author, _left(ages, HALF_LIVES_DAYS))
            np.add.at(to_others, more.author, _left(ages, _WEEK)[:, 0] * ~more.is_own)
            np.add.at(in_place, row, _left(ages, PLACE_HALF_LIVES_DAYS))
            np.maximum.at(last_at, more.author, more.at)
            np.maximum.at(helped_at, more.author[~more.is_own], more.at[~more.is_own])
        return replace(
            self,
            at=at,
            answers=answers,
            recent=recent,
            to_others=to_others,
            last_at=last_at,
            helped_at=helped_at,
            in_place=in_place,
        )

    def here(self, place: int) -> NDArray[np.float64]:
        """Return (P, 3) answers in one place, decayed as `in_place`; zeros for a place nobody answered in."""
        people = len(self.answers)
        found = np.zeros((people, 3))
        start, end = np.searchsorted(self.pair, [place * people, (place + 1) * people])
        found[self.pair[start:end] - place * people] = self.in_place[start:end]
        return found


def _left(age: Any, half_lives_days: tuple[float, ...]) -> Any:
    return np.exp2(-age / (np.array(half_lives_days) * MICROSECONDS_A_DAY))
