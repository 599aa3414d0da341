"""Votes of the nearest earlier questions and answers for the people who answered them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas import Answered, Index

FEW = 20
MANY = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """What the index says about a text.

    Attributes:
        votes: (P, 3) by person: the BM25 of the nearest 20 and 100 questions that they answered, and of the
            nearest 100 answers that they gave, each as a share of the nearest one's.
        answers: the answers behind them, with the number of their author and their weight, in no order.
        place: the place for which the nearest 20 questions speak most, "" if there are none.
    """

    votes: NDArray[np.float64]
    answers: tuple[tuple[int, Answered, float], ...]
    place: str


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
    behind: dict[int, tuple[int, Answered, float]] = {}
    near = index.nearest_questions(text, most=MANY, **({} if before is None else {"before": before}))
    best = near[0][1] if near else 1.0
    rank = {number: position for position, (number, _) in enumerate(near)}
    score = {number: value / best for number, value in near}
    for question, replies in index.answers_to(list(rank)).items():
        voted = set()
        for one in replies:
            person = number_of.get(one.author)
            if person is None or (until is not None and one.at > until):
                continue
            behind[one.number] = (person, one, score[question])
            if person not in voted:
                voted.add(person)
                found[person, 1] += score[question]
                if rank[question] < FEW:
                    found[person, 0] += score[question]
    close = dict(index.nearest_answers(text, most=MANY, **({} if until is None else {"until": until})))
    best = max(close.values(), default=1.0)
    for number, one in index.answers(list(close)).items():
        person = number_of.get(one.author)
        if person is not None:
            weight = close[number] / best
            found[person, 2] += weight
            behind[number] = (person, one, weight + behind.get(number, (person, one, 0.0))[2])
    return Votes(votes=found, answers=tuple(behind.values()), place=_place(index, near[:FEW]))


def _place(index: Index, near: list[tuple[int, float]]) -> str:
    weight: dict[str, float] = {}
    asked = index.questions([number for number, _ in near])
    for number, value in near:
        weight[asked[number].place] = weight.get(asked[number].place, 0.0) + value
    return max(sorted(weight), key=weight.__getitem__, default="")
