"""How many separate corners one's circle reaches."""

from __future__ import annotations

from crosstie.network.circles import circles_of
from crosstie.network.metrics.metric import Metric, Scores
from crosstie.network.network import Network
from crosstie.saying import say, say_count


def compute(network: Network) -> Scores:
    """Return Burt's effective size on the active contact; 0 for people without contacts.

    The sum over contacts j of 1 - sum over common contacts q of p(i,q) m(j,q), where p(i,q) is the share of
    i's contact that is with q and m(j,q) the contact of j and q over the largest contact of j. This is the
    weighted form; Borgatti's n - 2t/n agrees with it only where all ties are equal.
    """
    from crosstie.network.kernels.holes import holes_of  # loads numba, which takes as long as all the rest

    circles = circles_of(network)
    return circles.sizes - holes_of(network).redundancy


def sentence(value: float) -> str:
    """Say how many corners the circle is worth."""
    if value == 0:
        return say("Nobody is in your active circle right now.")
    return say_count(
        "If contacts who are in touch with one another count in part only, as they lead to the same people, "
        "your circle reaches about as far as %(count)s person would.",
        "If contacts who are in touch with one another count in part only, as they lead to the same people, "
        "your circle reaches about as far as %(count)s people who do not know one another would.",
        round(value),
    )


METRIC = Metric(
    name="effective_size",
    label="Separate corners",
    question="How many separate corners of the organisation does my circle reach?",
    unit="people's worth",
    within_size=True,
    high="Your contacts are mostly not in touch with one another, so each brings something else.",
    low="Your contacts are few, or in touch with one another and likely to know the same things.",
    caution="It rises with the size of the circle almost by itself; a close team has a low value and may be "
    "just what its work needs.",
    cost="linear in wedges",
    jackknifed=True,
    references=(
        "Burt, R. S. (1992). Structural Holes. Harvard University Press, chapter 2.",
        "Borgatti, S. P. (1997). Structural holes: unpacking Burt's redundancy measures. Connections 20.",
    ),
    compute=compute,
    sentence=sentence,
)
