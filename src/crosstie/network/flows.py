"""What flows between groups, beside what would flow if people mixed at random."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crosstie.network.circles import sums
from crosstie.network.network import Network, Weights

_AS_GOOD_AS_FITTED = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Flows:
    """Sums between G groups, sorted by name; rows learn, columns teach.

    Attributes:
        groups: (G,) names of the groups.
        sizes: (G,) how many people are in each.
        learned: (G, G) what the row's people learned from the column's people.
        turned_to: (G, G) how much the row's people turned to the column's people.
        contact: (G, G) contact between them, symmetric; within a group each pair counts twice, as its
            two ends do, so that a row's sum is the contact of the row's people.
        expected_learned, expected_contact: (G, G) what would be expected if everybody kept how much they
            learn, teach and are in contact, and with whom were left to chance.
        expected_across: (G, G) how much they would turn to each other if every group kept how much it turns
            to others and is turned to, and only which other group were left to chance; 0 within groups.
    """

    groups: tuple[str, ...]
    sizes: NDArray[np.int64]
    learned: NDArray[np.float64]
    turned_to: NDArray[np.float64]
    contact: NDArray[np.float64]
    expected_learned: NDArray[np.float64]
    expected_contact: NDArray[np.float64]
    expected_across: NDArray[np.float64]


def flows(network: Network, groups: NDArray[np.object_]) -> Flows:
    """Return what flows between groups, over all ties as they have faded by the date.

    Args:
        network: the network.
        groups: (P,) the group of each person, "" for those in none, who are left out with their ties.
    """
    names = sorted(set(groups.tolist()) - {""})
    number = {name: row for row, name in enumerate(names)}
    group = np.array([number.get(name, -1) for name in groups.tolist()], dtype=np.int64)
    people = len(network.persons)
    ties = network.ties
    kept = (group[ties.learner] >= 0) & (group[ties.teacher] >= 0)
    learner, teacher = ties.learner[kept], ties.teacher[kept]
    learned, contact = ties.learned[kept], ties.contact[kept]
    cell = group[learner] * len(names) + group[teacher]
    cells, shape = len(names) ** 2, (len(names), len(names))
    touch = sums(learner, contact, people=people)
    turned_to = sums(cell, ties.turned_to[kept], people=cells).reshape(shape)
    return Flows(
        groups=tuple(names),
        sizes=np.bincount(group[group >= 0], minlength=len(names)),
        learned=sums(cell, learned, people=cells).reshape(shape),
        turned_to=turned_to,
        contact=sums(cell, contact, people=cells).reshape(shape),
        expected_learned=_expected(
            group,
            out=sums(learner, learned, people=people),
            into=sums(teacher, learned, people=people),
            groups=len(names),
        ),
        expected_contact=_symmetric(_expected(group, out=touch, into=touch, groups=len(names))),
        expected_across=quasi_independent(turned_to),
    )


def _expected(group: NDArray[np.int64], *, out: Weights, into: Weights, groups: int) -> NDArray[np.float64]:
    """Return the sums between groups if each person's `out` fell on the others in proportion to their `into`.

    For groups a and b: the sum over i in a of out(i) (into(b) - into(i) where i is in b) / (into - into(i)).
    What a person gives out is kept exactly, and nobody is tied to themselves.
    """
    placed = group >= 0
    where, out, into = group[placed], out[placed], into[placed]
    into_group = sums(where, into, people=groups)
    others = into.sum() - into
    rate = np.divide(out, others, out=np.zeros_like(out), where=others > 0)
    expected = np.outer(sums(where, rate, people=groups), into_group)
    expected[np.diag_indices(groups)] -= sums(where, rate * into, people=groups)
    return expected


def quasi_independent(flow: NDArray[np.float64], *, rounds: int = 200) -> NDArray[np.float64]:
    """Return the (G, G) table without a diagonal that keeps the margins of `flow` off its diagonal.

    Found by iterative proportional fitting. Where a table without a diagonal cannot keep the margins (one
    group takes part in more than half), it comes as near as it can.

    References:
        Goodman, L. A. (1968). The analysis of cross-classified data. JASA 63(324): quasi-independence.
    """
    across = flow.copy()
    np.fill_diagonal(across, 0.0)
    rows, columns = across.sum(axis=1), across.sum(axis=0)
    fitted = np.outer(rows > 0, columns > 0).astype(np.float64)
    np.fill_diagonal(fitted, 0.0)
    for _ in range(rounds):
        by_row = _ratio(rows, fitted.sum(axis=1))
        fitted *= by_row[:, None]
        by_column = _ratio(columns, fitted.sum(axis=0))
        fitted *= by_column[None, :]
        if max(_farthest(by_row), _farthest(by_column)) < _AS_GOOD_AS_FITTED:
            break
    return fitted


def _ratio(wanted: NDArray[np.float64], present: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(wanted, present, out=np.zeros_like(wanted), where=present > 0)


def _farthest(ratio: NDArray[np.float64]) -> float:
    """Return how far a ratio is from 1, of those that are not 0: there nothing is to be fitted."""
    return float(np.max(np.abs(ratio - 1.0), where=ratio > 0, initial=0.0))


def _symmetric(expected: NDArray[np.float64]) -> NDArray[np.float64]:
    return (expected + expected.T) / 2
