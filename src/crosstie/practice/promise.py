"""The promise to newcomers, a first answer within an hour of working time, and how often it is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from crosstie.network.shares import wilson
from crosstie.practice.working_time import WorkingTime, after

WITHIN = timedelta(hours=1)
"""Answers this quick are what makes newcomers help others later (21 million questions on Stack Overflow)."""

LOOKED_BACK = timedelta(days=90)
FEWEST_QUESTIONS = 20
_LEVEL = 0.9
_MOST_OF_ALL = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Waited:
    """A question, by whom, and when its first answer came; None if none has."""

    asker: str
    asked_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How often a first answer came in time.

    Attributes:
        share: of the questions; None where there is too little to say.
        low, high: the 90 % interval; None likewise.
        questions: how many were counted; 0 where it is not said.
    """

    share: float | None
    low: float | None
    high: float | None
    questions: int


def kept(
    questions: Iterable[Waited],
    *,
    hours: WorkingTime,
    now: datetime,
    smallest: int,
    within: timedelta = WITHIN,
    looked_back: timedelta = LOOKED_BACK,
) -> Kept:
    """Return the share of questions whose first answer came within so much working time.

    A question that has no answer while its time runs is not counted yet. The interval is Wilson's for as many
    cases as there are askers, since what one person asks is not independent. Nothing is said with fewer than
    `FEWEST_QUESTIONS`, with fewer askers than the smallest group, or where one person asked over half.

    Args:
        questions: of any age.
        hours: when people work.
        now: aware.
        smallest: the smallest group that is shown.
        within: how much working time the promise gives.
        looked_back: only questions this recent count.
    """
    in_time: list[bool] = []
    asked_by: Counter[str] = Counter()
    for one in questions:
        if not now - looked_back <= one.asked_at <= now:
            continue
        ends = after(one.asked_at, within, hours)
        is_in_time = one.answered_at is not None and one.answered_at <= ends
        if is_in_time or now > ends:
            in_time.append(is_in_time)
            asked_by[one.asker] += 1
    count = len(in_time)
    too_few = count < FEWEST_QUESTIONS or len(asked_by) < smallest
    if too_few or max(asked_by.values()) > _MOST_OF_ALL * count:
        return Kept(share=None, low=None, high=None, questions=0)
    share = sum(in_time) / count
    low, high = wilson(share, len(asked_by), level=_LEVEL)
    return Kept(share=share, low=low, high=high, questions=count)


__all__ = ["FEWEST_QUESTIONS", "LOOKED_BACK", "WITHIN", "Kept", "Waited", "kept"]
