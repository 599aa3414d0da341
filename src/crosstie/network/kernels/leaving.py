"""Measures of structural holes with each contact left out in turn; compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.compiled import compiled
from crosstie.network.circles import Circles, Offsets
from crosstie.network.network import Indices, Weights


class Without(NamedTuple):
    """What each measure would be without each tie of the circles, for its first end; (C,) each.

    NaN where nothing is left to measure.
    """

    effective_size: Weights
    constraint: Weights
    hierarchy: Weights
    clustering: Weights


def without_each(circles: Circles, people: NDArray[np.int64]) -> Without:
    """Return the measures of these people without each of their contacts; NaN in other rows.

    The tie to the contact is taken away, and all else stays: their contacts' other contact too.
    """
    strength = np.zeros(circles.people)
    strongest = np.zeros(circles.people)
    np.add.at(strength, circles.rows(), circles.weights)
    np.maximum.at(strongest, circles.rows(), circles.weights)
    found = _without_each(circles.starts, circles.contacts, circles.weights, strength, strongest, people)
    return Without(*found)


@compiled
def _times_log(value: float) -> float:
    return value * np.log(value) if value > 0 else 0.0


@compiled
def _without_each(  # noqa: C901, PLR0917 - compiled code takes columns by place, and is one pass
    starts: Offsets,
    contacts: Indices,
    weights: Weights,
    strength: Weights,
    strongest: Weights,
    people: NDArray[np.int64],
) -> NDArray[np.float64]:
    found = np.full((4, len(contacts)), np.nan)
    place = np.full(len(starts) - 1, -1, dtype=np.int64)
    most = 0
    for person in people:
        most = max(most, starts[person + 1] - starts[person])
    parts = np.zeros((4, most))  # through others; redundant itself; making redundant; in touch with how many
    for person in people:
        begin, size = starts[person], starts[person + 1] - starts[person]
        for at in range(size):
            place[contacts[begin + at]] = at
            parts[:, at] = 0.0
        for at in range(size):
            contact = contacts[begin + at]
            for further in range(starts[contact], starts[contact + 1]):
                common = place[contacts[further]]
                if common < 0:
                    continue
                touch = weights[further]
                parts[0, at] += weights[begin + common] * touch / strength[contacts[further]]
                parts[1, at] += weights[begin + common] * touch / strongest[contact]
                parts[2, common] += weights[begin + common] * touch / strongest[contact]
                parts[3, at] += 1.0
        squares, logs, redundant, pairs = 0.0, 0.0, 0.0, 0.0
        for at in range(size):
            square = (weights[begin + at] + parts[0, at]) ** 2
            squares += square
            logs += _times_log(square)
            redundant += parts[1, at]
            pairs += parts[3, at] / 2.0
        for at in range(size if size > 1 else 0):
            contact, own = contacts[begin + at], weights[begin + at]
            square = (own + parts[0, at]) ** 2
            left, left_logs = squares - square, logs - _times_log(square)
            for further in range(starts[contact], starts[contact + 1]):
                common = place[contacts[further]]
                if common >= 0:
                    before = weights[begin + common] + parts[0, common]
                    after = before - own * weights[further] / strength[contact]
                    left += after**2 - before**2
                    left_logs += _times_log(after**2) - _times_log(before**2)
            rest = strength[person] - own
            found[0, begin + at] = size - 1 - (redundant - parts[1, at] - parts[2, at]) / rest
            found[1, begin + at] = left / rest**2
            if size > 2:  # noqa: PLR2004 - two are left
                even = left_logs / left - np.log(left)
                found[2, begin + at] = 1.0 + even / np.log(size - 1)
                found[3, begin + at] = (pairs - parts[3, at]) / ((size - 1) * (size - 2) / 2.0)
        for at in range(size):
            place[contacts[begin + at]] = -1
    return found
