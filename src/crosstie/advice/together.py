"""Who took part in the same conversations: a sign of nearness where two have not spoken to each other yet."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from crosstie.network.circles import Circles, sums
from crosstie.network.network import Weights

MOST = 10
"""Conversations of more people say nothing of any two of them."""


def together_of(
    conversation: NDArray[np.int64], person: NDArray[np.int64], weight: Weights, *, people: int
) -> Circles:
    """Return how much each two people took part in the same conversations, symmetric.

    A conversation of n people gives each two of them its weight divided by n - 1, so that each person shares
    out as much; those of more than `MOST` give nothing.

    Args:
        conversation: (n,) numbers of conversations, of each that a person took part in.
        person: (n,) who took part; a pair of both may stand there more than once.
        weight: (n,) what the conversation counts, such as its decay; the largest of it.
        people: how many people there are.
    """
    order = np.lexsort((-weight, person, conversation))
    conversation, person, weight = conversation[order], person[order], weight[order]
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = (conversation[1:] != conversation[:-1]) | (person[1:] != person[:-1])
    conversation, person, weight = conversation[first], person[first], weight[first]
    _, number, size = np.unique(conversation, return_inverse=True, return_counts=True)
    small = (size <= MOST)[number]
    number, person, weight = number[small], person[small], weight[small]
    lows, highs, amounts = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], [np.zeros(0)]
    for apart in range(1, MOST):
        same = np.flatnonzero(number[apart:] == number[:-apart])
        lows.append(person[same])
        highs.append(person[same + apart])
        both = np.maximum(weight[same], weight[same + apart])
        amounts.append(both / (size[number[same]] - 1))
    return _symmetric(np.concatenate(lows), np.concatenate(highs), np.concatenate(amounts), people)


def _symmetric(low: NDArray[np.int64], high: NDArray[np.int64], amount: Weights, people: int) -> Circles:
    pair, number = np.unique(low * people + high, return_inverse=True)
    summed = sums(number, amount, people=len(pair))
    row = np.concatenate([pair // people, pair % people])
    column = np.concatenate([pair % people, pair // people])
    order = np.lexsort((column, row))
    starts = np.zeros(people + 1, dtype=np.int64)
    np.cumsum(np.bincount(row, minlength=people), out=starts[1:])
    return Circles(
        starts=starts,
        contacts=column[order].astype(np.int32),
        weights=np.concatenate([summed, summed])[order],
    )


__all__ = ["MOST", "together_of"]
