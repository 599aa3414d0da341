"""How much groups keep to themselves, beside what chance would have: labels are shuffled over people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crosstie.network.circles import Circles, circles_of
from crosstie.network.network import Network

ROUNDS = 1_000
FEWEST_PEOPLE = 10
"""With fewer people of known group there is not enough to say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgainstChance:
    """A figure and what it is when groups are shuffled over people; NaN where there is not enough to say.

    Attributes:
        value: as it is.
        expected: the mean over shuffles.
        low, high: between what nine of ten shuffles lie.
        chance: the share of shuffles at least as far from expected as the value, the value itself among them.
    """

    value: float
    expected: float
    low: float
    high: float
    chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixing:
    """How groups mix.

    Attributes:
        outside: the E-I index of the whole: contact between groups less within them, over both.
        alike: Newman's assortativity by group, weighted: 1 where all contact is within groups.
    """

    outside: AgainstChance
    alike: AgainstChance


def mixing(network: Network, group: NDArray[np.integer], *, seed: int, rounds: int = ROUNDS) -> Mixing:
    """Return how groups mix, beside chance.

    Who is in contact with whom, and how much, stays, and so do the sizes of groups; only who is in which is
    left to chance. Over contact between people of known group.

    Args:
        network: the network.
        group: (P,) the number of each person's group, negative for none.
        seed: of the shuffles.
        rounds: how many.

    References:
        Krackhardt, D. and Stern, R. N. (1988). Informal networks and organizational crises. SPQ 51.
        Newman, M. E. J. (2003). Mixing patterns in networks. Physical Review E 67.
        Hubert, L. and Schultz, J. (1976). Quadratic assignment as a general data analysis strategy. BJMSP 29.
    """
    ends = Ends.of(circles_of(network), group)
    if len(ends.weights) == 0 or len(ends.known) < FEWEST_PEOPLE or len(np.unique(ends.group)) < 2:  # noqa: PLR2004
        nothing = _nothing()
        return Mixing(outside=nothing, alike=nothing)
    generator = np.random.default_rng(seed)
    real = ends.measured(ends.group)
    shuffled = np.array([ends.measured(generator.permutation(ends.group)) for _ in range(rounds)])
    outside, alike = (against(real[at], shuffled[:, at]) for at in range(2))
    return Mixing(outside=outside, alike=alike)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """The contact between people of known group, each pair once, among these people alone.

    Attributes:
        known: (K,) their rows in the network.
        group: (K,) their group, from 0.
        one, other: (N,) the two ends of each pair, as places among them.
        weights: (N,) contact.
    """

    known: NDArray[np.int64]
    group: NDArray[np.int64]
    one: NDArray[np.int64]
    other: NDArray[np.int64]
    weights: NDArray[np.float64]

    @classmethod
    def of(cls, circles: Circles, group: NDArray[np.integer]) -> Ends:
        """Return the contact between people whose group is not negative."""
        known = np.flatnonzero(group >= 0)
        place = np.full(circles.people, -1, dtype=np.int64)
        place[known] = np.arange(len(known))
        one, other = place[circles.rows()], place[circles.contacts]
        kept = (one >= 0) & (other >= 0) & (one < other)
        _, number = np.unique(group[known], return_inverse=True)
        return cls(
            known=known,
            group=number.astype(np.int64),
            one=one[kept],
            other=other[kept],
            weights=circles.weights[kept],
        )

    def measured(self, group: NDArray[np.int64]) -> tuple[float, float]:
        """Return the E-I index and the assortativity if these were the groups; NaN if all is one's."""
        one, other = group[self.one], group[self.other]
        total = float(self.weights.sum())
        inside = float(self.weights[one == other].sum()) / total
        count = int(group.max()) + 1
        touch = np.bincount(one, self.weights, count) + np.bincount(other, self.weights, count)
        by_chance = float(((touch / (2.0 * total)) ** 2).sum())
        alike = (inside - by_chance) / (1.0 - by_chance) if by_chance < 1 - 1e-12 else float("nan")
        return 1.0 - 2.0 * inside, alike


def against(value: float, shuffled: NDArray[np.float64]) -> AgainstChance:
    """Return a value beside what shuffles gave."""
    if not np.isfinite(value):
        return _nothing()
    known = shuffled[np.isfinite(shuffled)]
    expected = float(known.mean())
    # The last bits of a sum must not make equals unequal.
    as_far = np.abs(known - expected) >= abs(value - expected) - 1e-12
    low, high = np.quantile(known, [0.05, 0.95])
    return AgainstChance(
        value=value,
        expected=expected,
        low=float(low),
        high=float(high),
        chance=float((as_far.sum() + 1) / (len(known) + 1)),
    )


def _nothing() -> AgainstChance:
    return AgainstChance(value=np.nan, expected=np.nan, low=np.nan, high=np.nan, chance=np.nan)
