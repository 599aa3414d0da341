"""How much others learn from one."""

from __future__ import annotations

from crosstie.network.circles import sums
from crosstie.network.metrics.metric import FADING, Metric, Scores, about
from crosstie.network.network import Network
from crosstie.saying import say


def compute(network: Network) -> Scores:
    """Return what others learned from each person: the sum of `learned` as the teacher, decayed."""
    ties = network.ties
    return sums(ties.teacher, ties.learned, people=len(network.persons))


def sentence(value: float) -> str:
    """Say how much was given."""
    if value == 0:
        return say("No trace of others learning from you was recorded lately.")
    return say("Counted in answers, you gave %(amount)s to others lately.", amount=about(value))


METRIC = Metric(
    name="give",
    label="What I gave",
    question="How much have others learned from me lately?",
    unit="recent answers",
    high="You often answered others or reviewed their work, which also takes your time.",
    low="Few traces of others learning from you were recorded lately.",
    caution=FADING,
    references=("docs/explanation/ties.md",),
    compute=compute,
    sentence=sentence,
)
