"""Into how many groups one's contact reaches."""

from __future__ import annotations

import numpy as np

from crosstie.network.groups import KINDS, spread
from crosstie.network.metrics.metric import Metric, Scores
from crosstie.network.network import Network
from crosstie.saying import say_count


def compute(network: Network) -> Scores:
    """Return the Hill number of order 0: how many groups each person has an active contact in.

    NaN where no contact has a known group.
    """
    found = spread(network)
    if found is None:
        return np.full(len(network.persons), np.nan)
    return np.where(found.groups > 0, found.groups.astype(np.float64), np.nan)


def sentence(value: float) -> str:
    """Say how many groups one has a contact in."""
    return say_count(
        "You have an active contact in one group.",
        "You have an active contact in %(count)s groups.",
        round(value),
    )


METRIC = Metric(
    name="group_richness",
    label="Groups I have a contact in",
    question="In how many groups do I have a contact at all?",
    unit="groups",
    lowest=1.0,
    on_page=False,
    smallest_group=10,
    needs=KINDS,
    high="You know somebody in many groups.",
    low="You know somebody in few groups, perhaps only in your own.",
    caution="One faint contact in a group counts as much as a close one, and a larger circle reaches "
    "more groups by itself.",
    undefined="without a contact of known group",
    references=("Hill, M. O. (1973). Diversity and evenness: a unifying notation. Ecology 54.",),
    compute=compute,
    sentence=sentence,
)
