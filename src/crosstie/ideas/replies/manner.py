"""How a text is said, whatever it is about: as one opens, goes on, or asks; a sum over its signs."""

from __future__ import annotations

import numpy as np

from crosstie.ideas.compiled import compiled
from crosstie.ideas.replies.stream import Real, Stream, Whole

WAYS = ("opens", "goes_on_own", "is_answered", "is_continued")
"""What texts are told apart by: opens a conversation; goes on with what its author said; somebody else
answers it; its author goes on with it."""


def manner(stream: Stream, weights: Real) -> Real:
    """Return (n, W) the logarithm of the odds of each of `WAYS`, by its text alone.

    Args:
        stream: the messages.
        weights: (BUCKETS + 1, W) what each sign adds, and last what stands for all.
    """
    return _manner(stream.sign_at, stream.sign, weights)


@compiled
def _manner(sign_at: Whole, sign: Whole, weights: Real) -> Real:
    said = np.empty((len(sign_at) - 1, weights.shape[1]), np.float32)
    for i in range(len(said)):
        said[i] = weights[-1]
        for at in range(sign_at[i], sign_at[i + 1]):
            said[i] += weights[sign[at]]
    return said
