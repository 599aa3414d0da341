"""Ties of which someone said that they have ended: known still, but without contact until there is more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from crosstie.network.network import Indices, Microseconds, Ties
from crosstie.network.sensitivity import ByAct

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# What came later is contact again, whatever was said before.
_PAIRS = """
WITH said AS (
  SELECT least(one.person, other.person) AS low, greatest(one.person, other.person) AS high,
    max(ended_at) AS ended_at
  FROM tie_ended
  JOIN tie_account AS one ON one.account = tie_ended.account
  JOIN tie_account AS other ON other.account = tie_ended.other
  WHERE one.person <> other.person AND one.person >= 0 AND other.person >= 0
  GROUP BY least(one.person, other.person), greatest(one.person, other.person)
)
SELECT low, high, ended_at FROM said LEFT JOIN tie_pair USING (low, high)
WHERE coalesce(last_at <= ended_at, TRUE) ORDER BY low, high
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """Pairs that ended, each once, low < high.

    Attributes:
        low, high: (N,) indices of persons.
        at: (N,) when it was said.
    """

    low: Indices
    high: Indices
    at: Microseconds

    def when(self, low: NDArray[Any], high: NDArray[Any]) -> NDArray[np.float64]:
        """Return (M,) when each of these pairs ended, in microseconds; infinity where it did not."""
        found = np.full(len(low), np.inf)
        if len(self.low):
            numbers = _numbers(self.low, self.high)
            wanted = _numbers(low, high)
            place = np.minimum(np.searchsorted(numbers, wanted), len(numbers) - 1)
            there = numbers[place] == wanted
            found[there] = self.at[place[there]]
        return found


NOTHING_ENDED = Ended(
    low=np.empty(0, dtype=np.int32), high=np.empty(0, dtype=np.int32), at=np.empty(0, dtype=np.int64)
)


def ended_pairs(connection: DuckDBPyConnection) -> Ended:
    """Return the pairs that ended and had no contact since.

    Args:
        connection: with the tables of a tying that is under way (`crosstie.network.tie`, `also`), and
            ``tie_ended`` with the columns ``account``, ``other`` and ``ended_at`` (microseconds since 1970).
    """
    found = connection.execute(_PAIRS).fetchnumpy()
    return Ended(
        low=np.asarray(found["low"], dtype=np.int32),
        high=np.asarray(found["high"], dtype=np.int32),
        at=np.asarray(found["ended_at"], dtype=np.int64),
    )


def without_contact(ties: Ties, ended: Ended, *, stays_known: bool) -> Ties:
    """Return the ties in which those that ended have no contact, and so are not active.

    What one turned to and learned from the other before stays: it was so.

    Args:
        ties: of the whole tying, or of a part of it.
        ended: from `ended_pairs`.
        stays_known: whether they are known still. Where ties are shown to others they are not, so that nobody
            is led along them.
    """
    is_over = _of_ties(ties, ended)
    if not is_over.any():
        return ties
    return replace(
        ties,
        contact=np.where(is_over, 0.0, ties.contact),
        known_contact=np.where(is_over, 0.0, ties.known_contact),
        active=ties.active & ~is_over,
        known=ties.known if stays_known else ties.known & ~is_over,
    )


def acts_without(apart: ByAct, ended: Ended) -> ByAct:
    """Return the contact apart by act without the pairs that ended."""
    stays = np.isinf(ended.when(apart.low, apart.high))
    return ByAct(
        low=apart.low[stays], high=apart.high[stays], act=apart.act[stays], contact=apart.contact[stays]
    )


def _of_ties(ties: Ties, ended: Ended) -> NDArray[np.bool_]:
    low, high = np.minimum(ties.learner, ties.teacher), np.maximum(ties.learner, ties.teacher)
    return ~np.isinf(ended.when(low, high))


def _numbers(low: NDArray[Any], high: NDArray[Any]) -> NDArray[np.int64]:
    return (low.astype(np.int64) << 32) | high.astype(np.int64)
