"""How much one learns from others."""

from __future__ import annotations

from crosstie.network.circles import sums
from crosstie.network.metrics.metric import Metric, Scores
from crosstie.network.network import Network


def compute(network: Network) -> Scores:
    """Return what each person learned from others: the sum of `learned` as the learner, decayed."""
    ties = network.ties
    return sums(ties.learner, ties.learned, people=len(network.persons))


def sentence(value: float) -> str:
    """Say how much was got."""
    if value == 0:
        return "No trace of learning from others was recorded lately."
    return f"What you got from others is worth about {value:.1f} answers written to you today."


METRIC = Metric(
    name="get",
    label="What I got",
    question="How much have I learned from others lately?",
    unit="answers of today",
    high="Others often answered you or reviewed your work, or you thanked them for something.",
    low="Few traces of learning from others were recorded lately.",
    caution="It counts traces by the table of acts; help by voice or by reading leaves none.",
    references=("docs/explanation/ties.md",),
    compute=compute,
    sentence=sentence,
)
