"""How many of one's ties nothing else goes around."""

from __future__ import annotations

import numpy as np

from crosstie.network.circles import circles_of, sums
from crosstie.network.metrics.metric import Metric, Scores
from crosstie.network.network import Network
from crosstie.saying import say, say_count


def compute(network: Network) -> Scores:
    """Return how many active ties of each person have no contact in common: local bridges."""
    from crosstie.network.kernels.common import overlaps_of  # loads numba

    circles = circles_of(network)
    return sums(circles.rows(), (overlaps_of(network) == 0).astype(np.float64), people=circles.people)


def sentence(value: float) -> str:
    """Say how many bridges there are."""
    if value == 0:
        return say("With each of your contacts you have another contact in common.")
    return say_count(
        "With one of your contacts you have nobody else in common.",
        "With %(count)s of your contacts you have nobody else in common.",
        round(value),
    )


METRIC = Metric(
    name="local_bridges",
    label="Bridges of my own",
    question="With how many contacts do I have nobody in common?",
    unit="people",
    cost="linear in wedges",
    on_page=False,
    high="You hold ties that nobody near you could replace.",
    low="Whoever you know, somebody near you knows as well.",
    caution="Such ties bring what is new, carry few messages, and lapse sooner: they want care.",
    references=(
        "Granovetter, M. S. (1973). The strength of weak ties. American Journal of Sociology 78.",
        "Onnela, J.-P. et al. (2007). Structure and tie strengths in mobile communication. PNAS 104.",
    ),
    compute=compute,
    sentence=sentence,
)
