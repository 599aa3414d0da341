"""Pairs of persons, and how they become the rows of `Ties`: one an ordered pair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from crosstie.network.direction import clear
from crosstie.network.network import Flags, Ids, Indices, Microseconds, Ties, Weights
from crosstie.network.one_piece import empty_columns

MARGIN = 1e-9
"""A contact this little under the threshold is still active: one reply exactly two half-lives ago is 0.25,
and must not fall out by the last bit of a power."""

_KINDS: dict[str, np.dtype[Any]] = {
    name: np.dtype(kind)
    for kind, names in (
        (np.int32, ("learner", "teacher")),
        (np.float64, ("learned", "turned_to", "contact", "known_contact")),
        (np.int64, ("first_at", "last_at")),
        (np.bool_, ("stated", "active", "known", "is_open", "one_way")),
        (np.uint64, ("evidence",)),
    )
    for name in names
}
"""The types of the columns of `Ties`."""

ENDS = ("low", "high")

Summed: TypeAlias = dict[str, NDArray[Any]]
"""The columns of `crosstie.network.kernels.summing.Sums`, which has those of `Pairs`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """One row an unordered pair of persons, low < high, in any order; N rows.

    Attributes:
        low, high: (N,) indices of persons.
        contact, known_contact: (N,) as in `Ties`.
        low_learned, low_turned_to: (N,) what low learned from high, and turned to high.
        high_learned, high_turned_to: (N,) the other way.
        low_shown, high_shown: (N,) without decay, what shows that low learned from high, and high from low:
            learned, and half of turned to.
        first_at, last_at, stated, known, is_open: (N,) as in `Ties`.
        low_evidence, high_evidence: (N,) as in `Ties`, of low's tie to high, and of high's to low.
    """

    low: Indices
    high: Indices
    contact: Weights
    known_contact: Weights
    low_learned: Weights
    low_turned_to: Weights
    high_learned: Weights
    high_turned_to: Weights
    low_shown: Weights
    high_shown: Weights
    first_at: Microseconds
    last_at: Microseconds
    stated: Flags
    known: Flags
    is_open: Flags
    low_evidence: Ids
    high_evidence: Ids


def both_ways(pairs: Pairs, *, active_contact: float) -> Ties:
    """Return two rows a pair, sorted by (learner, teacher); contact is the same in both.

    Args:
        pairs: each once.
        active_contact: contact from which a tie is active.
    """
    from crosstie.network.kernels.directed import order_of  # loads numba

    count = len(pairs.low)
    order = order_of(pairs.low, pairs.high, int(pairs.high.max(initial=-1)) + 1)
    pair = np.where(order < count, order, order - count)
    made = empty_columns(2 * count, _KINDS)

    def directed(name: str, low: NDArray[Any], high: NDArray[Any]) -> None:
        _taken(np.concatenate([low, high]), order, into=made[name])

    directed("learner", pairs.low, pairs.high)
    directed("teacher", pairs.high, pairs.low)
    directed("learned", pairs.low_learned, pairs.high_learned)
    directed("turned_to", pairs.low_turned_to, pairs.high_turned_to)
    directed("evidence", pairs.low_evidence, pairs.high_evidence)
    is_clear = clear(pairs.low_shown, pairs.high_shown), clear(pairs.high_shown, pairs.low_shown)
    directed("one_way", *is_clear)
    for name in ("contact", "known_contact", "first_at", "last_at", "stated", "known", "is_open"):
        _taken(getattr(pairs, name), pair, into=made[name])
    np.greater_equal(made["contact"], active_contact - MARGIN, out=made["active"])
    return Ties(**made)


def _taken(column: NDArray[Any], rows: NDArray[np.intp], *, into: NDArray[Any]) -> None:
    np.take(column.astype(into.dtype, copy=False), rows, out=into, mode="clip")  # which needs no copy
