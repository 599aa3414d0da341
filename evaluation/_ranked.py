"""Rank the candidates of each question, and say how good that is and on whom it falls; for `routing`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crosstie.advice.history import Moment

SEED = 20
FIRST = 3
KEPT = 10

Score = Callable[[Moment], NDArray[np.float64]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One way to rank, over all questions looked at; Q rows.

    Attributes:
        reciprocal: (Q,) 1 over the rank of the first who answered.
        hit_at_3, hit_at_5: (Q,) whether one who answered stands so far in front.
        without_busiest: (Q,) reciprocal rank among the others; NaN where only the busiest answered.
        accepted: (Q,) reciprocal rank of whoever gave the accepted answer; NaN where it is not known.
        to_busiest: share of the first three places that goes to the three busiest.
        gini: of how often each person who was ever a candidate is among the first three.
        first: the first ten of each question.
    """

    reciprocal: NDArray[np.float64]
    hit_at_3: NDArray[np.float64]
    hit_at_5: NDArray[np.float64]
    without_busiest: NDArray[np.float64]
    accepted: NDArray[np.float64]
    to_busiest: float
    gini: float
    first: list[list[int]]


def ranked(seen: Sequence[Moment], score: Score, accepted: dict[int, int]) -> Run:
    """Rank the candidates of each question.

    Args:
        seen: the questions.
        score: larger is likelier; among equals chance decides, the same for all ways.
        accepted: the person whose answer was accepted, by the question's number.
    """
    reciprocal, hits, without, taken, shares, first = [], [], [], [], [], []
    for moment in seen:
        lots = np.random.default_rng([SEED, moment.asked.number]).random(len(moment.people))
        order = np.lexsort((lots, -score(moment)))
        right, people = moment.answered[order], moment.people[order]
        busy = np.isin(people, busiest(moment))
        rank = int(np.argmax(right)) + 1
        reciprocal.append(1 / rank)
        hits.append((rank <= FIRST, rank <= 5))
        without.append(_reciprocal(right[~busy]))
        taken.append(_reciprocal(people == accepted.get(moment.asked.number, -1)))
        shares.append(float(busy[:FIRST].mean()))
        first.append(people[:KEPT].tolist())
    hit = np.array(hits, dtype=np.float64)
    return Run(
        reciprocal=np.array(reciprocal),
        hit_at_3=hit[:, 0],
        hit_at_5=hit[:, 1],
        without_busiest=np.array(without),
        accepted=np.array(taken),
        to_busiest=float(np.mean(shares)),
        gini=_gini(seen, first),
        first=first,
    )


def busiest(moment: Moment) -> NDArray[np.int64]:
    """Return the three candidates who answered most of late, each answer halved every 60 days."""
    lately = moment.activity.recent[moment.people, 0]
    return moment.people[np.argsort(-lately, kind="stable")[:FIRST]]


def by_busiest(seen: Sequence[Moment]) -> float:
    """Return the share of those who really answered that the three busiest are."""
    return float(np.concatenate([np.isin(one.people[one.answered], busiest(one)) for one in seen]).mean())


def _reciprocal(right: NDArray[np.bool_]) -> float:
    return 1 / (int(np.argmax(right)) + 1) if right.any() else np.nan


def _gini(seen: Sequence[Moment], first: Sequence[Sequence[int]]) -> float:
    ever = np.unique(np.concatenate([one.people for one in seen]))
    suggested = np.concatenate([row[:FIRST] for row in first]).astype(np.int64)
    times = np.sort(np.bincount(np.searchsorted(ever, suggested), minlength=len(ever)))
    ranks = np.arange(1, len(times) + 1)
    return float((2 * (ranks * times).sum() / times.sum() - len(times) - 1) / len(times))
