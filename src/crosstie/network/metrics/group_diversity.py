"""Over how many groups one's contact is spread."""

from __future__ import annotations

import numpy as np

from crosstie.network.circles import circles_of, sums
from crosstie.network.metrics.metric import Metric, Scores
from crosstie.network.network import Network
from crosstie.saying import Number, say

KINDS = ("department", "unit", "team", "function", "location")
"""The kinds of groups it is computed over: the first of these that the directory has."""


def compute(network: Network) -> Scores:
    """Return the Hill number of order 1 of each person's contact over groups.

    exp(-sum over groups g of s(g) ln s(g)), where s(g) is the share of the active contact that is with group
    g. Contacts of unknown group are left out; NaN where no contact has a known group, and for everyone where
    the directory has none of the `KINDS`.

    References:
        Hill, M. O. (1973). Diversity and evenness. Ecology 54.
    """
    people = len(network.persons)
    kind = next((kind for kind in KINDS if kind in network.groups), None)
    if kind is None:
        return np.full(people, np.nan)
    names, group_of = np.unique(network.groups[kind].astype(str), return_inverse=True)
    circles = circles_of(network)
    group = group_of[circles.contacts].astype(np.int64)
    known = names[group] != ""
    # One cell a person and group that occur together, so memory grows with ties and not with their product.
    cells, cell_of = np.unique(
        circles.rows()[known] * np.int64(len(names)) + group[known], return_inverse=True
    )
    weight = sums(cell_of, circles.weights[known], people=len(cells))
    person = cells // max(len(names), 1)
    total = sums(person, weight, people=people)
    share = weight / total[person]
    entropy = sums(person, -share * np.log(share), people=people)
    return np.where(total > 0, np.exp(entropy), np.nan)


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
    references=(
        "Hill, M. O. (1973). Diversity and evenness: a unifying notation. Ecology 54.",
        "Jost, L. (2006). Entropy and diversity. Oikos 113.",
    ),
    compute=compute,
    sentence=sentence,
)
