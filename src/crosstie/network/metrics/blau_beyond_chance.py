"""How mixed one's contact is, beside what chance would give."""

from __future__ import annotations

import numpy as np

from crosstie.network.groups import KINDS, grouped, spread
from crosstie.network.metrics.metric import Metric, Scores
from crosstie.network.network import Network
from crosstie.saying import say


def compute(network: Network) -> Scores:
    """Return Blau's index of each person less what is expected if their contacts were drawn from all others.

    How much contact there is with each contact stays, and who they are is left to chance, without putting
    back. With q the sum of the squared shares of single contacts, the expected sum of squared shares by
    group is q + (1 - q) times the chance that two others are of one group: exact, whatever the weights.
    NaN where no contact has a known group, or fewer than two others have one.
    """
    found, groups = spread(network), grouped(network)
    if found is None or groups is None:
        return np.full(len(network.persons), np.nan)
    sizes = groups.sizes.astype(np.float64)
    own = np.where(groups.number >= 0, np.append(sizes, 0.0)[groups.number], 0.0)
    others = sizes.sum() - (groups.number >= 0)
    # Pairs of others of one group: in one's own group there is one fewer to draw.
    alike = (sizes * (sizes - 1.0)).sum() - np.where(own > 0, 2.0 * (own - 1.0), 0.0)
    pairs = others * (others - 1.0)
    chance = np.divide(alike, pairs, out=np.zeros_like(own), where=pairs > 0)
    expected = found.squares + (1.0 - found.squares) * chance
    defined = (found.groups > 0) & (pairs > 0)
    return np.where(defined, expected - found.total(found.share**2), np.nan)


def sentence(value: float) -> str:
    """Say whether the contact is more mixed than chance would have it."""
    if value > 0:
        return say("Your contact is more mixed by group than if you met people at random.")
    return say("Your contact is no more mixed by group than if you met people at random.")


METRIC = Metric(
    name="blau_beyond_chance",
    label="More mixed than chance",
    question="Is my contact more mixed by group than meeting at random would make it?",
    unit="difference of shares",
    lowest=-1.0,
    highest=1.0,
    on_page=False,
    smallest_group=10,
    needs=KINDS,
    high="You reach across groups more than meeting people at random would.",
    low="You keep to some groups more than chance would, as nearly everybody does with their own.",
    caution="Below 0 is usual and no fault: people work with their own group. Few contacts make it "
    "uncertain.",
    undefined="without a contact of known group, or with fewer than two others of known group",
    jackknifed=True,
    references=(
        "Blau, P. M. (1977). Inequality and Heterogeneity. Free Press.",
        "Coleman, J. (1958). Relational analysis. Human Organization 17.",
    ),
    compute=compute,
    sentence=sentence,
)
