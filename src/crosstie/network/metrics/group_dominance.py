"""Over how many groups one's contact is spread, the large parts counting most."""

from __future__ import annotations

import numpy as np

from crosstie.network.groups import KINDS, spread
from crosstie.network.metrics.metric import Metric, Scores
from crosstie.network.network import Network
from crosstie.saying import Number, say


def compute(network: Network) -> Scores:
    """Return the Hill number of order 2: one over the sum of the squared shares of contact by group.

    NaN where no contact has a known group.
    """
    found = spread(network)
    if found is None:
        return np.full(len(network.persons), np.nan)
    concentrated = found.total(found.share**2)
    return np.where(found.groups > 0, 1.0 / np.where(found.groups > 0, concentrated, 1.0), np.nan)


def sentence(value: float) -> str:
    """Say over how many groups the bulk of the contact goes."""
    return say(
        "The bulk of your contact is spread as if over %(groups)s equal groups.",
        groups=Number(value, digits=1),
    )


METRIC = Metric(
    name="group_dominance",
    label="Groups the bulk goes to",
    question="Over how many groups is the bulk of my contact spread?",
    unit="groups",
    lowest=1.0,
    on_page=False,
    smallest_group=10,
    needs=KINDS,
    high="Several groups share the bulk of your contact.",
    low="One group has the bulk of your contact, whatever else there is.",
    caution="It hardly sees faint contact, however new what it brings.",
    undefined="without a contact of known group",
    jackknifed=True,
    references=(
        "Hill, M. O. (1973). Diversity and evenness: a unifying notation. Ecology 54.",
        "Jost, L. (2006). Entropy and diversity. Oikos 113.",
    ),
    compute=compute,
    sentence=sentence,
)
