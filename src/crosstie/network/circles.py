"""Everybody's circle as one sparse matrix: the active contact, symmetric, row by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from crosstie.network.network import Flags, Indices, Network, Ties, Weights

Offsets: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Circles:
    """A symmetric sparse matrix in compressed rows: row i holds the circle of person i.

    Attributes:
        starts: (P + 1,) row i is the slice ``starts[i]:starts[i + 1]`` of the other two.
        contacts: (C,) the persons in each circle, ascending in a row.
        weights: (C,) the contact with each of them, above 0.
    """

    starts: Offsets
    contacts: Indices
    weights: Weights

    @property
    def sizes(self) -> NDArray[np.int64]:
        """(P,) how many people are in each circle."""
        return np.diff(self.starts)

    @property
    def people(self) -> int:
        """How many people there are."""
        return len(self.starts) - 1

    def rows(self) -> Indices:
        """(C,) whose circle each of `contacts` stands in."""
        return np.repeat(np.arange(self.people, dtype=np.int32), self.sizes)


def circles_of(network: Network) -> Circles:
    """Return the circles of a network: active ties with any contact; made once a network."""
    return network.once("circles", lambda: circles_of_ties(network.ties, people=len(network.persons)))


def circles_of_ties(ties: Ties, *, people: int, among: Flags | None = None) -> Circles:
    """Return the circles of sorted ties.

    Args:
        ties: as in a network: both ways, sorted by (learner, teacher), the same contact in both.
        people: how many people there are.
        among: (T,) the ties to keep, symmetric; those that are active, if not given.
    """
    kept = (ties.active if among is None else among) & (ties.contact > 0)
    learner, teacher, contact = ties.learner, ties.teacher, ties.contact
    if not kept.all():
        learner, teacher, contact = learner[kept], teacher[kept], contact[kept]
    starts = np.zeros(people + 1, dtype=np.int64)
    np.cumsum(np.bincount(learner, minlength=people), out=starts[1:])
    return Circles(starts=starts, contacts=teacher, weights=contact)


def reordered(circles: Circles, order: NDArray[np.int64]) -> Circles:
    """Return the same circles with people renumbered: the new i is the old ``order[i]``."""
    number = np.empty(circles.people, dtype=np.int32)
    number[order] = np.arange(circles.people, dtype=np.int32)
    rows, contacts = number[circles.rows()], number[circles.contacts]
    sorted_rows = np.lexsort((contacts, rows))
    starts = np.zeros(circles.people + 1, dtype=np.int64)
    np.cumsum(np.bincount(rows, minlength=circles.people), out=starts[1:])
    return Circles(starts=starts, contacts=contacts[sorted_rows], weights=circles.weights[sorted_rows])


def row_sums(circles: Circles, values: Weights) -> Weights:
    """Return (people,) the sum of the values in each row; 0 for people without contacts.

    Args:
        circles: everyone's.
        values: (C,) one a contact.
    """
    found = np.zeros(circles.people)
    some = circles.sizes > 0
    if some.any():
        found[some] = np.add.reduceat(values, circles.starts[:-1][some])
    return found


def sums(who: NDArray[np.integer], weights: Weights, *, people: int) -> Weights:
    """Return (people,) the sum of the weights of each person; 0 where there are none."""
    # Without rows, numpy counts instead of summing, and returns whole numbers.
    return np.bincount(who, weights=weights, minlength=people).astype(np.float64, copy=False)
