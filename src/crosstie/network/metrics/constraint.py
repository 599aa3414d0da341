"""How far one's contacts all lead back to one another."""

from __future__ import annotations

import numpy as np

from crosstie.network.circles import circles_of
from crosstie.network.metrics.metric import Metric, Scores
from crosstie.network.network import Network
from crosstie.saying import say


def compute(network: Network) -> Scores:
    """Return Burt's constraint on the active contact; NaN for people without contacts.

    The sum over contacts j of (p(i,j) + sum over common contacts q of p(i,q) p(q,j))^2, where p(i,j) is
    the share of i's contact that is with j. Contact is symmetric, so nothing has to be symmetrised.
    """
    from crosstie.network.kernels.holes import holes_of  # loads numba, which takes as long as all the rest

    circles = circles_of(network)
    return np.where(circles.sizes > 0, holes_of(network).constraint, np.nan)


def sentence(value: float) -> str:
    """Say whether the circle leads to one corner or to many."""
    if value >= 0.5:  # noqa: PLR2004 - two contacts of equal strength who do not know each other
        return say("Most of your contact leads to the same few people.")
    return say("Your contact leads to different people, who are not all in touch with one another.")


METRIC = Metric(
    name="constraint",
    label="Leads to the same corner",
    question="How much do my contacts lead back to one another?",
    unit="index",
    highest=None,
    high="Your contacts are few or all in touch with one another: news reaches you from one corner.",
    low="Your contacts are many and apart from one another: news reaches you from many corners.",
    caution="It is mostly the size of the circle in disguise, is above 1 for two who know each other, "
    "and grows where traces are missing. It says nothing about how good anybody's work is.",
    undefined="without contacts",
    cost="linear in wedges",
    jackknifed=True,
    references=(
        "Burt, R. S. (1992). Structural Holes. Harvard University Press, chapter 2.",
        "Burt, R. S. (2004). Structural holes and good ideas. American Journal of Sociology 110.",
    ),
    compute=compute,
    sentence=sentence,
)
