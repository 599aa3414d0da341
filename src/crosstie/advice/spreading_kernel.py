"""The product of a block of rows with a sparse matrix, compiled; imported only where it is computed."""

from __future__ import annotations

from crosstie.ideas.compiled import compiled
from crosstie.network.circles import Offsets
from crosstie.network.network import Indices, Weights


@compiled
def spread_into(amounts: Weights, starts: Offsets, contacts: Indices, weights: Weights, out: Weights) -> None:
    """Add to out[b, j] the sum over i of amounts[b, i] x weight(i, j)."""
    for b in range(amounts.shape[0]):
        for i in range(amounts.shape[1]):
            amount = amounts[b, i]
            if amount == 0.0:
                continue
            for at in range(starts[i], starts[i + 1]):
                out[b, contacts[at]] += amount * weights[at]
