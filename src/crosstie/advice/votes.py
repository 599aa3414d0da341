"""Votes of the nearest earlier questions and answers for the people who answered them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas import Answered, Index
from crosstie.ideas.index import LIKE

FEW = 20
MANY = 100

_NEAR = 0.5
"""From which share of the nearest one's nearness an answer is near, if it is `LIKE` the question at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """An answer that speaks for its author.

    Attributes:
        person: the author's number.
        answer: it.
        nearness: of it and of its question (`Index.nearest_questions`), summed.
    """

    person: int
    answer: Answered
    nearness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """What the index says about a text.

    Attributes:
        votes: (P, 3) by person: the BM25 of the nearest 20 and 100 questions that they answered, and of the
            nearest 100 answers that they gave, each as a share of the nearest one's.
        like: (P,) how near the questions like this one are that they answered, summed; 0 for most people.
        near: the answers behind that, in no order.
        place: the place for which the nearest 20 questions speak most, "" if there are none.
        touched: (P,) changes and reviews of the very files that the text names, each halved every year; 0
            for all where it names none (`crosstie.advice.touched`).
    """

    votes: NDArray[np.float64]
    like: NDArray[np.float64]
    near: tuple[Near, ...]
    place: str
    touched: NDArray[np.float64]


def votes(
    index: Index, text: str, *, number_of: dict[str, int], before: int | None = None, until: int | None = None
) -> Votes:
    """Let the nearest earlier questions and answers vote.

    Args:
        index: the index.
        text: the question.
        number_of: number by person, 0 to P - 1; others do not count.
        before: only questions numbered lower; all, if not given.
        until: only answers up to this time, microseconds since 1970; all, if not given.
    """
    found = np.zeros((len(number_of), 3))
    behind: dict[int, Near] = {}

    def count(person: int, answer: Answered, nearness: float) -> None:
        before = behind[answer.number].nearness if answer.number in behind else 0.0
        behind[answer.number] = Near(person=person, answer=answer, nearness=before + nearness)

    near = index.nearest_questions(text, most=MANY, **({} if before is None else {"before": before}))
    best = near[0][1] if near else 1.0
    rank = {number: position for position, (number, _) in enumerate(near)}
    score = dict(near)
    for question, replies in index.answers_to(list(rank)).items():
        voted = set()
        for one in replies:
            person = number_of.get(one.author)
            if person is None or (until is not None and one.at > until):
                continue
            count(person, one, score[question])
            if person not in voted:
                voted.add(person)
                found[person, 1] += score[question] / best
                if rank[question] < FEW:
                    found[person, 0] += score[question] / best
    close = dict(index.nearest_answers(text, most=MANY, **({} if until is None else {"until": until})))
    best = max(close.values(), default=1.0)
    for number, one in index.answers(list(close)).items():
        person = number_of.get(one.author)
        if person is not None:
            found[person, 2] += close[number] / best
            count(person, one, close[number])
    least = max(LIKE, _NEAR * max((one.nearness for one in behind.values()), default=0.0))
    speaking = tuple(one for one in behind.values() if one.nearness >= least)
    return Votes(
        votes=found,
        like=_like(speaking, people=len(number_of)),
        near=speaking,
        place=_place(index, near[:FEW]),
        touched=np.zeros(len(number_of)),
    )


def _like(near: tuple[Near, ...], *, people: int) -> NDArray[np.float64]:
    """Sum over questions, not over answers: two answers to one question are one."""
    best: dict[tuple[int, int], float] = {}
    for one in near:
        key = one.person, one.answer.question
        best[key] = max(best.get(key, 0.0), one.nearness)
    found = np.zeros(people)
    for (person, _), nearness in best.items():
        found[person] += nearness
    return found


def _place(index: Index, near: list[tuple[int, float]]) -> str:
    weight: dict[str, float] = {}
    asked = index.questions([number for number, _ in near])
    for number, value in near:
        weight[asked[number].place] = weight.get(asked[number].place, 0.0) + value
    return max(sorted(weight), key=weight.__getitem__, default="")
