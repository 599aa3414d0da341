"""Which share of one's circle is not redundant."""

from __future__ import annotations

import numpy as np

from crosstie.network.circles import circles_of
from crosstie.network.metrics.metric import Metric, Scores
from crosstie.network.network import Network
from crosstie.saying import Share, say

FEWEST = 3
"""With fewer contacts the share takes a handful of values and means nothing."""


def compute(network: Network) -> Scores:
    """Return effective size over size; NaN for people with fewer than three contacts."""
    from crosstie.network.kernels.holes import holes_of  # loads numba, which takes as long as all the rest

    circles = circles_of(network)
    sizes = circles.sizes.astype(float)
    share = (sizes - holes_of(network).redundancy) / np.maximum(sizes, 1.0)
    return np.where(sizes >= FEWEST, share, np.nan)


def sentence(value: float) -> str:
    """Say which share of the circle leads elsewhere."""
    if value >= 0.995:  # noqa: PLR2004 - shown as 100%
        return say("Hardly any two of your contacts are in touch with each other: each leads elsewhere.")
    return say(
        "%(share)s of your circle leads somewhere of its own. The rest is doubled: it leads to people whom "
        "other contacts of yours are in touch with as well.",
        share=Share(value),
    )


METRIC = Metric(
    name="efficiency",
    label="Share that leads elsewhere",
    question="Which share of my circle reaches people whom the rest of it does not?",
    unit="share",
    highest=1.0,
    high="Hardly any two of your contacts are in touch with each other.",
    low="Most of your contacts are in touch with one another.",
    caution="A small share is what a team that works closely together looks like.",
    undefined="with fewer than three contacts",
    cost="linear in wedges",
    jackknifed=True,
    references=("Burt, R. S. (1992). Structural Holes. Harvard University Press, chapter 2.",),
    compute=compute,
    sentence=sentence,
)
