"""How sure a person's measure is: leave out one contact after the other, and see how far it moves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crosstie.network.circles import Circles, circles_of, sums
from crosstie.network.groups import UNKNOWN, grouped
from crosstie.network.metrics.metric import Scores
from crosstie.network.metrics.registry import every_metric
from crosstie.network.network import Network, Weights
from crosstie.network.shares import student

FEWEST_CONTACTS = 5
"""With fewer contacts an interval would be wider than what it says."""

_HOLES = ("effective_size", "efficiency", "constraint", "hierarchy", "clustering")
_GROUPS = ("group_diversity", "group_dominance", "blau", "blau_beyond_chance", "ei_index", "ei_beyond_chance")


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """The 90 % interval of everybody's value; NaN where there is not enough to say.

    Attributes:
        low, high: (P,) within the range of the metric.
    """

    low: Scores
    high: Scores


def jackknifed() -> tuple[str, ...]:
    """Return the names of the metrics that have an interval; the others are counted and not estimated."""
    return tuple(name for name, metric in every_metric().items() if metric.jackknifed)


def intervals(network: Network, scores: dict[str, Scores], errors: dict[str, Scores]) -> dict[str, Interval]:
    """Return the 90 % intervals of scores with an error: Student's, with contacts less one degrees."""
    found = {}
    contacts = circles_of(network).sizes.astype(np.float64)
    reach = student(contacts - 1)
    for name, error in errors.items():
        metric, value = every_metric()[name], scores[name]
        lowest = -np.inf if metric.lowest is None else metric.lowest
        highest: float | Scores = np.inf if metric.highest is None else metric.highest
        if metric.within_size:
            highest = np.minimum(contacts, highest)
        found[name] = Interval(
            low=np.maximum(value - reach * error, lowest), high=np.minimum(value + reach * error, highest)
        )
    return found


def errors(
    network: Network,
    names: Iterable[str] | None = None,
    *,
    people: NDArray[np.int64] | None = None,
    fewest: int = FEWEST_CONTACTS,
) -> dict[str, Scores]:
    """Return the standard error of everybody's measures, by leaving out one contact after the other.

    The root of (n - 1)/n times the sum of squares, from their mean, of the values without each of n contacts,
    where the tie to the contact is taken away and all else stays. The overlap of ties is a mean over ties, of
    which one is left out. NaN where a person has too few contacts, or the measure no value.

    Args:
        network: the network.
        names: those of `jackknifed` that are wanted; all, if not given.
        people: whose errors are wanted; everybody's, if not given.
        fewest: with fewer contacts there is none; at least two.

    References:
        Efron, B. and Tibshirani, R. J. (1993). An Introduction to the Bootstrap, chapter 11.
        Snijders, T. A. B. and Borgatti, S. P. (1999). Non-parametric standard errors and tests for network
        statistics. Connections 22.
    """
    wanted = [name for name in jackknifed() if names is None or name in set(names)]
    circles = circles_of(network)
    asked = np.arange(circles.people) if people is None else people
    rows = circles if people is None else _only(circles, people)
    found: dict[str, Scores] = {}
    if any(name in _HOLES for name in wanted):
        found |= {name: _error(circles, values) for name, values in _of_holes(circles, asked).items()}
    if any(name in _GROUPS for name in wanted) and grouped(network) is not None:
        found |= {name: _error(rows, values) for name, values in _of_groups(network, rows).items()}
    if "overlap" in wanted:
        from crosstie.network.kernels.common import overlaps_of

        found["overlap"] = _error(circles, _of_mean(circles, overlaps_of(network)))
    enough = np.zeros(circles.people, dtype=np.bool_)
    enough[asked] = circles.sizes[asked] >= fewest
    nothing = np.full(circles.people, np.nan)
    return {name: np.where(enough, found.get(name, nothing), np.nan) for name in wanted}


def _only(circles: Circles, people: NDArray[np.int64]) -> Circles:
    """Return the circles of these people alone; the others' are empty."""
    asked = np.zeros(circles.people, dtype=np.bool_)
    asked[people] = True
    kept = asked[circles.rows()]
    starts = np.zeros(circles.people + 1, dtype=np.int64)
    np.cumsum(np.where(asked, circles.sizes, 0), out=starts[1:])
    return Circles(starts=starts, contacts=circles.contacts[kept], weights=circles.weights[kept])


