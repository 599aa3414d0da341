"""How many groups one reaches, beside what chance would give."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from crosstie.network.groups import KINDS, Grouped, grouped, spread
from crosstie.network.metrics.metric import Metric, Scores
from crosstie.network.network import Network
from crosstie.saying import say


def compute(network: Network) -> Scores:
    """Return in how many groups each person has a contact, less how many a draw from all others would reach.

    As many contacts are drawn as have a known group, without putting back: a group of s of m others is
    missed by n draws with probability C(m - s, n) / C(m, n). NaN where no contact has a known group.
    """
    found, groups = spread(network), grouped(network)
    if found is None or groups is None:
        return np.full(len(network.persons), np.nan)
    # Whoever has as many contacts and is of the same group expects the same.
    cases, case = np.unique(np.stack([groups.number, found.contacts], axis=1), axis=0, return_inverse=True)
    expected = np.array([_expected(groups, int(own), int(contacts)) for own, contacts in cases.tolist()])
    value = found.groups - expected[case] if len(cases) else np.zeros(0)
    return np.where(found.groups > 0, value, np.nan)


def _expected(groups: Grouped, own: int, contacts: int) -> float:
    """Return how many groups that many others, drawn at random, would be of."""
    sizes = groups.sizes.copy()
    if own >= 0:
        sizes[own] -= 1
    left = sizes.sum() - sizes  # others who are not of the group
    missed = np.where(left >= contacts, np.exp(_ways(left, contacts) - _ways(sizes.sum(), contacts)), 0.0)
    return float((1.0 - missed)[sizes > 0].sum())


def _ways(among: NDArray[np.int64], drawn: int) -> NDArray[np.float64]:
    """Return the logarithm of in how many orders so many can be drawn among others; 0 where too few."""
    among = np.maximum(np.asarray(among), drawn)
    steps = among[..., None] - np.arange(drawn)
    ways: NDArray[np.float64] = np.log(steps).sum(axis=-1)
    return ways


def sentence(value: float) -> str:
    """Say whether more groups are reached than chance would have it."""
    if value > 0:
        return say("You reach more groups than if you met as many people at random.")
    return say("You reach no more groups than if you met as many people at random.")


METRIC = Metric(
    name="richness_beyond_chance",
    label="More groups than chance",
    question="Do I reach more groups than meeting as many people at random would?",
    unit="groups",
    lowest=None,
    on_page=False,
    smallest_group=10,
    needs=KINDS,
    high="You reach more groups than as many people met at random.",
    low="You reach fewer groups than as many people met at random.",
    caution="Below 0 is usual and no fault: people work with their own group.",
    undefined="without a contact of known group",
    references=("Hurlbert, S. H. (1971). The nonconcept of species diversity. Ecology 52: rarefaction.",),
    compute=compute,
    sentence=sentence,
)
