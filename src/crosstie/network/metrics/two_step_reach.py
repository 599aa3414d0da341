"""How many people are two steps away at most."""

from __future__ import annotations

import numpy as np

from crosstie.network.circles import circles_of
from crosstie.network.metrics.metric import Metric, Scores
from crosstie.network.network import Network
from crosstie.saying import say, say_count


def compute(network: Network) -> Scores:
    """Return how many others each person reaches over active contact in one step or two."""
    from crosstie.network.kernels.reach import within_two  # loads numba

    return within_two(circles_of(network)).astype(np.float64)


def sentence(value: float) -> str:
    """Say how many people are within two steps."""
    if value == 0:
        return say("Nobody is in your active circle right now.")
    return say_count(
        "One person is a contact of yours, or of a contact of yours.",
        "%(count)s people are contacts of yours, or of contacts of yours.",
        round(value),
    )


METRIC = Metric(
    name="two_step_reach",
    label="Within two steps",
    question="How many people could one introduction bring me to?",
    unit="people",
    cost="linear in walks of two steps",
    high="One introduction brings you to many people.",
    low="Your contacts know few others.",
    caution="In a small organisation it soon is everybody, and it says nothing about who would have time.",
    references=("Burt, R. S. (1992). Structural Holes. Harvard University Press.",),
    compute=compute,
    sentence=sentence,
)
