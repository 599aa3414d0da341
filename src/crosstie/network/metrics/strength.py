"""How much contact one's active circle holds."""

from __future__ import annotations

from crosstie.network.circles import circles_of, row_sums
from crosstie.network.metrics.metric import Metric, Scores, about
from crosstie.network.network import Network
from crosstie.saying import say


def compute(network: Network) -> Scores:
    """Return the sum of each person's contact with their active circle; 0 for the isolated."""
    circles = circles_of(network)
    return row_sums(circles, circles.weights)


def sentence(value: float) -> str:
    """Say how much contact there is, in replies of today."""
    return say(
        "Counted in messages from one to one, your circle shared %(amount)s with you lately.",
        amount=about(value),
    )


METRIC = Metric(
    name="strength",
    label="Contact in all",
    question="How much contact do I have, all in all?",
    unit="recent messages",
    high="There is much, or recent, contact.",
    low="There is little contact, or it was long ago.",
    caution="It fades with time by itself: after a holiday it is lower, and nothing is wrong.",
    smallest_group=10,
    references=("Barrat, A. et al. (2004). The architecture of complex weighted networks. PNAS 101.",),
    compute=compute,
    sentence=sentence,
)
