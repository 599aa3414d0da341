"""Everybody's circle over one quarter of a year, as columns: what *Circle check* compares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from crosstie.network.circles import circles_of
from crosstie.network.jackknife import errors
from crosstie.network.metrics import effective_size, group_diversity
from crosstie.network.network import Network, Weights

QUARTER_DAYS = 91

REAL_CONTACT = 0.5
"""Undecayed contact within a quarter from which two people were really in touch: half a reply's worth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarter:
    """One quarter of everybody, in the order of `Network.persons`; (P,) each.

    Attributes:
        ends_on: the last day.
        size: people in the active circle on that day.
        met: people there was contact with within the quarter, without decay: what the person did, not what
            faded.
        weeks: weeks of the quarter in which the person did something that is recorded, 0 to 13.
        open_size: the same as `size`, from open evidence alone.
        separateness: effective size over size, both from open evidence, since it tells of ties of others;
            NaN without contacts.
        group_diversity: as the metric of that name; NaN where it has no value.
        thought_similarity: how near the person's texts are to those of their contacts, less the same for
            random colleagues; NaN where too little is known, None where it is not computed at all.
    """

    ends_on: date
    size: NDArray[np.int64]
    met: NDArray[np.int64]
    weeks: NDArray[np.int64]
    open_size: NDArray[np.int64]
    separateness: Weights
    group_diversity: Weights
    thought_similarity: Weights | None = None


def quarter_of(
    network: Network,
    before: Network,
    *,
    weeks: NDArray[np.int64],
    open_network: Network | None = None,
    thought_similarity: Weights | None = None,
) -> Quarter:
    """Return the quarter between two networks of the same persons, at its end and at its beginning.

    Args:
        network: as of the quarter's last day.
        before: as of the last day of the quarter before.
        weeks: (P,) weeks of the quarter in which each person did something.
        open_network: as `network`, from open evidence alone; the same if not given.
        thought_similarity: (P,) where it is computed.
    """
    seen = network if open_network is None else open_network
    open_size = circles_of(seen).sizes
    separate = np.full(len(open_size), np.nan)
    np.divide(effective_size.compute(seen), open_size, out=separate, where=open_size > 0)
    return Quarter(
        ends_on=network.as_of.date(),
        size=circles_of(network).sizes,
        met=_met(network, before),
        weeks=weeks,
        open_size=open_size,
        separateness=separate,
        group_diversity=group_diversity.compute(network),
        thought_similarity=thought_similarity,
    )


def _met(network: Network, before: Network) -> NDArray[np.int64]:
    people = len(network.persons)
    now, then = (
        (ties.learner.astype(np.int64) * people + ties.teacher, ties.known_contact)
        for ties in (network.ties, before.ties)
    )
    earlier = np.zeros(len(now[0]))
    if len(then[0]):
        place = np.minimum(np.searchsorted(then[0], now[0]), len(then[0]) - 1)
        earlier = np.where(then[0][place] == now[0], then[1][place], 0.0)
    real = now[1] - earlier >= REAL_CONTACT - 1e-9
    return np.bincount(network.ties.learner[real], minlength=people)


@dataclass(frozen=True, slots=True, kw_only=True)
class Errors:
    """Standard errors of one person's figures, by leaving out one contact after the other.

    Attributes:
        separateness, group_diversity: NaN where there are fewer than two contacts, or no value.
    """

    separateness: float
    group_diversity: float


def errors_of(network: Network, person: int, *, open_network: Network | None = None) -> Errors:
    """Return how much one person's figures hang on single contacts: the jackknife, made for all at once."""
    seen = network if open_network is None else open_network
    separate = seen.once("separateness errors", lambda: errors(seen, ["efficiency"], fewest=2))
    varied = network.once("diversity errors", lambda: errors(network, ["group_diversity"], fewest=2))
    return Errors(
        separateness=float(separate["efficiency"][person]),
        group_diversity=float(varied["group_diversity"][person]),
    )


__all__ = ["QUARTER_DAYS", "REAL_CONTACT", "Errors", "Quarter", "errors_of", "quarter_of"]
