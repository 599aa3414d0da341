"""How much of one's contact goes outside one's own group."""

from __future__ import annotations

import numpy as np

from crosstie.network.groups import KINDS, grouped, spread
from crosstie.network.metrics.metric import Metric, Scores
from crosstie.network.network import Network
from crosstie.saying import Share, say


def compute(network: Network) -> Scores:
    """Return the E-I index of each person: contact outside the own group less inside, over both.

    1 where all contact is outside, -1 where all is inside. NaN without an own group, and where no contact has
    a known group.
    """
    found, groups = spread(network), grouped(network)
    if found is None or groups is None:
        return np.full(len(network.persons), np.nan)
    inside = found.total(np.where(found.group == groups.number[found.person], found.share, 0.0))
    return np.where((found.groups > 0) & (groups.number >= 0), 1.0 - 2.0 * inside, np.nan)


def sentence(value: float) -> str:
    """Say which part of the contact is outside."""
    return say(
        "%(share)s of your contact is outside your own group. As an index, -1 is none of it, 0 half of it, "
        "and 1 all of it.",
        share=Share((value + 1.0) / 2.0),
    )


METRIC = Metric(
    name="ei_index",
    label="Outside my own group",
    question="How much of my contact is outside my own group?",
    unit="index from inside to outside",
    lowest=-1.0,
    highest=1.0,
    smallest_group=10,
    needs=KINDS,
    high="Most of your contact is outside your own group.",
    low="Most of your contact is within your own group.",
    caution="In a small group nearly everything is outside, by arithmetic alone.",
    undefined="without a group of one's own, or without a contact of known group",
    jackknifed=True,
    references=(
        "Krackhardt, D. and Stern, R. N. (1988). Informal networks and organizational crises. SPQ 51.",
    ),
    compute=compute,
    sentence=sentence,
)
