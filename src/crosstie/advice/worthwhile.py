"""Who would be worth meeting for whom: everyone's candidates, with what each is worth."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray

from crosstie.advice.colleagues import Colleagues
from crosstie.advice.worth import (
    closeness,
    common_contacts,
    diversity_gains,
    middle,
    rows_of,
    size_gains,
)
from crosstie.network.circles import circles_of_ties
from crosstie.network.metrics.group_diversity import KINDS
from crosstie.network.network import Flags, Weights
from crosstie.people.meeting import MeetingRules, Pair, standing

BLOCK = 256
"""People worked out at once; so many rows of everybody's figures are held."""

FROM_EACH = 5
"""So many of those to whom somebody would be worth most are kept, so that nobody is worth it to nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taste:
    """What makes somebody worth meeting; set on the development part of `evaluation.introductions`.

    Attributes:
        hardly: a group is hardly reached with so many contacts in it or fewer.
        size: how much a gain in effective size counts, for the places kept for groups hardly reached.
        diversity: how much a gain in group diversity counts there.
        middle: how much those lose who are most and least alike in places and topics, 0 to 1.
        considered: so many of the best of each person are looked at, and as many of groups hardly reached.
        seed: breaks what is equal.
    """

    hardly: int = 1
    size: float = 2.5
    diversity: float = 0.2
    middle: float = 0.5
    considered: int = 60
    seed: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Worthwhile:
    """Candidates of several people, one row each; n rows, in no order.

    Attributes:
        person: (n,) index of the person for whom.
        candidate: (n,) index of whom to meet.
        worth: (n,) 0 to 1, beside the best of the same person.
        bridge_worth: (n,) what they are worth where a circle is to be widened; 0 where they are of no group
            that the person hardly reaches.
        size_gain: (n,) by how much the circle's effective size would grow.
        diversity_gain: (n,) by how much its group diversity would grow; NaN without groups.
        likeness: (n,) how alike they are, 0 to 1; NaN where nothing is known of it.
        drawn: (n,) a number by the seed and the two keys, which tells equal ones apart.
    """

    person: NDArray[np.int64]
    candidate: NDArray[np.int64]
    worth: Weights
    bridge_worth: Weights
    size_gain: Weights
    diversity_gain: Weights
    likeness: Weights
    drawn: NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.person)

    @property
    def is_bridge(self) -> Flags:
        """(n,) whether the candidate is of a group that the person hardly reaches."""
        return self.bridge_worth > 0

    def only(self, rows: NDArray[np.integer] | Flags) -> Self:
        """Return some of the rows."""
        return type(self)(**{one.name: getattr(self, one.name)[rows] for one in fields(self)})


def worthwhile(
    people: NDArray[np.int64], *, colleagues: Colleagues, rules: MeetingRules, taste: Taste
) -> Worthwhile:
    """Return who would be worth meeting for some people, the best of each; whoever may not meet has none.

    A candidate is two steps away through open, active ties by way of someone who has not opted out, is not
    known to the person by any evidence, and both may meet by the rules. Each is worth, to the person,

    * *worth*: closeness x middle, beside the best of the same person;
    * *bridge worth*: worth x exp(size x gain in effective size + diversity x gain in group diversity), for
      those of a group that the person hardly reaches.

    Args:
        people: (n,) their indices.
        colleagues: everyone, as advice sees them.
        rules: who may meet whom.
        taste: what counts how much.
    """
    work = _Work(colleagues, rules, taste)
    blocks = [work.block(people[at : at + BLOCK]) for at in range(0, len(people), BLOCK)]
    blocks = [block for block in blocks if len(block)] or [_nothing()]
    return Worthwhile(
        **{
            one.name: np.concatenate([getattr(block, one.name) for block in blocks])
            for one in fields(Worthwhile)
        }
    )


class _Work:
    """What is the same for every block of people."""

    def __init__(self, colleagues: Colleagues, rules: MeetingRules, taste: Taste) -> None:
        self.colleagues, self.taste = colleagues, taste
        keys = [str(key) for key in colleagues.persons]
        allowed = standing(rules)
        self.free = np.array([key in allowed.free for key in keys], dtype=np.bool_)
        # Opting out reaches those in between as well: nobody is named who is gone from every named view.
        self.named = np.array([key not in rules.opted_out for key in keys], dtype=np.bool_)
        self.apart = _rows_apart(keys, allowed.apart)
        self.own = circles_of_ties(colleagues.whole, people=len(keys))
        kind = next((kind for kind in KINDS if kind in colleagues.groups), None)
        names, number = np.unique(
            colleagues.groups[kind].astype(str) if kind else np.full(len(keys), ""), return_inverse=True
        )
        self.group = np.where((names != "")[number], number, -1).astype(np.int64)
        self.groups = len(names) if kind else 0
        self.best = np.zeros((FROM_EACH, len(keys)))

    def block(self, people: NDArray[np.int64]) -> Worthwhile:
        """Return the candidates of some people."""
        people = people[self.free[people]]
        may = self._may_meet(people)
        contact = rows_of(self.own, people)
        inside = contact > 0
        gain = size_gains(common_contacts(self.colleagues.open_circles, inside), inside)
        worth = closeness(self.colleagues.reach, people, together=self.colleagues.together)
        worth[~may] = 0.0
        alike = self.colleagues.likeness.of(people)
        if alike is not None:
            for near, theirs, able in zip(worth, alike, may, strict=True):
                near[able] *= middle(theirs[able], strength=self.taste.middle)
        worth = _beside_the_best(worth)
        varied = diversity_gains(self.group, self.groups, contact) if self.groups else None
        more = self.taste.size * gain + (0.0 if varied is None else self.taste.diversity * varied)
        bridge = _beside_the_best(np.where(self._is_bridge(people, inside), worth * np.exp(more), 0.0))
        row, other = np.nonzero(self._considered(worth, bridge))
        nothing = np.full(len(row), np.nan)
        return Worthwhile(
            person=people[row],
            candidate=other,
            worth=worth[row, other],
            bridge_worth=bridge[row, other],
            size_gain=gain[row, other],
            diversity_gain=nothing if varied is None else varied[row, other],
            likeness=nothing if alike is None else alike[row, other],
            drawn=_drawn(self.colleagues.persons, people[row], other, self.taste.seed),
        )

    def _may_meet(self, people: NDArray[np.int64]) -> Flags:
        """Return (B, P) whether they may be brought together, and somebody could do it."""
        circles, whole = self.colleagues.open_circles, self.colleagues.whole
        mutual = (rows_of(circles, people) > 0) & self.named
        may = (common_contacts(circles, mutual) > 0) & self.free
        starts = np.searchsorted(whole.learner, people), np.searchsorted(whole.learner, people, side="right")
        for row, (person, start, end) in enumerate(zip(people.tolist(), *starts, strict=True)):
            may[row, whole.teacher[start:end]] = False
            may[row, self.apart.get(person, [])] = False
            may[row, person] = False
        return may

    def _is_bridge(self, people: NDArray[np.int64], inside: Flags) -> Flags:
        """Return (B, P) whether someone is of a group that the person hardly reaches."""
        if not self.groups:
            return np.zeros(inside.shape, dtype=np.bool_)
        member = np.zeros((len(self.group), self.groups))
        known = np.flatnonzero(self.group >= 0)
        member[known, self.group[known]] = 1.0
        reached = (inside @ member)[:, self.group]
        found: Flags = (
            (reached <= self.taste.hardly) & (self.group >= 0) & (self.group != self.group[people][:, None])
        )
        return found

    def _considered(self, worth: Weights, bridge: Weights) -> Flags:
        """Return (B, P) the best of each person, and those to whom somebody is worth most."""
        kept = np.zeros(worth.shape, dtype=np.bool_)
        for column in (worth, bridge):
            at = max(column.shape[1] - self.taste.considered, 0)
            kept |= column >= np.partition(column, at, axis=1)[:, at : at + 1]
        every = np.concatenate([self.best, worth])
        self.best = np.partition(every, len(every) - FROM_EACH, axis=0)[-FROM_EACH:]
        kept |= worth >= self.best.min(axis=0)
        return kept & (worth > 0)


def _rows_apart(keys: list[str], apart: Collection[Pair]) -> dict[int, list[int]]:
    number = {key: row for row, key in enumerate(keys)}
    found: dict[int, list[int]] = {}
    for one, other in (tuple(pair) for pair in apart if len(pair) == 2):  # noqa: PLR2004 - a pair
        if one in number and other in number:
            found.setdefault(number[one], []).append(number[other])
            found.setdefault(number[other], []).append(number[one])
    return found


def _beside_the_best(worth: Weights) -> Weights:
    best = worth.max(axis=1, keepdims=True, initial=0.0)
    share = np.divide(worth, best, out=np.zeros_like(worth), where=best > 0)
    rounded: Weights = np.round(share, 12)  # the last bits depend on the order of a sum
    return rounded


def _drawn(
    keys: NDArray[np.object_], person: NDArray[np.int64], other: NDArray[np.int64], seed: int
) -> NDArray[np.uint64]:
    return np.array(
        [
            int.from_bytes(
                hashlib.blake2b(f"{seed}|{keys[one]}|{keys[two]}".encode(), digest_size=8).digest()
            )
            for one, two in zip(person.tolist(), other.tolist(), strict=True)
        ],
        dtype=np.uint64,
    )


def _nothing() -> Worthwhile:
    none, amount = np.zeros(0, dtype=np.int64), np.zeros(0)
    return Worthwhile(
        person=none,
        candidate=none,
        worth=amount,
        bridge_worth=amount,
        size_gain=amount,
        diversity_gain=amount,
        likeness=amount,
        drawn=none.astype(np.uint64),
    )


__all__ = ["Taste", "Worthwhile", "worthwhile"]
