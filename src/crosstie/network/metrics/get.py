"""How much one learns from others."""

from __future__ import annotations

from crosstie.network.circles import sums
from crosstie.network.metrics.metric import FADING, Metric, Scores, about
from crosstie.network.network import Network
from crosstie.saying import say


def compute(network: Network) -> Scores:
    """Return what each person learned from others: the sum of `learned` as the learner, decayed."""
    ties = network.ties
    return sums(ties.learner, ties.learned, people=len(network.persons))


def sentence(value: float) -> str:
    """Say how much was got."""
    if value == 0:
        return say("No trace of learning from others was recorded lately.")
    return say("Counted in answers, you got %(amount)s from others lately.", amount=about(value))


METRIC = Metric(
    name="get",
    label="What I got",
    question="How much have I learned from others lately?",
    unit="recent answers",
    high="Others often answered you or reviewed your work, or you thanked them for something.",
    low="Few traces of learning from others were recorded lately.",
    caution=FADING,
    references=("docs/explanation/ties.md",),
    compute=compute,
    sentence=sentence,
)
