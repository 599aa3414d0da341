"""Amounts handed on along ties, for many people at once."""

from __future__ import annotations

import numpy as np

from crosstie.network.circles import Circles
from crosstie.network.network import Weights


def spread(amounts: Weights, along: Circles, *, columns: int = 0) -> Weights:
    """Return (B, columns) what comes to each person, or place, when each hands on their amount along ties.

    The product of a block of rows with a sparse matrix: out[b, j] is the sum over i of
    amounts[b, i] x weight(i, j).

    Args:
        amounts: (B, rows of `along`) what each of them has, in each of B cases.
        along: rows of ties with their weights; they need be neither square nor symmetric.
        columns: how many there are that ties can lead to; as many as rows, if not given.
    """
    from crosstie.advice.spreading_kernel import spread_into

    out = np.zeros((len(amounts), columns or along.people))
    spread_into(np.ascontiguousarray(amounts), along.starts, along.contacts, along.weights, out)
    return out


__all__ = ["spread"]
