"""The backbone: ties that carry more than chance would give them, by either end's measure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from crosstie.network.circles import Circles, sums
from crosstie.network.network import Flags

LEVEL = 0.05
ENOUGH_PEOPLE = 0.9
"""Where fewer of those tied keep a tie, the level is too hard for this network."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backbone:
    """The ties that stand out.

    Attributes:
        kept: (C,) which ties of the circles, symmetric.
        ties: share of ties kept; NaN without any.
        people: share of those with a contact who keep one; NaN without any.
    """

    kept: Flags
    ties: float
    people: float

    @property
    def is_enough(self) -> bool:
        """Say whether enough people keep a tie for the backbone to stand for the network."""
        return self.people >= ENOUGH_PEOPLE


def backbone(circles: Circles, *, level: float = LEVEL) -> Backbone:
    """Return the backbone by the disparity filter.

    A tie with share p of a person's contact over k ties is kept where (1 - p)^(k - 1) is below the level, for
    either end: were the contact cut at random into k parts, a part would be as large with that chance. The
    only tie of a person is kept: it is all of their contact.

    References:
        Serrano, M. A., Boguna, M. and Vespignani, A. (2009). Extracting the multiscale backbone of complex
        weighted networks. PNAS 106.
    """
    rows, people = circles.rows(), circles.people
    strength = sums(rows, circles.weights, people=people)
    ends = []
    for end in (rows, circles.contacts):
        ties = circles.sizes[end]
        chance = (1.0 - np.minimum(circles.weights / strength[end], 1.0)) ** (ties - 1)
        ends.append((ties == 1) | (chance < level))
    kept = ends[0] | ends[1]
    tied = int((circles.sizes > 0).sum())
    keeping = len(np.unique(rows[kept]))
    return Backbone(
        kept=kept,
        ties=float(kept.mean()) if len(kept) else float("nan"),
        people=keeping / tied if tied else float("nan"),
    )
