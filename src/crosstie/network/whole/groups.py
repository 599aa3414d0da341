"""Each group's density and E-I index, how sure they are, and what chance would have them be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crosstie.network.circles import circles_of
from crosstie.network.network import Network, Weights
from crosstie.network.whole.mixing import ROUNDS, Ends

DRAWS = 1_000
FEWEST_PEOPLE = 10
"""A group with fewer people has not enough to say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFigures:
    """G groups in the order of their numbers; NaN where a group has too few people, or no contact.

    Attributes:
        people: (G,) how many people.
        density, density_low, density_high: (G,) the share of pairs within the group in contact, and its 90 %
            interval.
        outside, outside_low, outside_high: (G,) the E-I index of the group's contact, and its 90 % interval.
        outside_expected: (G,) the index if groups were shuffled over people.
        outside_chance: (G,) the share of shuffles at least as far from that as the group is.
    """

    people: NDArray[np.int64]
    density: Weights
    density_low: Weights
    density_high: Weights
    outside: Weights
    outside_low: Weights
    outside_high: Weights
    outside_expected: Weights
    outside_chance: Weights


def group_figures(
    network: Network, group: NDArray[np.integer], *, seed: int, draws: int = DRAWS, rounds: int = ROUNDS
) -> GroupFigures:
    """Return every group's figures.

    How sure they are tells the node bootstrap: people of the group are drawn anew, with putting back, and
    bring all of their contact. Two draws of one person are as much in contact as two of the group on average:
    a person has none with themselves. Where pairs are independent, that is wider than need be by the root of
    2. What chance would have tells a shuffle of groups over people.

    Args:
        network: the network.
        group: (P,) the number of each person's group, from 0; negative for none.
        seed: of the draws and shuffles.
        draws: how often people are drawn.
        rounds: how often groups are shuffled.

    References:
        Snijders, T. A. B. and Borgatti, S. P. (1999). Non-parametric standard errors and tests for network
        statistics. Connections 22.
    """
    generator = np.random.default_rng(seed)
    ends = Ends.of(circles_of(network), group)
    count = int(group.max()) + 1 if len(group) else 0
    number = group[ends.known].astype(np.int64)
    people = np.bincount(number, minlength=count)
    figures = {name: np.full(count, np.nan) for name in GroupFigures.__dataclass_fields__ if name != "people"}
    enough = people >= FEWEST_PEOPLE
    outside = _outside(ends, number, count)
    figures["outside"][enough] = outside[enough]
    for one in np.flatnonzero(enough).tolist():
        sample = _drawn(ends, number, one, draws, generator)
        figures["density"][one] = sample.density
        for name, values in (("density", sample.densities), ("outside", sample.outsides)):
            known = values[np.isfinite(values)]
            if len(known):
                low, high = np.quantile(known, [0.05, 0.95])
                figures[f"{name}_low"][one], figures[f"{name}_high"][one] = low, high
    shuffled = np.full((rounds, count), np.nan)
    for at in range(rounds if enough.any() else 0):
        shuffled[at] = _outside(ends, generator.permutation(number), count)
    for one in np.flatnonzero(enough & np.isfinite(outside)).tolist():
        chance = shuffled[np.isfinite(shuffled[:, one]), one]
        expected = chance.mean()
        as_far = np.abs(chance - expected) >= abs(outside[one] - expected) - 1e-12
        figures["outside_expected"][one] = expected
        figures["outside_chance"][one] = (as_far.sum() + 1) / (len(chance) + 1)
    return GroupFigures(people=people, **figures)


def _outside(ends: Ends, number: NDArray[np.int64], count: int) -> Weights:
    """Return (G,) the E-I index of each group; NaN without contact."""
    one, other = number[ends.one], number[ends.other]
    within = one == other
    inside = 2.0 * np.bincount(one[within], ends.weights[within], count)
    total = np.bincount(one, ends.weights, count) + np.bincount(other, ends.weights, count)
    index = np.full(count, np.nan)
    np.divide(total - 2.0 * inside, total, out=index, where=total > 0)
    return index


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sample:
    density: float
    densities: Weights
    outsides: Weights


def _drawn(
    ends: Ends, number: NDArray[np.int64], group: int, draws: int, generator: np.random.Generator
) -> _Sample:
    """Return a group's density and E-I index over draws of its people."""
    mine = np.flatnonzero(number == group)
    size = len(mine)
    place = np.full(len(number), -1, dtype=np.int64)
    place[mine] = np.arange(size)
    one, other = place[ends.one], place[ends.other]
    within = (one >= 0) & (other >= 0)
    across = (one >= 0) ^ (other >= 0)
    out = np.bincount(np.maximum(one, other)[across], ends.weights[across], size)
    times = generator.multinomial(size, np.full(size, 1.0 / size), size=draws).astype(np.float64)
    doubled = (times * (times - 1.0)).sum(axis=1) / 2.0  # pairs of draws of one person
    pairs = size * (size - 1) / 2.0
    density = within.sum() / pairs
    weights, ones, others = ends.weights[within], one[within], other[within]
    inside, ties = np.empty(draws), np.empty(draws)
    for at in range(draws):
        both = times[at, ones] * times[at, others]
        inside[at], ties[at] = both @ weights, both.sum()
    inside += doubled * weights.sum() / pairs
    outside = times @ out
    total = outside + 2.0 * inside
    outsides = np.full(draws, np.nan)
    np.divide(outside - 2.0 * inside, total, out=outsides, where=total > 0)
    return _Sample(
        density=float(density),
        densities=(ties + doubled * density) / pairs,
        outsides=outsides,
    )
