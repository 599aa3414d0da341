"""What is measured of single ties: how even, how surrounded, how old, how long silent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from crosstie.network.network import NO_TIME, Microseconds, Network, Weights

_MICROSECONDS_A_DAY = 86_400_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TieMeasures:
    """One row a tie, in the order of `Ties`; NaN where there is no value.

    Attributes:
        weight: (T,) contact as it has faded by the date; the same both ways.
        direction: (T,) what the learner learned less what the teacher learned from them, over both, from -1
            to 1; NaN where neither learned from the other.
        mutuality: (T,) the smaller of the two over the larger: 1 where both learned as much, 0 where one did.
        overlap: (T,) common contacts over all other contacts of the two; NaN where the tie is not active.
        age_days: (T,) days since the first trace; NaN where no time is known.
        silent_days: (T,) days since the last trace; NaN where no time is known.
    """

    weight: Weights
    direction: Weights
    mutuality: Weights
    overlap: Weights
    age_days: Weights
    silent_days: Weights


def tie_measures(network: Network) -> TieMeasures:
    """Return the measures of every tie."""
    from crosstie.network.kernels.back import back_of  # loads numba
    from crosstie.network.kernels.common import overlaps_of

    ties = network.ties
    mine, theirs = ties.learned, ties.learned[back_of(network)]
    both, larger = mine + theirs, np.maximum(mine, theirs)
    direction, mutuality = np.full(len(ties), np.nan), np.full(len(ties), np.nan)
    np.divide(mine - theirs, both, out=direction, where=both > 0)
    np.divide(np.minimum(mine, theirs), larger, out=mutuality, where=larger > 0)
    overlap = np.full(len(ties), np.nan)
    active = ties.active & (ties.contact > 0)
    overlap[active] = overlaps_of(network)
    return TieMeasures(
        weight=ties.contact,
        direction=direction,
        mutuality=mutuality,
        overlap=overlap,
        age_days=_days(network, ties.first_at),
        silent_days=_days(network, ties.last_at),
    )


def _days(network: Network, at: Microseconds) -> Weights:
    until = network.as_of.timestamp() * 1e6
    return np.where(at == NO_TIME, np.nan, (until - at) / _MICROSECONDS_A_DAY)
