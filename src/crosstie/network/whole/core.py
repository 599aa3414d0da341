"""Core and periphery: whether the network is a dense middle with an edge around it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from crosstie.network.circles import Circles, sums
from crosstie.network.network import Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """The best cut into a core in which all are in contact and an edge in which nobody is.

    Attributes:
        inside: (P,) whether each person is in the core.
        people: how many are.
        fit: correlation of contact with that picture over pairs within the core and pairs within the edge,
            from -1 to 1; NaN where there are no pairs of both kinds, or contact is everywhere or nowhere.
    """

    inside: Flags
    people: int
    fit: float


def core(circles: Circles) -> Core:
    """Return the core: the set with fewest pairs missing within it plus pairs in contact outside of it.

    Contact between core and edge counts neither way. Exact: of all sets of a size the best holds the largest
    circles, so it is enough to go through sizes. Of equally large circles those with more contact come first.

    References:
        Borgatti, S. P. and Everett, M. G. (2000). Models of core/periphery structures. Social Networks 21.
        Lip, S. Z. W. (2011). A fast algorithm for discrete core/periphery bipartitioning. 1102.5511.
    """
    sizes = circles.sizes
    strength = sums(circles.rows(), circles.weights, people=circles.people)
    order = np.lexsort((-strength, -sizes))
    wrong = np.concatenate([[0], np.cumsum(np.arange(circles.people) - sizes[order])])
    count = int(np.argmin(wrong))
    inside = np.zeros(circles.people, dtype=np.bool_)
    inside[order[:count]] = True
    return Core(inside=inside, people=count, fit=_fit(circles, inside))


def _fit(circles: Circles, inside: Flags) -> float:
    one, other = inside[circles.rows()], inside[circles.contacts]
    core_ties, edge_ties = float((one & other).sum() / 2), float((~one & ~other).sum() / 2)
    count, rest = int(inside.sum()), int((~inside).sum())
    core_pairs, edge_pairs = count * (count - 1) / 2, rest * (rest - 1) / 2
    pairs, ties = core_pairs + edge_pairs, core_ties + edge_ties
    spread = core_pairs * edge_pairs * ties * (pairs - ties)
    if spread == 0:
        return float("nan")
    return float(
        (core_ties * (edge_pairs - edge_ties) - edge_ties * (core_pairs - core_ties)) / np.sqrt(spread)
    )
