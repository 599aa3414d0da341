"""From chances to one parent a message: stay with your partner; compiled.

Message by message in order of time, a message goes where all of a conversation's candidates together are
likeliest, and there to the likeliest of them. Left to themselves, single links break conversations whose last
words are alike.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.compiled import compiled
from crosstie.ideas.replies.stream import Real, Whole

TOGETHER = np.float32(0.75)
"""How far the chance of a whole conversation counts, and not that of its one candidate."""

OPENING = 0.75
"""What the chance of an opening is multiplied with in the last decision: one too many costs more than one too
few, since it also breaks what follows."""


@compiled
def decided(
    starts: NDArray[np.int64], parents: Whole, chance: Real, opening_counts: float
) -> tuple[NDArray[np.int64], Whole]:
    """Decide what each message answers.

    Args:
        starts: (n + 1,) where the rows of each message stand; the last is its opening.
        parents: (m,) the earlier message.
        chance: (m,) how likely it is.
        opening_counts: what the chance of an opening is multiplied with.

    Returns:
        (n,) the row that is chosen, and (n,) the message that opens the conversation.
    """
    n = len(starts) - 1
    chosen, opening = np.empty(n, np.int64), np.empty(n, np.int32)
    mass = np.zeros(n, np.float32)
    for i in range(n):
        last = starts[i + 1] - 1
        for row in range(starts[i], last):
            mass[opening[parents[row]]] += chance[row]
        best, most = last, opening_counts * chance[last]
        for row in range(starts[i], last):
            score = TOGETHER * mass[opening[parents[row]]] + (1 - TOGETHER) * chance[row]
            if score > most:
                best, most = row, score
        for row in range(starts[i], last):
            mass[opening[parents[row]]] = 0.0
        chosen[i] = best
        opening[i] = i if best == last else opening[parents[best]]
    return chosen, opening
