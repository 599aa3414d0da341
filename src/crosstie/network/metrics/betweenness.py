"""How often one stands on the shortest way between two others."""

from __future__ import annotations

import math

import numpy as np

from crosstie.network.circles import circles_of
from crosstie.network.metrics.metric import Metric, Scores
from crosstie.network.network import Network
from crosstie.saying import Share, say

EXACT_UP_TO = 1_000
"""People up to whom it is exact: a third of a CPU-second; the cost grows with the square of their number."""

SAMPLES = 20_000
"""Pairs sampled above that: a CPU-second for 5,000 people."""

SEED = 20
FEWEST = 3


def compute(network: Network) -> Scores:
    """Return the share of pairs of others whose shortest path goes through each person, on active contact.

    Strength is turned to distance: a tie is as long as one over its contact. Where a pair has several
    shortest paths, each counts its part. Pairs without a path count among all pairs. Exact up to 1,000
    people, above that from 20,000 sampled pairs, seeded, the error of which `bounds` tells. 0 for everybody
    where there are fewer than three people.
    """
    people = len(network.persons)
    if people < FEWEST:
        return np.zeros(people)
    circles = circles_of(network)
    if people <= EXACT_UP_TO:
        from crosstie.network.kernels.paths import dependencies  # loads numba

        return dependencies(circles) / ((people - 1) * (people - 2) / 2.0)
    from crosstie.network.kernels.sampled_paths import crossed

    # Samples are drawn from all pairs, and the value counts those a person is no end of.
    return crossed(circles, samples=SAMPLES, seed=SEED) / SAMPLES * (people / (people - 2))


def bounds(
    value: Scores, *, people: int, samples: int = SAMPLES, chance: float = 0.1
) -> tuple[Scores, Scores]:
    """Return between which two values everybody's betweenness lies, all at once, if it was sampled.

    The values outside of which the observed share of samples would be less likely than `chance` over all
    people and both sides, by Chernoff's bound on a binomial and the union bound.

    Args:
        value: (P,) sampled betweenness.
        people: how many people there are.
        samples: how many pairs were sampled.
        chance: that anybody's value lies outside.
    """
    share = np.asarray(value) * (people - 2) / people
    enough = math.log(2.0 * people / chance) / samples
    low, high = _edge(share, np.zeros_like(share), enough), _edge(share, np.ones_like(share), enough)
    return low * people / (people - 2), high * people / (people - 2)


def _edge(share: Scores, far: Scores, enough: float) -> Scores:
    """Return the value towards `far` at which the divergence of the share from it reaches `enough`."""
    near, far = share.copy(), far.copy()
    for _ in range(60):
        middle = (near + far) / 2.0
        beyond = _divergence(share, middle) > enough
        near, far = np.where(beyond, near, middle), np.where(beyond, middle, far)
    return near


def _divergence(one: Scores, other: Scores) -> Scores:
    """Return the Kullback-Leibler divergence of two coins."""
    with np.errstate(divide="ignore", invalid="ignore"):
        heads = np.where(one > 0, one * np.log(one / other), 0.0)
        tails = np.where(one < 1, (1 - one) * np.log((1 - one) / (1 - other)), 0.0)
    return heads + tails


def sentence(value: float) -> str:
    """Say of how many pairs one stands between."""
    if value == 0:
        return say("Nobody needs you to get to anybody else.")
    return say("%(share)s of the shortest ways between two others lead through you.", share=Share(value))


METRIC = Metric(
    name="betweenness",
    label="On the way between others",
    question="How often do I stand on the shortest way between two others?",
    unit="share",
    highest=1.0,
    high="Many shortest ways lead through you: you link people who would be far apart, which takes time.",
    low="Others reach one another without you.",
    caution="One missing tie can move it much, and above 1,000 people it is estimated from sampled pairs. "
    "Knowledge seldom takes the shortest way.",
    cost="people times ties; above 1,000 people 20,000 searches from both ends",
    on_page=False,
    references=(
        "Freeman, L. C. (1977). A set of measures of centrality based on betweenness. Sociometry 40.",
        "Brandes, U. (2001). A faster algorithm for betweenness centrality. J. Mathematical Sociology 25.",
        "Riondato, M. and Kornaropoulos, E. M. (2016). Fast betweenness through sampling. DMKD 30.",
    ),
    compute=compute,
    sentence=sentence,
)
