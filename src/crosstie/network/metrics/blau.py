"""How likely two bits of one's contact go to different groups."""

from __future__ import annotations

import numpy as np

from crosstie.network.groups import KINDS, spread
from crosstie.network.metrics.metric import Metric, Scores
from crosstie.network.network import Network
from crosstie.saying import Share, say


def compute(network: Network) -> Scores:
    """Return Blau's index: one less the sum of the squared shares of contact by group.

    The chance that two messages, drawn from a person's active contact with those drawn put back, were with
    different groups. NaN where no contact has a known group.
    """
    found = spread(network)
    if found is None:
        return np.full(len(network.persons), np.nan)
    # The last bits of a sum may bring a single group a little under 0.
    return np.where(found.groups > 0, np.maximum(1.0 - found.total(found.share**2), 0.0), np.nan)


def sentence(value: float) -> str:
    """Say how often two messages are with different groups."""
    return say(
        "Of two of your messages, %(share)s of the time they are with different groups.", share=Share(value)
    )


METRIC = Metric(
    name="blau",
    label="Mix of groups",
    question="How mixed is my contact by group?",
    unit="share",
    highest=1.0,
    on_page=False,
    smallest_group=10,
    needs=KINDS,
    high="Your contact goes to different groups most of the time.",
    low="Nearly all of your contact goes to one group.",
    caution="It can be no more than one less one over the number of groups, and many contacts raise it "
    "by themselves.",
    undefined="without a contact of known group",
    jackknifed=True,
    references=("Blau, P. M. (1977). Inequality and Heterogeneity. Free Press.",),
    compute=compute,
    sentence=sentence,
)
