"""How many people are in one's active circle."""

from __future__ import annotations

from crosstie.network.circles import circles_of
from crosstie.network.metrics.metric import Metric, Scores
from crosstie.network.network import Network
from crosstie.saying import say, say_count


def compute(network: Network) -> Scores:
    """Return the number of active contacts of each person; 0 for the isolated."""
    return circles_of(network).sizes.astype(float)


def sentence(value: float) -> str:
    """Say how many people the circle holds."""
    if value == 0:
        return say("Nobody is in your active circle right now.")
    return say_count(
        "One person is in your active circle.",
        "%(count)s people are in your active circle.",
        round(value),
    )


METRIC = Metric(
    name="size",
    label="People in my circle",
    question="How many people am I in touch with?",
    unit="people",
    high="Many people are in touch with you; each of them may get little of your time.",
    low="Few people are in touch with you, or your work leaves few traces here.",
    caution="It counts people, not how well you know them, and only what was recorded.",
    smallest_group=10,
    hangs_on_size=False,
    references=("Burt, R. S. (1992). Structural Holes. Harvard University Press.",),
    compute=compute,
    sentence=sentence,
)
