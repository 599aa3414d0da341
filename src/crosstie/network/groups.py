"""Which group everybody belongs to, and over which groups everybody's contact is spread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crosstie.network.circles import circles_of, sums
from crosstie.network.network import Network, Weights

KINDS = ("department", "unit", "team", "function", "location")
"""The kinds of groups that measures are computed over: the first of these that the directory has."""

UNKNOWN = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """Everybody's group by number.

    Attributes:
        number: (P,) from 0, `UNKNOWN` where it is not known.
        sizes: (G,) people in each.
    """

    number: NDArray[np.int64]
    sizes: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How everybody's active contact is spread over groups; contacts of unknown group are left out.

    Attributes:
        person, group, share: (N,) one row a person and group that occur together; shares of one person sum
            to 1.
        groups: (P,) how many groups.
        contacts: (P,) how many contacts of known group.
        squares: (P,) the sum of the squared shares of single contacts; 0 without any.
    """

    person: NDArray[np.int64]
    group: NDArray[np.int64]
    share: Weights
    groups: NDArray[np.int64]
    contacts: NDArray[np.int64]
    squares: Weights

    def total(self, part: Weights) -> Weights:
        """Return (P,) the sum of a part a row over each person's rows."""
        return sums(self.person, part, people=len(self.groups))


def grouped(network: Network) -> Grouped | None:
    """Return everybody's group of the first of `KINDS` that there is; None where there is none."""
    return network.once("grouped", lambda: _grouped(network))


def _grouped(network: Network) -> Grouped | None:
    kind = next((kind for kind in KINDS if kind in network.groups), None)
    if kind is None:
        return None
    names, number = np.unique(network.groups[kind].astype(str), return_inverse=True)
    number = number.astype(np.int64)
    if len(names) and names[0] == "":
        number -= 1
    return Grouped(number=number, sizes=np.bincount(number[number >= 0], minlength=0))


def spread(network: Network) -> Spread | None:
    """Return how everybody's contact is spread over groups; None where there are no groups."""
    return network.once("spread", lambda: _spread(network))


def _spread(network: Network) -> Spread | None:
    found = grouped(network)
    if found is None:
        return None
    circles = circles_of(network)
    people, groups = circles.people, max(len(found.sizes), 1)
    group = found.number[circles.contacts]
    known = group >= 0
    rows, weights = circles.rows()[known], circles.weights[known]
    # One cell a person and group that occur together, so memory grows with ties and not with their product.
    cells, cell_of = np.unique(rows * np.int64(groups) + group[known], return_inverse=True)
    person = cells // groups
    total = sums(rows, weights, people=people)
    return Spread(
        person=person,
        group=cells % groups,
        share=sums(cell_of, weights, people=len(cells)) / total[person],
        groups=np.bincount(person, minlength=people),
        contacts=np.bincount(rows, minlength=people),
        squares=sums(rows, (weights / total[rows]) ** 2, people=people),
    )
