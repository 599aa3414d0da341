"""Over how many groups one's contact is spread."""

from __future__ import annotations

import numpy as np

from crosstie.network.groups import KINDS, spread
from crosstie.network.metrics.metric import Metric, Scores
from crosstie.network.network import Network
from crosstie.saying import Number, say


def compute(network: Network) -> Scores:
    """Return the Hill number of order 1 of each person's contact over groups.

    exp(-sum over groups g of s(g) ln s(g)), where s(g) is the share of the active contact that is with group
    g. Contacts of unknown group are left out; NaN where no contact has a known group, and for everyone where
    the directory has none of the `KINDS`.

    References:
        Hill, M. O. (1973). Diversity and evenness. Ecology 54.
    """
    found = spread(network)
    if found is None:
        return np.full(len(network.persons), np.nan)
    entropy = found.total(-found.share * np.log(found.share))
    return np.where(found.groups > 0, np.exp(entropy), np.nan)


def sentence(value: float) -> str:
    """Say over how many groups the contact is spread."""
    if value < 1.05:  # noqa: PLR2004 - shown as 1.0
        return say("Your contact is with one group.")
    return say(
        "Your contact is as varied as if it went in equal parts to %(groups)s groups.",
        groups=Number(value, digits=1),
    )


METRIC = Metric(
    name="group_diversity",
    label="Groups I reach",
    question="Over how many groups is my contact spread?",
    unit="groups",
    lowest=1.0,
    high="Your contact is spread evenly over many groups.",
    low="Your contact stays within one group, perhaps your own.",
    caution="It can be no more than the number of groups, and a large group is often met by chance alone.",
    undefined="without a contact of known group",
    smallest_group=10,
    needs=KINDS,
    jackknifed=True,
    references=(
        "Hill, M. O. (1973). Diversity and evenness: a unifying notation. Ecology 54.",
        "Jost, L. (2006). Entropy and diversity. Oikos 113.",
    ),
    compute=compute,
    sentence=sentence,
)

__all__ = ["KINDS", "METRIC", "compute", "sentence"]
