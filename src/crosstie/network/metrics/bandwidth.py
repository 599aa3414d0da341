"""How much goes over one's ties."""

from __future__ import annotations

import numpy as np

from crosstie.network.metrics.metric import Metric, Scores
from crosstie.network.network import Network
from crosstie.network.tempo import a_month_of
from crosstie.saying import Number, say


def compute(network: Network) -> Scores:
    """Return the median over each person's active ties of the messages exchanged a month, undecayed.

    In messages from one to one (one to n people is 1/n of one), since the tie began, at least a month. NaN
    without a contact of known time.
    """
    person, rate = a_month_of(network)
    people = len(network.persons)
    order = np.lexsort((rate, person))
    count = np.bincount(person, minlength=people)
    first = np.cumsum(count) - count
    some = np.flatnonzero(count)
    sorted_rate = rate[order]
    low = sorted_rate[first[some] + (count[some] - 1) // 2]
    high = sorted_rate[first[some] + count[some] // 2]
    found = np.full(people, np.nan)
    found[some] = (low + high) / 2.0
    return found


def sentence(value: float) -> str:
    """Say how much goes over a usual tie."""
    return say(
        "With half of your contacts you exchange %(amount)s messages a month or more.",
        amount=Number(value, digits=1),
    )


METRIC = Metric(
    name="bandwidth",
    label="Messages a contact",
    question="How much goes over a usual tie of mine in a month?",
    unit="messages a month",
    of_edges=False,
    on_page=False,
    high="Even your less busy ties carry much.",
    low="Most of your ties carry little: there is contact, and few messages.",
    caution="It counts what was recorded, both ways; people who meet in person write less.",
    undefined="without a contact of known time",
    references=("Aral, S. and Van Alstyne, M. (2011). The diversity-bandwidth trade-off. AJS 117.",),
    compute=compute,
    sentence=sentence,
)
