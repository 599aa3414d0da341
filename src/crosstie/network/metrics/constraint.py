"""How far one's contacts all lead back to one another."""

from __future__ import annotations

import numpy as np

from crosstie.network.circles import circles_of
from crosstie.network.metrics.metric import Metric, Scores
from crosstie.network.network import Network
from crosstie.saying import say, say_count, together


def compute(network: Network) -> Scores:
    """Return Burt's constraint on the active contact; NaN for people without contacts.

    The sum over contacts j of (p(i,j) + sum over common contacts q of p(i,q) p(q,j))^2, where p(i,j) is
    the share of i's contact that is with j. Contact is symmetric, so nothing has to be symmetrised.
    """
    from crosstie.network.kernels.holes import holes_of  # loads numba, which takes as long as all the rest

    circles = circles_of(network)
    return np.where(circles.sizes > 0, holes_of(network).constraint, np.nan)


def sentence(value: float) -> str:
    """Say what a low and a high one mean, and how many people, equal and apart, would have this one.

    With n contacts of equal strength who do not know one another it is 1/n.
    """
    own: str = ""
    if round(value, 2) > 1:
        own = say("Yours is bound even more, as your closest contacts are in touch with one another.")
    elif people := round(1.0 / value) if value > 0 else 0:
        own = say_count(
            "Yours is about as bound as with one person alone.",
            "Yours is about as bound as if %(count)s people who are not in touch with one another had equal "
            "parts of it.",
            people,
        )
    return together(
        say(
            "This says how far your contact is bound to the same few: near 0 it is spread over many people "
            "who are not in touch with one another, and at 1 it is as if it were with one person alone."
        ),
        own,
    )


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
