"""Whether one's constraint comes from one contact or from all alike."""

from __future__ import annotations

import numpy as np

from crosstie.network.circles import circles_of
from crosstie.network.metrics.metric import Metric, Scores
from crosstie.network.network import Network
from crosstie.saying import say

FEWEST = 2
"""With a single contact all constraint comes from it, and nothing is compared."""


def compute(network: Network) -> Scores:
    """Return Burt's hierarchy: how unevenly constraint is spread over contacts; NaN with fewer than two.

    The sum over contacts j of (c(j) / (C / n)) ln(c(j) / (C / n)), over n ln n, where c(j) is the part of
    the constraint C that comes from j (the Coleman-Theil index of disorder). 0 where all constrain alike.
    """
    from crosstie.network.kernels.holes import holes_of  # loads numba, which takes as long as all the rest

    sizes, found = circles_of(network).sizes, holes_of(network)
    some = sizes >= FEWEST
    total = np.where(some, found.constraint, 1.0)
    uneven = found.spread / total - np.log(total)  # the sum of r ln r over the shares r of the constraint
    # The last bits of a sum may bring an even spread a little under 0.
    value = np.clip(1.0 + uneven / np.log(np.maximum(sizes, FEWEST)), 0.0, 1.0)
    return np.where(some, value, np.nan)


def sentence(value: float) -> str:
    """Say whether one contact stands out."""
    if value >= 0.3:  # noqa: PLR2004 - of ten equal contacts, one of whom knows all others
        return say("Much of what holds your contacts together is one of them.")
    return say("No single contact holds your circle together.")


METRIC = Metric(
    name="hierarchy",
    label="Hangs on one contact",
    question="Does what leads my contacts back to one another lead through one of them?",
    unit="index",
    highest=1.0,
    high="One contact is at the heart of your circle: much could reach you through them alone.",
    low="Your contacts lead back to one another evenly, or not at all.",
    caution="Newcomers often have a high value, through the person who shows them around.",
    undefined="with fewer than two contacts",
    cost="linear in wedges",
    on_page=False,
    jackknifed=True,
    references=("Burt, R. S. (1992). Structural Holes. Harvard University Press, pages 70-71.",),
    compute=compute,
    sentence=sentence,
)
