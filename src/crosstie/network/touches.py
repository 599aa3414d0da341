"""On which days one person reached another, out of a tying; and how likely each tie is alive next month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from crosstie.network.network import Network
from crosstie.network.survival import Touches, alive

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LOOKED_BACK_DAYS = 400
"""What is older says nothing of the next month that its age does not say."""

_MICROSECONDS_A_DAY = 86_400_000_000

_QUERY = f"""
WITH dated AS (
  SELECT actor, other, strongest.share * tie_act.contact AS weight,
    ((at_us - epoch_us(as_of)) // {_MICROSECONDS_A_DAY})::INTEGER AS day
  FROM tie_strongest AS strongest JOIN tie_act ON tie_act.number = 31 - ((rank >> 1) & 31) CROSS JOIN tie_date
  WHERE at_us IS NOT NULL
)
SELECT actor, other, day, sum(weight) AS weight
FROM dated
WHERE day > -{LOOKED_BACK_DAYS}
GROUP BY actor, other, day
ORDER BY actor, other, day
"""  # noqa: S608 - numbers of our own


def touches_in(connection: DuckDBPyConnection) -> Touches:
    """Return who reached whom on which day of the last 400 days; the day of the date is 0.

    Args:
        connection: with the tables of a tying that is under way (`crosstie.network.tie`, `also`).
    """
    columns = connection.execute(_QUERY).fetchnumpy()
    return Touches(
        sender=np.asarray(columns["actor"], dtype=np.int64),
        receiver=np.asarray(columns["other"], dtype=np.int64),
        day=np.asarray(columns["day"], dtype=np.float64),
        weight=np.asarray(columns["weight"], dtype=np.float64),
    )


def alive_of_ties(network: Network, touches: Touches) -> NDArray[np.float64]:
    """Return (T,) how likely each tie is in touch within thirty days of the date; NaN: not enough to say.

    Both rows of a pair have the same. A tie without contact in that time has NaN as well.

    Args:
        network: whose ties.
        touches: of the same tying.
    """
    people, ties = len(network.persons), network.ties
    found = alive(touches, at=1.0, people=people)
    keys = found.low * people + found.high
    low, high = np.minimum(ties.learner, ties.teacher), np.maximum(ties.learner, ties.teacher)
    wanted = low.astype(np.int64) * people + high
    chances = np.full(len(wanted), np.nan)
    if len(keys):
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        there = keys[at] == wanted
        chances[there] = found.chance[at[there]]
    return chances
