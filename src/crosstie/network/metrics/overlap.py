"""How much one's contacts' circles overlap one's own."""

from __future__ import annotations

import numpy as np

from crosstie.network.circles import circles_of, sums
from crosstie.network.metrics.metric import Metric, Scores
from crosstie.network.network import Network
from crosstie.saying import Share, say


def compute(network: Network) -> Scores:
    """Return the mean overlap of each person's active ties; NaN without contacts.

    The overlap of a tie is how many contacts its two ends have in common, over all their other contacts.
    """
    from crosstie.network.kernels.common import overlaps_of  # loads numba

    circles = circles_of(network)
    total = sums(circles.rows(), overlaps_of(network), people=circles.people)
    return np.where(circles.sizes > 0, total / np.maximum(circles.sizes, 1), np.nan)


def sentence(value: float) -> str:
    """Say how much the circles overlap."""
    return say(
        "On average, %(share)s of the people whom you or a contact of yours know are known to both.",
        share=Share(value),
    )


METRIC = Metric(
    name="overlap",
    label="Shared circles",
    question="How much do my circle and those of my contacts overlap?",
    unit="share",
    highest=1.0,
    cost="linear in wedges",
    on_page=False,
    high="You and your contacts know the same people.",
    low="Your contacts know other people than you do.",
    caution="Ties with little overlap bring new things, and lapse sooner.",
    undefined="without contacts",
    jackknifed=True,
    references=(
        "Onnela, J.-P. et al. (2007). Structure and tie strengths in mobile communication. PNAS 104.",
    ),
    compute=compute,
    sentence=sentence,
)
