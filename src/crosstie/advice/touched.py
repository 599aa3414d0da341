"""Who changed or reviewed the very files that a text names: they come before everybody else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from crosstie.advice.activity import MICROSECONDS_A_DAY, PLACE_HALF_LIVES_DAYS
from crosstie.advice.votes import Near, Votes, votes
from crosstie.ideas import Index

_HALF_LIFE = PLACE_HALF_LIVES_DAYS[0] * MICROSECONDS_A_DAY
"""A file is a place in which people work: a change of it counts half after a year, as an answer there."""

_LATELY = 0.5
"""Who touched a file within one half-life comes first. Whoever did longer ago has something near, and no
more: those who are there now are likelier to make its next change."""

_NEARER = 10.0
"""Nearer than anything is by its words."""


def voted_on(index: Index, text: str, *, number_of: dict[str, int], at: int) -> Votes:
    """Return what the index says about a text: by its words, and by the very files that it names."""
    voted = votes(index, text, number_of=number_of)
    return with_touched(index, voted, text, number_of=number_of, at=at)


def with_touched(
    index: Index,
    voted: Votes,
    text: str,
    *,
    number_of: dict[str, int],
    at: int,
    before: int | None = None,
) -> Votes:
    """Return what the index says about a text, and who touched the very files that it names.

    Where it names none that stands among the files of changes, nothing is other than it was.

    Args:
        index: the index.
        voted: what it says by words.
        text: the question.
        number_of: number by person; others do not count.
        at: now, microseconds since 1970; only what was done up to then counts.
        before: only changes numbered lower; all, if not given.
    """
    changes = [one for one in index.changes_of_files(text) if before is None or one < before]
    parts = [
        (number_of[part.author], part)
        for parts in index.answers_to(changes).values()
        for part in parts
        if part.author in number_of and part.at <= at
    ]
    if not parts:
        return voted
    touched = np.zeros(len(voted.like))
    last: dict[tuple[int, int], float] = {}
    behind = {one.answer.number: one for one in voted.near}
    for person, part in parts:
        weight = float(np.exp2((part.at - at) / _HALF_LIFE))
        behind[part.number] = Near(person=person, answer=part, nearness=_NEARER + weight)
        last[person, part.question] = max(last.get((person, part.question), 0.0), weight)
    latest = np.zeros(len(touched))
    for (person, _), weight in last.items():
        touched[person] += weight
        latest[person] = max(latest[person], weight)
    touched[latest < _LATELY] = 0
    return replace(voted, near=tuple(behind.values()), touched=touched)


def put_first(
    scores: NDArray[np.float64], voted: Votes, people: NDArray[np.int64], *, step: float
) -> NDArray[np.float64]:
    """Return (C,) scores with those first who touched the files named lately, then those with anything near.

    Among the first, what somebody did to the files, each time half as much after a year, multiplies their
    chance by words; the others stand as they stood. So sparing, which comes after, holds among all.

    Args:
        scores: (C,) as they are by words; returned as they are where no file is named.
        voted: what the index says about the text.
        people: (C,) numbers of the people.
        step: how far those stand apart between whom there is a border, at least: what sparing may take.
    """
    touched = voted.touched[people]
    if not voted.touched.any():
        return scores
    made = scores.copy()
    near = np.isin(people, [one.person for one in voted.near])
    is_first = touched > 0
    rest = ~is_first & ~near
    _above(made, ~is_first & near, rest, step)
    made[is_first] += np.log(touched[is_first])
    _above(made, is_first, ~is_first, step)
    return made


def _above(
    scores: NDArray[np.float64], these: NDArray[np.bool_], those: NDArray[np.bool_], step: float
) -> None:
    """Raise these, all alike, until the least of them stands above the best of those."""
    if these.any() and those.any():
        scores[these] += max(scores[those].max() - scores[these].min() + 1.01 * step, 0.0)


__all__ = ["put_first", "voted_on", "with_touched"]
