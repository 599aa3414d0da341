"""The shape of the whole network in a few figures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crosstie.network.circles import Circles, circles_of, sums
from crosstie.network.network import Network
from crosstie.network.whole.backbone import Backbone, backbone
from crosstie.network.whole.core import Core, core


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The whole on the active contact. NaN where something has no value.

    Attributes:
        people: how many there are.
        tied: how many have an active contact.
        pairs: how many pairs are in contact.
        density: pairs over all pairs there could be.
        components: parts without any contact between them, people without contact left out.
        largest: share of those tied who are in the largest part.
        closure: of all pairs of contacts of one person, the share in contact with each other (transitivity).
        modularity: how much more contact is within communities than chance would have, -0.5 to 1.
        by_size: whether people with large circles are in contact with their like (Newman's assortativity).
        core: the core and how well the network is one.
        backbone: which ties stand out, and how many people keep one.
    """

    people: int
    tied: int
    pairs: int
    density: float
    components: int
    largest: float
    closure: float
    modularity: float
    by_size: float
    core: Core
    backbone: Backbone


def shape(network: Network, community: NDArray[np.integer]) -> Shape:
    """Return the shape of a network.

    Args:
        network: the network.
        community: (P,) number of each person's community, -1 for none.

    References:
        Wasserman, S. and Faust, K. (1994). Social Network Analysis.
        Newman, M. E. J. (2003). Mixing patterns in networks. Physical Review E 67.
    """
    from crosstie.network.kernels.components import components
    from crosstie.network.kernels.holes import holes_of

    circles = circles_of(network)
    people, sizes = circles.people, circles.sizes
    tied = sizes > 0
    parts = np.bincount(components(circles)[tied])
    wedges = float((sizes * (sizes - 1)).sum() / 2)
    pairs = len(circles.contacts) // 2
    return Shape(
        people=people,
        tied=int(tied.sum()),
        pairs=pairs,
        density=_share(pairs, people * (people - 1) / 2),
        components=int((parts > 0).sum()),
        largest=_share(parts.max() if len(parts) else 0, int(tied.sum())),
        closure=_share(float(holes_of(network).triangles.sum()), wedges),
        modularity=modularity(circles, community),
        by_size=_alike(sizes[circles.rows()].astype(float), sizes[circles.contacts].astype(float)),
        core=core(circles),
        backbone=backbone(circles),
    )


def modularity(circles: Circles, community: NDArray[np.integer]) -> float:
    """Return Newman and Girvan's modularity of communities by weight; NaN without contact.

    People of community -1 have no contact, and so no part in it.
    """
    total = float(circles.weights.sum())
    if total == 0:
        return float("nan")
    count = int(community.max()) + 1
    rows = circles.rows()
    inside = float(circles.weights[community[rows] == community[circles.contacts]].sum())
    touch = sums(community[rows].astype(np.int64), circles.weights, people=count)
    return inside / total - float(((touch / total) ** 2).sum())


def _alike(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Return the correlation of the two ends of ties; NaN where all are alike."""
    spread = float(one.std()) if len(one) else 0.0
    if spread == 0:
        return float("nan")
    return float(((one - one.mean()) * (other - other.mean())).mean() / spread**2)


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole else float("nan")
