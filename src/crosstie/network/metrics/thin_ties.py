"""How many of one's ties carry hardly anything."""

from __future__ import annotations

import numpy as np

from crosstie.network.metrics.metric import Metric, Scores
from crosstie.network.network import Network
from crosstie.network.tempo import a_month_of
from crosstie.saying import Share, say

LEAST = 1.0
"""Messages a month below which a tie is thin."""


def compute(network: Network) -> Scores:
    """Return the share of each person's active ties that carry less than one message a month.

    As in `bandwidth`. NaN without a contact of known time.
    """
    person, rate = a_month_of(network)
    people = len(network.persons)
    count = np.bincount(person, minlength=people)
    thin = np.bincount(person[rate < LEAST - 1e-9], minlength=people)
    return np.where(count > 0, thin / np.maximum(count, 1), np.nan)


def sentence(value: float) -> str:
    """Say which share of ties is thin."""
    return say("%(share)s of your active ties carry less than one message a month.", share=Share(value))


METRIC = Metric(
    name="thin_ties",
    label="Thin ties",
    question="Which share of my ties carries less than a message a month?",
    unit="share",
    highest=1.0,
    of_edges=False,
    on_page=False,
    high="Many of your ties are thin: what is new may not get across.",
    low="Nearly all of your ties carry a message a month or more.",
    caution="It counts what was recorded, both ways; people who meet in person write less.",
    undefined="without a contact of known time",
    references=("Aral, S. and Van Alstyne, M. (2011). The diversity-bandwidth trade-off. AJS 117.",),
    compute=compute,
    sentence=sentence,
)
