"""How much one turns to others."""

from __future__ import annotations

from crosstie.network.circles import sums
from crosstie.network.metrics.metric import FADING, Metric, Scores, times
from crosstie.network.network import Network
from crosstie.saying import say


def compute(network: Network) -> Scores:
    """Return how much each person turned to others: the sum of `turned_to` as the learner, decayed."""
    ties = network.ties
    return sums(ties.learner, ties.turned_to, people=len(network.persons))


def sentence(value: float) -> str:
    """Say how much was turned to others."""
    if value == 0:
        return say("You turned to nobody lately in what was recorded.")
    return say("Counted in answers, you turned to others %(times)s lately.", times=times(value))


METRIC = Metric(
    name="turned_to",
    label="Whom I turned to",
    question="How much do I turn to others?",
    unit="recent answers",
    high="You often ask others, get their answers, or call them in.",
    low="You seldom turn to others in what was recorded.",
    caution=FADING,
    of_edges=False,
    references=("docs/explanation/ties.md",),
    compute=compute,
    sentence=sentence,
)
