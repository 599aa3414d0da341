"""How alike the words of a message and of those before it are, rare words counting most; compiled."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.compiled import compiled
from crosstie.ideas.replies.stream import Real, Whole


@compiled
def weights(word_at: Whole, word: Whole, rarity: Real) -> NDArray[np.float64]:
    """Return (n,) the rarity of the words of each message together."""
    weight = np.zeros(len(word_at) - 1, np.float64)
    for i in range(len(weight)):
        for at in range(word_at[i], word_at[i + 1]):
            weight[i] += rarity[word[at]]
    return weight


@compiled
def compare(  # noqa: PLR0917 - columns in, columns filled
    i: int,
    oldest: int,
    word_at: Whole,
    word: Whole,
    rarity: Real,
    weight: NDArray[np.float64],
    has_word: Whole,
    overlap: Real,
    rarest: Real,
    likeness: Real,
) -> None:
    """Compare a message with those from `oldest` on; the last three columns are filled, by how far back.

    Filled are the rarity of the words that both have, that of the rarest of them, and the first by the
    geometric mean of what either has. `has_word` is by word, and remembers for which message (plus 1) it was
    set.
    """
    for at in range(word_at[i], word_at[i + 1]):
        has_word[word[at]] = i + 1
    for j in range(i - 1, oldest - 1, -1):
        shared = largest = 0.0
        for at in range(word_at[j], word_at[j + 1]):
            if has_word[word[at]] == i + 1:
                shared += rarity[word[at]]
                largest = max(largest, rarity[word[at]])
        overlap[i - j] = shared
        rarest[i - j] = largest
        likeness[i - j] = shared / np.sqrt((weight[i] + 1.0) * (weight[j] + 1.0))
