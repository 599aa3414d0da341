"""Pairs of persons, and how they become the rows of `Ties`: one an ordered pair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from crosstie.network.direction import clear
from crosstie.network.network import Flags, Indices, Microseconds, Ties, Weights

MARGIN = 1e-9
"""A contact this little under the threshold is still active: one reply exactly two half-lives ago is 0.25,
and must not fall out by the last bit of a power."""


ENDS = ("low", "high")

NO_PLACE = -1
"""Stands where there is no external id."""

Summed: TypeAlias = dict[str, NDArray[Any]]
"""The columns of `crosstie.network.kernels.summing.Sums`: those of `Pairs`, with evidence by its id, and the
place of each one's external id among all of them (``low_place``, ``high_place``)."""


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
        low_evidence, high_evidence: (N,) places of the external ids behind low's tie to high, and high's to
            low, among all of them; `NO_PLACE` for none.
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
    low_evidence: Indices
    high_evidence: Indices


def both_ways(
    pairs: Pairs, *, active_contact: float, external_ids: NDArray[np.object_] | None = None
) -> Ties:
    """Return two rows a pair, sorted by (learner, teacher); contact is the same in both.

    Args:
        pairs: each once.
        active_contact: contact from which a tie is active.
        external_ids: those that the evidence of pairs has its places among; None where no pair has any.
    """
    learner = np.concatenate([pairs.low, pairs.high]).astype(np.int32)
    teacher = np.concatenate([pairs.high, pairs.low]).astype(np.int32)
    order = np.argsort((learner.astype(np.int64) << 32) | teacher)  # each once: no equals to keep in order
    pair = np.where(order < len(pairs.low), order, order - len(pairs.low))

    def directed(low: NDArray[np.generic], high: NDArray[np.generic]) -> NDArray[np.generic]:
        return np.concatenate([low, high])[order]

    contact = pairs.contact[pair]
    shown = directed(pairs.low_shown, pairs.high_shown).astype(np.float64)
    return Ties(
        learner=learner[order],
        teacher=teacher[order],
        learned=directed(pairs.low_learned, pairs.high_learned).astype(np.float64, copy=False),
        turned_to=directed(pairs.low_turned_to, pairs.high_turned_to).astype(np.float64, copy=False),
        contact=contact,
        known_contact=pairs.known_contact[pair],
        first_at=pairs.first_at[pair],
        last_at=pairs.last_at[pair],
        stated=pairs.stated[pair],
        active=contact >= active_contact - MARGIN,
        known=pairs.known[pair],
        is_open=pairs.is_open[pair],
        one_way=clear(shown, directed(pairs.high_shown, pairs.low_shown).astype(np.float64)),
        evidence=_placed(directed(pairs.low_evidence, pairs.high_evidence), external_ids),
    )


def _placed(place: NDArray[Any], external_ids: NDArray[np.object_] | None) -> NDArray[np.object_]:
    """Return the external ids at these places, "" where there is none."""
    if external_ids is None or not len(external_ids):
        return np.full(len(place), "", dtype=object)
    found: NDArray[np.object_] = external_ids[place]
    found[place == NO_PLACE] = ""
    return found
