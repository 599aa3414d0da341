"""Pairs of an earlier tying, left to fade, and what came since added to them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from crosstie.network.going_on.kept import FADING, numbers, places_in
from crosstie.network.network import NO_TIME
from crosstie.network.one_piece import empty_columns
from crosstie.network.pairs import ENDS, Summed

SUMS = (*FADING, "known_contact", "low_shown", "high_shown")
"""What is summed; `crosstie.network.going_on.kept.FADING` of it fades."""

_NOTHING = 2.0**-41
"""Weights are summed as whole numbers of 2**-40 (`crosstie.network.kernels.summing`); half of one is none."""


def renumbered(pairs: Summed, number: NDArray[np.int32]) -> Summed:
    """Return the pairs with other numbers of their persons, in the same order as before.

    Args:
        pairs: sorted.
        number: (P,) the new number of each; who stood before another still does.
    """
    return pairs | {end: number[pairs[end]] for end in ENDS}


def faded(pairs: Summed, lasting: Summed, factor: float) -> Summed:
    """Return the pairs with everything that fades times a factor, but for what rests on no time.

    Args:
        pairs: sorted.
        lasting: the part of their sums that does not fade; its pairs are all among them.
        factor: all weights fade alike.
    """
    stays = np.searchsorted(numbers(pairs["low"], pairs["high"]), numbers(lasting["low"], lasting["high"]))
    changed = empty_columns(len(pairs["low"]), {name: pairs[name].dtype for name in FADING})
    for name, column in changed.items():
        np.multiply(pairs[name], factor, out=column)
        column[stays] += lasting[name] * (1.0 - factor)
        np.multiply(column, column >= _NOTHING, out=column)  # or none, as where all are summed anew
    return pairs | changed


def added(pairs: Summed, more: Summed) -> Summed:
    """Return the pairs of both, sorted; those of both are one.

    Args:
        pairs: sorted, each once.
        more: the same, with the same columns.
    """
    there, wanted = numbers(pairs["low"], pairs["high"]), numbers(more["low"], more["high"])
    place = np.searchsorted(there, wanted)
    both = np.zeros(len(wanted), dtype=np.bool_)
    inside = place < len(there)
    both[inside] = there[place[inside]] == wanted[inside]
    one = {name: column[place[both]] for name, column in pairs.items()}
    other = {name: column[both] for name, column in more.items()}
    return with_rows(
        pairs, one | _joined(one, other), place[both], {n: c[~both] for n, c in more.items()}, place[~both]
    )


def with_rows(
    columns: Summed, changed: Summed, rows: NDArray[np.intp], new: Summed, before: NDArray[np.intp]
) -> Summed:
    """Return columns with some rows changed and some new ones.

    Args:
        columns: of N rows.
        changed: the columns of the changed rows.
        rows: which those are.
        new: the columns of the new rows.
        before: before which row each of the new ones goes, ascending.
    """
    there = len(next(iter(columns.values())))
    place = np.insert(np.arange(there), before, 0)
    added_at = before + np.arange(len(before))
    changed_at = rows + np.searchsorted(before, rows, side="right")
    found = empty_columns(len(place), {name: column.dtype for name, column in columns.items()})
    for name, column in columns.items():
        if there:
            np.take(column, place, out=found[name], mode="clip")
        found[name][added_at] = new[name]
        found[name][changed_at] = changed[name]
    return found


def inserted(ids: NDArray[np.uint64], more: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return sorted ids with more of them; those of both once."""
    more = more[~places_in(ids, more)[0]]
    return np.insert(ids, np.searchsorted(ids, more), more)


def _joined(one: Summed, other: Summed) -> Summed:
    """Return what changes of pairs of which there is more, row by row."""
    joined: Summed = {name: one[name] + other[name] for name in SUMS if name in one}
    if "last_at" not in one:
        return joined
    first, second = one["first_at"], other["first_at"]
    joined["first_at"] = np.where(
        first == NO_TIME, second, np.where(second == NO_TIME, first, np.minimum(first, second))
    )
    joined["last_at"] = np.maximum(one["last_at"], other["last_at"])
    joined |= {name: one[name] | other[name] for name in ("is_stated", "is_known")}
    joined["is_open"] = one["is_open"] & other["is_open"]
    for end in ENDS:
        joined |= _stronger(one, other, end)
    return joined


def _stronger(one: Summed, other: Summed, end: str) -> dict[str, NDArray[Any]]:
    """Return the evidence of whichever is stronger, of those the latest, of those the smallest id."""
    strongest, evidence = f"{end}_strongest", f"{end}_evidence"
    is_other = (other[strongest] > one[strongest]) | (
        (other[strongest] == one[strongest]) & (other[evidence] < one[evidence])
    )
    return {name: np.where(is_other, other[name], one[name]) for name in (strongest, evidence)}