def _error(circles: Circles, without: Weights) -> Scores:
    """Return the errors from the values without each tie; a value that is not there is left out."""
    rows, known = circles.rows(), ~np.isnan(without)
    count = np.bincount(rows[known], minlength=circles.people)
    mean = sums(rows[known], without[known], people=circles.people) / np.maximum(count, 1)
    apart = sums(rows[known], (without[known] - mean[rows[known]]) ** 2, people=circles.people)
    return np.where(count > 1, np.sqrt((count - 1) / np.maximum(count, 1) * apart), np.nan)


def _of_holes(circles: Circles, people: NDArray[np.int64]) -> dict[str, Weights]:
    from crosstie.network.kernels.leaving import without_each  # loads numba

    found = without_each(circles, people.astype(np.int64))
    left = np.maximum(circles.sizes - 1, 1)[circles.rows()]
    return {**found._asdict(), "efficiency": found.effective_size / left}


def _of_mean(circles: Circles, values: Weights) -> Weights:
    rows = circles.rows()
    total = sums(rows, values, people=circles.people)
    left = circles.sizes[rows] - 1
    return np.where(left > 0, (total[rows] - values) / np.maximum(left, 1), np.nan)


def _of_groups(network: Network, circles: Circles) -> dict[str, Weights]:
    """Return the measures over groups without each tie; a contact of unknown group changes nothing."""
    groups = grouped(network)
    assert groups is not None  # noqa: S101 - asked by the caller
    people, rows, group = circles.people, circles.rows(), groups.number[circles.contacts]
    known = group != UNKNOWN
    weights = np.where(known, circles.weights, 0.0)
    count = max(len(groups.sizes), 1)
    cells, cell = np.unique(rows * np.int64(count) + np.where(known, group, 0), return_inverse=True)
    in_cell = sums(cell, weights, people=len(cells))
    alone = np.bincount(cell, weights=known, minlength=len(cells)) == 1
    before = in_cell[cell]
    after = np.where(known & alone[cell], 0.0, before - weights)
    person = cells // count
    total = sums(rows, weights, people=people)[rows] - weights
    some = total > 1e-12 * (total + weights)  # less is what rounding leaves of nothing
    rest = np.where(some, total, 1.0)
    squares = sums(person, in_cell**2, people=people)[rows] - before**2 + after**2
    logs = sums(person, _times_log(in_cell), people=people)[rows] - _times_log(before) + _times_log(after)
    own = groups.number[rows]
    inside = sums(rows, np.where(known & (group == own), weights, 0.0), people=people)[rows]
    inside = (inside - np.where(group == own, weights, 0.0)) / rest
    single = (sums(rows, weights**2, people=people)[rows] - weights**2) / rest**2
    chance, alike = _chances(groups.sizes, groups.number)
    made = {
        "group_diversity": np.exp(np.log(rest) - logs / rest),
        "group_dominance": rest**2 / np.where(squares > 0, squares, 1.0),
        "blau": 1.0 - squares / rest**2,
        "blau_beyond_chance": single + (1.0 - single) * alike[rows] - squares / rest**2,
        "ei_index": np.where(own == UNKNOWN, np.nan, 1.0 - 2.0 * inside),
        "ei_beyond_chance": np.where(own == UNKNOWN, np.nan, 2.0 * (chance[rows] - inside)),
    }
    return {name: np.where(some, values, np.nan) for name, values in made.items()}


def _chances(sizes: NDArray[np.int64], number: NDArray[np.int64]) -> tuple[Weights, Weights]:
    """Return for each person the chance that one other is of the own group, and that two are of one group."""
    size = sizes.astype(np.float64)
    own = np.where(number >= 0, np.append(size, 0.0)[number], 0.0)
    others = size.sum() - (number >= 0)
    pairs = others * (others - 1.0)
    alike = (size * (size - 1.0)).sum() - np.where(own > 0, 2.0 * (own - 1.0), 0.0)
    return (own - 1.0) / np.maximum(others, 1.0), alike / np.where(pairs > 0, pairs, np.nan)


def _times_log(values: Weights) -> Weights:
    return values * np.log(np.where(values > 0, values, 1.0))


__all__ = ["FEWEST_CONTACTS", "Interval", "errors", "intervals", "jackknifed"]
