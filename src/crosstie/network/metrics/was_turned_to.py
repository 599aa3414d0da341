"""How much others turn to one."""

from __future__ import annotations

from crosstie.network.circles import sums
from crosstie.network.metrics.metric import FADING, Metric, Scores, times
from crosstie.network.network import Network
from crosstie.saying import say


def compute(network: Network) -> Scores:
    """Return how much others turned to each person: the sum of `turned_to` as the teacher, decayed."""
    ties = network.ties
    return sums(ties.teacher, ties.turned_to, people=len(network.persons))


def sentence(value: float) -> str:
    """Say how much others turned to one."""
    if value == 0:
        return say("Nobody turned to you lately in what was recorded.")
    return say("Counted in answers, others turned to you %(times)s lately.", times=times(value))


METRIC = Metric(
    name="was_turned_to",
    label="Who turned to me",
    question="How much do others turn to me?",
    unit="recent answers",
    high="Others often turn to you, which can become a load.",
    low="Others seldom turn to you in what was recorded.",
    caution=FADING,
    of_edges=False,
    references=("docs/explanation/ties.md",),
    compute=compute,
    sentence=sentence,
)
