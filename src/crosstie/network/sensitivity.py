"""How far figures move when the weights of acts do: each act's weight halved and doubled, one at a time.

The weights are a judgement (`crosstie.network.acts`), so whoever reads a figure should know how much of it
they are. Of each message and pair, the act that counts with the weights as they are goes on counting: nothing
is read anew, so the whole costs little beside the tying. `bench/weights.py` ties anew instead, and says how
far that is from this.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from crosstie.network.circles import Circles, sums
from crosstie.network.network import Indices, Weights
from crosstie.network.pairs import MARGIN

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FACTORS = (0.5, 2.0)
"""Nobody has measured how much each act counts; half and double is what we think we may be off by."""

MEASURES = ("size", "effective_size", "constraint")

FEWEST_CONTACTS = 5
"""People with fewer are left out of what is said of everybody: one contact more or less is much to them."""

FEWEST_PEOPLE = 10
"""With fewer such people nothing is said of everybody."""

_MICROSECONDS_A_DAY = 86_400_000_000

# Summed as whole numbers of 2**-40, as ties are (`crosstie.network.kernels.summing`), so that
# both are the same.
_BY_ACT = """
SELECT least(actor, other)::INTEGER AS low, greatest(actor, other)::INTEGER AS high, tie_act.name AS act,
  sum((contact * strongest.share
    * coalesce(pow(0.5, ((SELECT epoch_us(as_of) FROM tie_date) - at_us) / ?::DOUBLE), 1.0)
    * 1099511627776)::BIGINT) / 1099511627776::DOUBLE AS contact
FROM tie_strongest AS strongest JOIN tie_act ON tie_act.number = 31 - ((rank >> 1) & 31)
WHERE contact > 0
GROUP BY low, high, act
ORDER BY low, high, act
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ByAct:
    """The contact of each pair, apart by act; one row a pair and act, sorted.

    Attributes:
        low, high: indices of persons, low < high.
        act: name of the act.
        contact: decayed contact that rests on it.
    """

    low: Indices
    high: Indices
    act: NDArray[np.object_]
    contact: Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """How far figures move; V variations, each the weight of one act times a factor.

    Attributes:
        act: (V,) which act.
        factor: (V,) times what.
        order: (V, 3) by `MEASURES`, how alike people's order is (Spearman's rank correlation).
        change: (V, 3) by `MEASURES`, the median of how far a value moves, as a share of what it was.
        counted: () how many people the two speak of: those with `FEWEST_CONTACTS` or more. Under
            `FEWEST_PEOPLE` both are NaN.
        fewest, most: (P,) the smallest and largest size of each circle over all variations, itself included.
    """

    act: NDArray[np.object_]
    factor: Weights
    order: NDArray[np.float64]
    change: NDArray[np.float64]
    counted: int
    fewest: Indices
    most: Indices


def by_act(connection: DuckDBPyConnection, *, half_life_days: float) -> ByAct:
    """Return contact apart by act.

    Args:
        connection: with the tables of a tying that is under way (`crosstie.network.tie`, `also`).
        half_life_days: as in the tying.
    """
    found = connection.execute(_BY_ACT, [half_life_days * _MICROSECONDS_A_DAY]).fetchnumpy()
    return ByAct(
        low=np.asarray(found["low"], dtype=np.int32),
        high=np.asarray(found["high"], dtype=np.int32),
        act=np.asarray(found["act"], dtype=object),
        contact=np.asarray(found["contact"], dtype=np.float64),
    )


def sensitivity(apart: ByAct, *, people: int, active_contact: float) -> Sensitivity:
    """Return how far size, effective size and constraint move.

    Args:
        apart: from `by_act`.
        people: how many people the network has.
        active_contact: as in the tying.
    """
    pairs, pair = np.unique(apart.low.astype(np.int64) * people + apart.high, return_inverse=True)
    whole = sums(pair, apart.contact, people=len(pairs))
    ends = _Ends.of(pairs, people, active_contact)
    before = ends.measured(whole)
    counted = before[:, 0] >= FEWEST_CONTACTS
    fewest, most = before[:, 0].copy(), before[:, 0].copy()
    acts = sorted(set(apart.act.tolist()))
    varied = [(act, factor) for act in acts for factor in FACTORS]
    order, change = np.full((len(varied), 3), np.nan), np.full((len(varied), 3), np.nan)
    for row, (act, factor) in enumerate(varied):
        of_act = apart.act == act
        share = sums(pair[of_act], apart.contact[of_act], people=len(pairs))
        after = ends.measured(whole + (factor - 1.0) * share)
        fewest, most = np.minimum(fewest, after[:, 0]), np.maximum(most, after[:, 0])
        if counted.sum() >= FEWEST_PEOPLE:
            order[row] = [_alike(before[counted, one], after[counted, one]) for one in range(3)]
            moved = np.abs(after[counted] - before[counted]) / np.abs(before[counted])
            change[row] = np.median(moved, axis=0)
    return Sensitivity(
        act=np.array([act for act, _ in varied], dtype=object),
        factor=np.array([factor for _, factor in varied], dtype=np.float64),
        order=order,
        change=change,
        counted=int(counted.sum()),
        fewest=fewest.astype(np.int32),
        most=most.astype(np.int32),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ends:
    """Both rows of each pair, sorted, so that every variation only has to choose among them."""

    learner: NDArray[np.int64]
    teacher: Indices
    pair: NDArray[np.int64]
    people: int
    least: float

    @classmethod
    def of(cls, pairs: NDArray[np.int64], people: int, active_contact: float) -> _Ends:
        low, high = pairs // people, pairs % people
        learner, teacher = np.concatenate([low, high]), np.concatenate([high, low])
        order = np.argsort(learner * people + teacher)
        return cls(
            learner=learner[order],
            teacher=teacher[order].astype(np.int32),
            pair=order % len(pairs) if len(pairs) else order,
            people=people,
            least=active_contact - MARGIN,
        )

    def measured(self, contact: Weights) -> NDArray[np.float64]:
        """Return (P, 3) size, effective size and constraint on the contact of each pair; 0 without any."""
        from crosstie.network.kernels.holes import holes  # loads numba, which takes as long as all the rest

        kept = contact[self.pair] >= self.least
        starts = np.zeros(self.people + 1, dtype=np.int64)
        np.cumsum(np.bincount(self.learner[kept], minlength=self.people), out=starts[1:])
        circles = Circles(starts=starts, contacts=self.teacher[kept], weights=contact[self.pair[kept]])
        found = holes(circles)
        return np.column_stack([circles.sizes, circles.sizes - found.redundancy, found.constraint])


def _alike(one: Weights, other: Weights) -> float:
    """Return Spearman's rank correlation, ties at the mean of their ranks; 1 where nothing moved."""
    if np.array_equal(one, other):
        return 1.0
    ranks = [_ranks(one), _ranks(other)]
    spread = float(np.std(ranks[0]) * np.std(ranks[1]))
    if spread == 0:
        return float("nan")
    return float(np.mean((ranks[0] - ranks[0].mean()) * (ranks[1] - ranks[1].mean())) / spread)


def _ranks(values: Weights) -> Weights:
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(count).astype(np.float64)
    ranks: Weights = (last - (count - 1) / 2)[place]
    return ranks


__all__ = ["FACTORS", "FEWEST_PEOPLE", "MEASURES", "ByAct", "Sensitivity", "by_act", "sensitivity"]
