"""How new a text was, and how much of it stayed: novelty, transience and resonance.

After Barron, Huang, Spang and DeDeo (2018): a text's *novelty* is how far it is from what was said before it,
its *transience* how far from what was said after, its *resonance* novelty less transience. Far is one less
the cosine of places in any space: topics (`Topics.about`), folded words or sentence vectors.

Compare texts by the same window. At the beginning and the end of what was read one side is missing; there a
figure is NaN, and never 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WINDOWS = (7.0, 30.0, 90.0)
"""Days on either side."""

LEAST = 3
"""With fewer texts in the window nothing can be said."""

_MICROSECONDS_A_DAY = 86_400_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Novelty:
    """One row a text, in the order given; NaN where too few texts are in the window.

    Attributes:
        novelty: (n,) mean distance to the texts of the window before, 0 to 2.
        transience: (n,) the same to the window after.
        resonance: (n,) novelty less transience: above 0, it brought something that was taken up.
    """

    novelty: NDArray[np.float64]
    transience: NDArray[np.float64]
    resonance: NDArray[np.float64]


def novelty(
    places: NDArray[np.floating],
    at: NDArray[np.int64],
    *,
    window_days: float,
    author: NDArray[np.int32] | None = None,
) -> Novelty:
    """Return novelty, transience and resonance of texts.

    The mean distance to a window is one less the mean cosine, which the sum of what is in it tells: so all
    windows take one pass over running sums, whatever their length.

    Args:
        places: (n, d) where each text lies; a row of zeros is nowhere, and is passed over on either side.
        at: (n,) microseconds since 1970, in any order.
        window_days: how far before and after is looked; what was said at the very same moment counts on
            neither side.
        author: (n,) who wrote it: what one writes oneself is no echo, and is left out of one's own windows.
    """
    order = np.argsort(at, kind="stable")
    moments, window = at[order], int(window_days * _MICROSECONDS_A_DAY)
    length = np.linalg.norm(places, axis=1, keepdims=True)
    unit = np.divide(places, length, out=np.zeros(places.shape), where=length > 0)[order]
    is_somewhere = (length[:, 0] > 0)[order]
    before = (np.searchsorted(moments, moments - window, "left"), np.searchsorted(moments, moments, "left"))
    after = (np.searchsorted(moments, moments, "right"), np.searchsorted(moments, moments + window, "right"))
    who = None if author is None else author[order]
    made = [_distance(unit, is_somewhere, side, who) for side in (before, after)]
    new, passing = (np.full(len(at), np.nan) for _ in made)
    new[order], passing[order] = made
    return Novelty(novelty=new, transience=passing, resonance=new - passing)


def _distance(
    unit: NDArray[np.float64],
    is_somewhere: NDArray[np.bool_],
    window: tuple[NDArray[np.int64], NDArray[np.int64]],
    who: NDArray[np.int32] | None,
) -> NDArray[np.float64]:
    """Return (n,) one less the mean cosine of each text with those of its window; with `who`, of others."""
    first, last = window
    sums, counts = _between(unit, is_somewhere, first, last)
    if who is not None:
        for person in np.unique(who):
            own = np.flatnonzero(who == person)
            there = (np.searchsorted(own, first[own]), np.searchsorted(own, last[own]))
            own_sums, own_counts = _between(unit[own], is_somewhere[own], *there)
            sums[own] -= own_sums
            counts[own] -= own_counts
    cosine = np.einsum("ij,ij->i", unit, sums) / np.maximum(counts, 1)
    return np.where((counts >= LEAST) & is_somewhere, 1 - cosine, np.nan)


def _between(
    unit: NDArray[np.float64],
    is_somewhere: NDArray[np.bool_],
    first: NDArray[np.int64],
    last: NDArray[np.int64],
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    running = np.vstack([np.zeros((1, unit.shape[1])), np.cumsum(unit, axis=0)])
    counted = np.concatenate([[0], np.cumsum(is_somewhere)])
    return running[last] - running[first], counted[last] - counted[first]
