"""How many of one's contacts know one another."""

from __future__ import annotations

import numpy as np

from crosstie.network.circles import circles_of
from crosstie.network.metrics.metric import Metric, Scores
from crosstie.network.network import Network
from crosstie.saying import Share, say

FEWEST = 2
"""A pair of contacts, at the least, who could be in touch."""


def compute(network: Network) -> Scores:
    """Return the share of pairs of contacts who are in contact with each other; NaN with fewer than two.

    On the active contact, each pair counting the same however strong its contact.
    """
    from crosstie.network.kernels.holes import holes_of  # loads numba, which takes as long as all the rest

    sizes = circles_of(network).sizes.astype(np.float64)
    pairs = sizes * (sizes - 1.0) / 2.0
    return np.where(sizes >= FEWEST, holes_of(network).triangles / np.maximum(pairs, 1.0), np.nan)


def sentence(value: float) -> str:
    """Say which share of pairs is in touch."""
    return say("Of all pairs of your contacts, %(share)s are in touch with each other.", share=Share(value))


METRIC = Metric(
    name="clustering",
    label="Contacts who know one another",
    question="How many of my contacts are in touch with one another?",
    unit="share",
    highest=1.0,
    high="Your contacts form one group that works closely together.",
    low="Your contacts come from different corners and hardly know one another.",
    caution="It falls as a circle grows, since more contacts make far more pairs.",
    undefined="with fewer than two contacts",
    cost="linear in wedges",
    jackknifed=True,
    references=(
        "Watts, D. J. and Strogatz, S. H. (1998). Collective dynamics of small-world networks. Nature 393.",
    ),
    compute=compute,
    sentence=sentence,
)
