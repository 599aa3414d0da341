"""How likely people are to know a matter, whether or not they would be the ones to answer now."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from crosstie.advice.activity import Activity
from crosstie.advice.experts import LITTLE, likeliest
from crosstie.advice.mix import standardised
from crosstie.advice.touched import put_first
from crosstie.advice.votes import Votes
from crosstie.config import AdviceSettings

_FEW = 2
"""People who answered nothing near, added to every group: one colleague who did says less than many."""


def knowing(
    activity: Activity,
    voted: Votes,
    place: int | None,
    people: NDArray[np.int64],
    *,
    weights: NDArray[np.float64],
    settings: AdviceSettings,
    groups: Mapping[str, NDArray[np.object_]] | None = None,
) -> NDArray[np.float64]:
    """Return (C,) how likely these people are to know the matter: log odds, but for a constant.

    The mix tells who did answer. Where people are put together who could, as on a panel, two things count
    beyond it, by fixed weights:

    * who answered questions like this one, and the twenty nearest;
    * whose groups answered the twenty nearest, the others in them alone: who works on the same is likely to
      know the same, whether or not they answered. Of several kinds of groups, the mean.

    Args:
        activity: what everybody answered so far.
        voted: what the index says about the question.
        place: number of the place asked in, if it is known and anybody answered there.
        people: (C,) numbers of the people.
        weights: (F,) of the mix.
        settings: by how much each counts.
        groups: by kind of group, (P,) the unit of each of all people, "" where unknown.
    """
    near = voted.votes[:, 0]
    like = _beside_others(voted.like[people]) + _beside_others(near[people])
    shares = [_of_the_others(near, units)[people] for units in (groups or {}).values()]
    in_groups = _beside_others(np.mean(shares, axis=0)) if shares else np.zeros(len(people))
    scores = likeliest(activity, voted, place, people, weights=weights)
    scores = scores + settings.favour_like * like + settings.favour_groups * in_groups
    return put_first(scores, voted, people, step=settings.spare_at_most)


def _beside_others(votes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (C,) votes in logarithms, standardised among these people."""
    return standardised(np.log1p(votes)[:, None], LITTLE)[:, 0]


def _of_the_others(near: NDArray[np.float64], units: NDArray[np.object_]) -> NDArray[np.float64]:
    """Return (P,) the mean of what the others of somebody's unit have, pulled towards 0; 0 of no unit."""
    number = {name: row for row, name in enumerate(dict.fromkeys(units.tolist()))}
    unit = np.array([number[name] for name in units.tolist()], dtype=np.int64)
    total, people = np.bincount(unit, weights=near), np.bincount(unit)
    mean: NDArray[np.float64] = (total[unit] - near) / (people[unit] - 1 + _FEW)
    mean[unit == number.get("", -1)] = 0.0
    return mean


def units_that_answered(
    voted: Votes, person: int, groups: Mapping[str, NDArray[np.object_]]
) -> tuple[str, ...]:
    """Return those units of a person in which somebody else answered one of the twenty nearest questions.

    Args:
        voted: what the index says about the question.
        person: their number.
        groups: by kind of group, (P,) the unit of each of all people, "" where unknown.
    """
    found: dict[str, None] = {}
    for units in groups.values():
        same = units == units[person]
        same[person] = False
        if units[person] and voted.votes[same, 0].any():
            found[str(units[person])] = None
    return tuple(found)


__all__ = ["knowing", "units_that_answered"]
