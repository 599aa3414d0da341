"""How often learning goes both ways in one's circle."""

from __future__ import annotations

import numpy as np

from crosstie.network.metrics.metric import Metric, Scores
from crosstie.network.network import Network
from crosstie.saying import Share, say


def compute(network: Network) -> Scores:
    """Return the share of each person's learning ties that go both ways; NaN for people without any.

    Over active ties in which anybody learned: twice the number of people from whom one learned and who
    learned from one, over the number one learned from plus the number who learned from one.
    """
    from crosstie.network.kernels.mutual import mutual  # loads numba

    found = mutual(network, network.ties.active & (network.ties.learned > 0))
    ends = found.out + found.into
    return np.where(ends > 0, 2.0 * found.both / np.maximum(ends, 1), np.nan)


def sentence(value: float) -> str:
    """Say which share goes both ways."""
    return say(
        "Take the names of those you got something from, and of those you gave something to: %(share)s of "
        "them stand on both lists.",
        share=Share(value),
    )


METRIC = Metric(
    name="reciprocity",
    label="Both ways",
    question="How much of the learning in my circle goes both ways?",
    unit="share",
    highest=1.0,
    high="Most of those you learn from learn from you as well.",
    low="You mostly give, or mostly get.",
    caution="Newcomers get before they give, and mentors give: a low value is no fault.",
    undefined="where nobody learned from anybody",
    references=("Wasserman, S. and Faust, K. (1994). Social Network Analysis, section 13.1.",),
    compute=compute,
    sentence=sentence,
)
