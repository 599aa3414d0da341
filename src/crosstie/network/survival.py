"""Is a known tie alive in the next thirty days? Learned from the organisation's own past.

A pair is *known* once the two were in touch, and *alive* where they are in touch within the days that follow.
What tells it is looked at as it stood on earlier days, whose next thirty days are over; a logistic regression
learns from them, and is asked about today. Nothing is carried over from other organisations.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crosstie.network.circles import Circles, sums
from crosstie.network.kernels.between import between
from crosstie.network.logistic import Logistic, learned

AHEAD_DAYS = 30.0
HALF_LIVES = (7.0, 30.0, 60.0, 180.0)
"""Days; how much there was of late, and for long."""

_LOOKS, _APART_DAYS = 6, 15.0
"""So many earlier days are learned from, so far apart, the latest thirty days ago."""

_SHORTEST_DAYS = 20.0
"""A day is learned from only where so much had been read before it."""

_LEAST = 50
"""Pairs that stayed, and pairs that did not, that it takes to learn."""

_MOST = 200_000
"""Pairs learned from on each day; of more, these are drawn."""

_ACTIVE = 0.25

Days = NDArray[np.float64]
People = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Touches:
    """Every time that one person reached another; n rows, in any order.

    Attributes:
        sender, receiver: (n,) persons; two different ones.
        day: (n,) on any scale of days.
        weight: (n,) of contact, without decay.
    """

    sender: People
    receiver: People
    day: Days
    weight: Days

    def until(self, day: float) -> Touches:
        """Return what was before a day."""
        past = self.day < day
        return Touches(
            sender=self.sender[past],
            receiver=self.receiver[past],
            day=self.day[past],
            weight=self.weight[past],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Alive:
    """The known pairs, and how likely each is alive in the next thirty days; N rows, sorted.

    Attributes:
        low, high: (N,) the two persons, low < high.
        chance: (N,) from 0 to 1; NaN where there is not enough to say.
    """

    low: People
    high: People
    chance: Days


class _Told:
    """What there was up to a day, pair by pair and oldest first, so that each earlier day's is a part of it.

    Attributes:
        touches: sorted by pair and day.
        people: how many persons there are.
        keys: (n,) the pair of each.
        days, which: the different days, ascending, and (n,) which of them each was on.
        at: the day.
    """

    def __init__(self, touches: Touches, *, at: float, people: int) -> None:
        past = touches.until(at)
        keys = _keys(past.sender, past.receiver, people)
        order = np.lexsort((past.day, keys))
        self.touches = Touches(
            sender=past.sender[order],
            receiver=past.receiver[order],
            day=past.day[order],
            weight=past.weight[order],
        )
        self.people, self.keys, self.at = people, keys[order], at
        self.days, self.which = np.unique(self.touches.day, return_inverse=True)


def alive(touches: Touches, *, at: float, people: int, seed: int = 20) -> Alive:
    """Return how likely each known pair is in touch within thirty days of a day.

    Args:
        touches: all there were; those from the day on are not looked at.
        at: the day.
        people: how many persons there are.
        seed: draws the pairs to learn from where there are very many.
    """
    told = _Told(touches, at=at, people=people)
    low, high, columns = _looked_at(told, at)
    model = _model_before(told, seed=seed)
    chance = np.full(len(low), np.nan) if model is None else model.chances(columns)
    return Alive(low=low, high=high, chance=chance)


def model_before(touches: Touches, *, at: float, people: int, seed: int = 20) -> Logistic | None:
    """Learn from the days before one; None where too little was read, or too few pairs stayed or went."""
    return _model_before(_Told(touches, at=at, people=people), seed=seed)


def _model_before(told: _Told, *, seed: int) -> Logistic | None:
    touches, at = told.touches, told.at
    if not len(touches.day):
        return None
    dice = np.random.default_rng(seed)
    begins = float(touches.day.min())
    columns, stayed = [], []
    for look in range(_LOOKS):
        day = at - AHEAD_DAYS - look * _APART_DAYS
        if day - begins < _SHORTEST_DAYS:
            break
        low, high, seen = _looked_at(told, day)
        after = came_back(touches, low, high, at=day, people=told.people)
        drawn = dice.permutation(len(low))[:_MOST] if len(low) > _MOST else slice(None)
        columns.append(seen[drawn])
        stayed.append(after[drawn])
    if not columns:
        return None
    happened = np.concatenate(stayed)
    if min(int(happened.sum()), int((~happened).sum())) < _LEAST:
        return None
    return learned(np.concatenate(columns), happened)


def came_back(touches: Touches, low: People, high: People, *, at: float, people: int) -> NDArray[np.bool_]:
    """Return (N,) whether each sorted pair was in touch in the thirty days from a day on."""
    within = (touches.day >= at) & (touches.day < at + AHEAD_DAYS)
    keys = _keys(touches.sender[within], touches.receiver[within], people)
    return np.isin(low * people + high, keys)


def looked_at(past: Touches, *, at: float, people: int) -> tuple[People, People, NDArray[np.float64]]:
    """Return the known pairs, sorted, and (N, K) what tells whether they stay, in logarithms.

    Of a pair: its contact decayed by each half-life, how often they were in touch, how lately, since when,
    how lately by their own rhythm, the weaker direction, on how many days of late, how many active contacts
    they share. Of its people: how active the less and the more active one is of late and for long, how much
    the less reached one receives, how long the quieter one is silent, the smaller of their circles, and how
    large a share of both this tie is.
    """
    return _looked_at(_Told(past, at=at, people=people), at)


def _looked_at(told: _Told, at: float) -> tuple[People, People, NDArray[np.float64]]:
    """Return what `looked_at` does, of what was before a day, that of all that was told or an earlier one."""
    past = told.touches.day < at
    sender, receiver = told.touches.sender[past], told.touches.receiver[past]
    ago, weight, people = at - told.touches.day[past], told.touches.weight[past], told.people
    keys, which = told.keys[past], told.which[past]
    days_before = at - told.days[told.days < at]
    left = {half: (0.5 ** (days_before / half))[which] for half in HALF_LIVES}
    begins = _changes(keys)
    starts, pair = np.flatnonzero(begins), np.cumsum(begins) - 1
    low, high, count = keys[starts] // people, keys[starts] % people, len(starts)
    decayed = {half: sums(pair, weight * left[half], people=count) for half in HALF_LIVES}
    upwards = sender < receiver
    up = sums(pair[upwards], (weight * left[60.0])[upwards], people=count)
    often = np.diff(starts, append=len(keys))
    last, first = ago[starts + often - 1], ago[starts]
    whole = np.floor(ago)
    another_day = begins | _changes(whole)
    on, days_ago = pair[another_day], whole[another_day]
    sent = {half: sums(sender, left[half], people=people) for half in (7.0, 60.0)}
    received = sums(receiver, left[60.0], people=people)
    silent = _least(sender, ago, people, otherwise=float(ago.max(initial=0.0)))
    circles = _active(low, high, decayed[60.0], people)
    sizes = circles.sizes
    rhythm = (first - last + 1.0) / np.maximum(np.bincount(on, minlength=count), 1)
    quieter, louder = np.minimum, np.maximum
    return (
        low,
        high,
        np.column_stack(
            [
                *(np.log(decayed[half] + 0.02) for half in HALF_LIVES),
                np.log(often + 0.5),
                np.log(last + 0.5),
                np.log(first + 1.0),
                np.log((last + 1.0) / (rhythm + 1.0)),
                np.log(np.minimum(up, np.maximum(decayed[60.0] - up, 0.0)) + 0.02),
                *(np.log(sums(on, 0.5 ** (days_ago / half), people=count) + 0.02) for half in (30.0, 90.0)),
                np.log1p(between(circles, low, high)),
                *(
                    np.log(which(sent[half][low], sent[half][high]) + 0.1)
                    for half in sent
                    for which in (quieter, louder)
                ),
                np.log(quieter(received[low], received[high]) + 0.1),
                np.log(louder(silent[low], silent[high]) + 0.5),
                np.log1p(quieter(sizes[low], sizes[high])),
                np.log(decayed[60.0] / (np.sqrt(sent[60.0][low] * sent[60.0][high]) + 1.0) + 0.001),
            ]
        ),
    )


def _keys(one: People, other: People, people: int) -> People:
    made: People = np.minimum(one, other).astype(np.int64) * people + np.maximum(one, other)
    return made


def _least(row: People, values: Days, rows: int, *, otherwise: float = np.inf) -> Days:
    """Return (rows,) the least value of each row, `otherwise` where it has none."""
    least = np.full(rows, np.inf)
    np.minimum.at(least, row, values)
    return np.where(np.isinf(least), otherwise, least)


def _changes(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Return (n,) whether each value is another than the one before it."""
    changes = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=changes[1:])
    return changes


def _active(low: People, high: People, contact: Days, people: int) -> Circles:
    active = contact >= _ACTIVE
    ends = np.concatenate([low[active], high[active]]), np.concatenate([high[active], low[active]])
    order = np.lexsort((ends[1], ends[0]))
    starts = np.zeros(people + 1, dtype=np.int64)
    np.cumsum(np.bincount(ends[0], minlength=people), out=starts[1:])
    weights = np.concatenate([contact[active]] * 2)[order]
    return Circles(starts=starts, contacts=ends[1][order].astype(np.int32), weights=weights)
