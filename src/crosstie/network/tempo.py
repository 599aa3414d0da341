"""How much goes over each tie in a month, without decay."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from crosstie.network.network import NO_TIME, Network, Weights

DAYS_A_MONTH = 30.44
_MICROSECONDS_A_DAY = 86_400_000_000


def a_month_of(network: Network) -> tuple[NDArray[np.int64], Weights]:
    """Return whose tie it is and the contact a month of each active tie with a known beginning.

    Contact since the tie began, undecayed, over the months since then, at least one: so a tie of yesterday is
    no busier than what it carried.
    """
    return network.once("a month", lambda: _a_month_of(network))


def _a_month_of(network: Network) -> tuple[NDArray[np.int64], Weights]:
    ties = network.ties
    kept = ties.active & (ties.contact > 0) & (ties.first_at != NO_TIME)
    until_us = network.as_of.timestamp() * 1e6
    months = (until_us - ties.first_at[kept]) / (_MICROSECONDS_A_DAY * DAYS_A_MONTH)
    return ties.learner[kept].astype(np.int64), ties.known_contact[kept] / np.maximum(months, 1.0)
