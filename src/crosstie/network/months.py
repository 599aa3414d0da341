"""The circle over time: contacts, get and give of everyone, month by month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from crosstie.network.ended import NOTHING_ENDED, Ended

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MICROSECONDS_A_DAY = 86_400_000_000

_QUERY = """
WITH dated AS (
  SELECT least(actor, other) AS low, greatest(actor, other) AS high, at_us, strongest.share, tie_act.contact,
    date_trunc('month', make_timestamp(at_us))::DATE AS month,
    CASE WHEN actor < other THEN learned ELSE learned_back END AS low_learned,
    CASE WHEN actor < other THEN learned_back ELSE learned END AS high_learned
  FROM tie_strongest AS strongest JOIN tie_act ON tie_act.number = 31 - ((rank >> 1) & 31)
  WHERE at_us IS NOT NULL
), ended AS (
  SELECT *, least(epoch_us((month + INTERVAL 1 MONTH)::TIMESTAMP),
    (SELECT epoch_us(as_of) FROM tie_date)) AS end_us
  FROM dated
)
SELECT low, high, month, any_value(end_us) AS end_us,
  sum(share * contact * pow(0.5, (end_us - at_us) / ?::DOUBLE)) AS contact,
  sum(share * low_learned) AS low_learned, sum(share * high_learned) AS high_learned
FROM ended
GROUP BY low, high, month
ORDER BY month, low, high
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Months:
    """Everyone's circle at the end of each month; M months, P persons in the order of `Network.persons`.

    Attributes:
        months: the first day of each month, oldest first, without gaps.
        contacts: (M, P) people in the active circle at the month's end (or at the date, in the last one).
        got: (M, P) evidence of that month that the person learned, undecayed.
        given: (M, P) evidence of that month that others learned from the person, undecayed.
    """

    months: tuple[date, ...]
    contacts: NDArray[np.int32]
    got: NDArray[np.float64]
    given: NDArray[np.float64]


def months(
    connection: DuckDBPyConnection,
    *,
    persons: int,
    half_life_days: float,
    active_contact: float,
    ended: Ended = NOTHING_ENDED,
) -> Months:
    """Measure the circle month by month, with the decay each month's end would have shown.

    A pair that ended counts up to when that was said; the last month is as the circle is now, without it.

    Args:
        connection: with the tables of a tying that is under way (`crosstie.network.tie`, `also`).
        persons: how many persons there are.
        half_life_days: as in the tying.
        active_contact: as in the tying.
        ended: pairs that ended.
    """
    half_life = half_life_days * _MICROSECONDS_A_DAY
    columns = connection.execute(_QUERY, [half_life]).fetchnumpy()
    if len(columns["low"]) == 0:
        nothing = np.zeros((0, persons))
        return Months(months=(), contacts=nothing.astype(np.int32), got=nothing, given=nothing)
    low = np.asarray(columns["low"], dtype=np.int64)
    high = np.asarray(columns["high"], dtype=np.int64)
    number = columns["month"].astype("datetime64[M]").astype(np.int64)
    first, last = int(number.min()), int(number.max())
    pairs, pair = np.unique(low * persons + high, return_inverse=True)
    pair_low, pair_high = pairs // persons, pairs % persons
    over_at = ended.when(pair_low, pair_high)
    count = last - first + 1
    contacts = np.zeros((count, persons), dtype=np.int32)
    got, given = np.zeros((count, persons)), np.zeros((count, persons))
    state = np.zeros(len(pairs))
    before_us = 0.0
    for row, month in enumerate(range(first, last + 1)):
        here = number == month
        end_us = float(columns["end_us"][here][0]) if here.any() else float(_month_end_us(month))
        state *= 0.5 ** ((end_us - before_us) / half_life) if row else 1.0
        state[pair[here]] += columns["contact"][here]
        before_us = end_us
        active = state >= active_contact * (1 - 1e-9)
        active &= np.isinf(over_at) if first + row == last else over_at > end_us
        contacts[row] = np.bincount(pair_low[active], minlength=persons)
        contacts[row] += np.bincount(pair_high[active], minlength=persons).astype(np.int32)
        for learner, teacher, learned in (
            (low, high, columns["low_learned"]),
            (high, low, columns["high_learned"]),
        ):
            got[row] += np.bincount(learner[here], weights=learned[here], minlength=persons)
            given[row] += np.bincount(teacher[here], weights=learned[here], minlength=persons)
    dates = tuple(date(1970 + month // 12, month % 12 + 1, 1) for month in range(first, last + 1))
    return Months(months=dates, contacts=contacts, got=got, given=given)


def _month_end_us(month: int) -> int:
    return int(np.datetime64(month + 1, "M").astype("datetime64[us]").astype(np.int64))
