"""How much of one's contact goes outside one's own group, beside what chance would give."""

from __future__ import annotations

import numpy as np

from crosstie.network.groups import KINDS, grouped, spread
from crosstie.network.metrics.metric import Metric, Scores
from crosstie.network.network import Network
from crosstie.saying import say


def compute(network: Network) -> Scores:
    """Return the E-I index of each person less what is expected if their contacts were drawn from all others.

    Expected is 1 less twice the share of the own group among all others of known group: exact, whatever the
    weights. NaN where the E-I index has no value.
    """
    found, groups = spread(network), grouped(network)
    if found is None or groups is None:
        return np.full(len(network.persons), np.nan)
    inside = found.total(np.where(found.group == groups.number[found.person], found.share, 0.0))
    own = np.append(groups.sizes, 0)[groups.number] - 1
    chance = own / max(int(groups.sizes.sum()) - 1, 1)
    return np.where((found.groups > 0) & (groups.number >= 0), 2.0 * (chance - inside), np.nan)


def sentence(value: float) -> str:
    """Say whether more contact is outside than chance would have it."""
    if value > 0:
        return say("More of your contact is outside your own group than if you met people at random.")
    return say("No more of your contact is outside your own group than if you met people at random.")


METRIC = Metric(
    name="ei_beyond_chance",
    label="Outside, beside chance",
    question="Do I reach out of my own group more than meeting at random would?",
    unit="difference of indexes",
    lowest=-2.0,
    highest=2.0,
    on_page=False,
    smallest_group=10,
    needs=KINDS,
    high="You reach out more than meeting people at random would.",
    low="You keep to your own group more than chance would, as nearly everybody does.",
    caution="Below 0 is usual and no fault: people work with their own group.",
    undefined="without a group of one's own, or without a contact of known group",
    jackknifed=True,
    references=(
        "Krackhardt, D. and Stern, R. N. (1988). Informal networks and organizational crises. SPQ 51.",
    ),
    compute=compute,
    sentence=sentence,
)
