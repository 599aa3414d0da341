"""What a panel is worth: what it knows, which groups and places it brings, which views it stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

ANCHORS = 100
"""So many of those who know the matter best are whose views a panel is to stand for."""

SEED = 20
"""Of the lots."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """Something of which a panel should have much: the units of one kind of group, or places.

    Attributes:
        unit: (C, M) numbers of each candidate's units, -1 for none.
        share: (C, M) how far they belong to it, 0 to 1.
        counts: how much it counts beside others.
    """

    unit: NDArray[np.int64]
    share: NDArray[np.float64]
    counts: float = 1.0

    @classmethod
    def by_unit(cls, units: Sequence[str]) -> Self:
        """Return one unit a candidate; "" is none."""
        number = {name: row for row, name in enumerate(dict.fromkeys(units, None)) if name}
        unit = np.array([number.get(name, -1) for name in units], dtype=np.int64).reshape(-1, 1)
        return cls(unit=unit, share=np.ones(unit.shape))


@dataclass(frozen=True, slots=True, kw_only=True)
class Variety:
    """A set function over C candidates, monotone and submodular: the more there are, the less one more adds.

    The sum of

    * knowing: the mean of what each knows, as `alone` holds it;
    * covering: over units, 1 - again^x, where x is what the chosen of that unit know, summed: a second one of
      the same unit adds half, a third a quarter. (A square root would favour those who know next to nothing.)
    * standing for views: over A anchors, weighted by what they know, the likeness of the nearest chosen one
      (facility location).

    Attributes:
        alone: (C,) what each is worth whoever else is there.
        unit: (C, M) numbers of units over all kinds, 0 to U - 1; where there is none, with amount 0.
        amount: (C, M) what each adds to x.
        unit_worth: (U,) what a unit counts.
        again: how much a second one of the same unit counts beside the first, 0 to 1.
        likeness: (C, A) of candidates to anchors, 0 to 1.
        anchor_worth: (A,) what an anchor counts.

    References:
        Nemhauser, G. L., Wolsey, L. A. and Fisher, M. L. (1978). An analysis of approximations for maximizing
        submodular set functions. Mathematical Programming 14.
        Clarke, C. L. A. et al. (2008). Novelty and diversity in information retrieval evaluation. SIGIR.
    """

    alone: NDArray[np.float64]
    unit: NDArray[np.int64]
    amount: NDArray[np.float64]
    unit_worth: NDArray[np.float64]
    again: float
    likeness: NDArray[np.float32]
    anchor_worth: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.alone)

    def value(self, chosen: Sequence[int]) -> float:
        """Return what a panel is worth."""
        held, nearest = self.with_chosen(chosen)
        covered = float(self.unit_worth @ (1.0 - self.again**held))
        return float(self.alone[list(chosen)].sum()) + covered + float(nearest @ self.anchor_worth)

    def with_chosen(self, chosen: Sequence[int]) -> tuple[NDArray[np.float64], NDArray[np.float32]]:
        """Return (U,) what the chosen know, by unit, and (A,) the likeness of the nearest to each anchor."""
        rows = list(chosen)
        held = np.bincount(
            self.unit[rows].ravel(), weights=self.amount[rows].ravel(), minlength=len(self.unit_worth)
        )
        nearest: NDArray[np.float32] = self.likeness[rows].max(axis=0, initial=0.0)
        return held.astype(np.float64), nearest

    def gains(
        self, rows: NDArray[np.int64], held: NDArray[np.float64], nearest: NDArray[np.float32]
    ) -> NDArray[np.float64]:
        """Return what each of these candidates adds to a panel (`with_chosen`); (len(rows),)."""
        unit, amount = self.unit[rows], self.amount[rows]
        covered = (self.unit_worth * self.again**held)[unit] * (1.0 - self.again**amount)
        closer = np.maximum(self.likeness[rows] - nearest, np.float32(0.0)) @ self.anchor_worth
        made: NDArray[np.float64] = self.alone[rows] + covered.sum(axis=1) + closer
        return made


def variety(
    knowing: NDArray[np.float64],
    covered: Sequence[Covered],
    views: NDArray[np.float32] | None,
    *,
    seats: int,
    weights: tuple[float, float, float],
    again: float,
) -> Variety:
    """Put together what panels of so many seats are worth.

    Args:
        knowing: (C,) how far each knows the matter, 0 to 1.
        covered: kinds of groups, communities, places; those with one unit do not count.
        views: (C, D) where each stands, 0 where it is not known; None: it is known of too few.
        seats: the size of the panel, so that each part is about 0 to 1.
        weights: of knowing, covering and views.
        again: see `Variety`.
    """
    for_knowing, for_covering, for_views = weights
    units, amounts, worths = [np.zeros((len(knowing), 0), dtype=np.int64)], [np.zeros((len(knowing), 0))], []
    kinds = [one for one in covered if len(np.unique(one.unit[one.unit >= 0])) > 1]
    first, total = 0, sum(kind.counts for kind in kinds)
    for kind in kinds:
        there = kind.unit >= 0
        count = int(kind.unit.max()) + 1
        reachable = min(seats, len(np.unique(kind.unit[there])))
        units.append(np.where(there, kind.unit + first, first))
        amounts.append(np.where(there, kind.share, 0.0) * knowing[:, None])
        part = for_covering * kind.counts / total
        worths.append(np.full(count, part / (1.0 - again) / reachable))
        first += count
    likeness, anchor_worth = _standing_for(knowing, views)
    return Variety(
        alone=for_knowing * knowing / seats,
        unit=np.hstack(units),
        amount=np.hstack(amounts),
        unit_worth=np.concatenate(worths) if worths else np.zeros(1),
        again=again,
        likeness=likeness,
        anchor_worth=np.float32(for_views) * anchor_worth,
    )


def _standing_for(
    knowing: NDArray[np.float64], views: NDArray[np.float32] | None
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return (C, A) likeness to the anchors and (A,) their shares.

    Where someone stands is taken from the middle of the anchors, so that what all share does not count. Of
    whom it is not known, one of the anchors stands in, by lot: so whoever does not opt in neither gains nor
    loses by it. (To take them for average would keep them off panels: nobody is for average.)
    """
    known = np.zeros(len(knowing), dtype=np.bool_) if views is None else views.any(axis=1)
    if views is None or not known.any():
        return np.zeros((len(knowing), 0), dtype=np.float32), np.zeros(0, dtype=np.float32)
    rows = np.flatnonzero(known)
    anchors = rows[np.argsort(-knowing[rows], kind="stable")[:ANCHORS]]
    share = np.maximum(knowing[anchors], 1e-6).astype(np.float32)
    share /= share.sum()
    apart = views[rows] - share @ views[anchors]
    length = np.sqrt(np.einsum("cd,cd->c", apart, apart))[:, None]
    apart = np.divide(apart, length, out=np.zeros_like(apart), where=length > 0)
    likeness = np.empty((len(knowing), len(anchors)), dtype=np.float32)
    likeness[rows] = (np.float32(1.0) + apart @ apart[np.searchsorted(rows, anchors)].T) / np.float32(2.0)
    lots = np.random.default_rng(SEED).integers(0, len(anchors), int((~known).sum()))
    likeness[~known] = likeness[anchors[lots]]
    return likeness, share


__all__ = ["ANCHORS", "Covered", "Variety", "variety"]
