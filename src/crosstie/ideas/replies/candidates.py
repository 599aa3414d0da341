"""Which earlier messages a message could answer, and what speaks for each: one row a candidate; compiled.

The opening of a conversation is a candidate too: the message itself, always its last row. Imported only where
links are inferred: loading numba costs more than everything else at start-up.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.compiled import compiled
from crosstie.ideas.replies.looking_back import looked_back
from crosstie.ideas.replies.stream import Real, Stream, Whole


class Candidates(NamedTuple):
    """Candidates of every message, together; m rows.

    Attributes:
        starts: (n + 1,) where the rows of each message stand; the last row of each is its opening.
        parent: (m,) the earlier message, or the message itself where it opens.
        features: (m, F) see `features`.
    """

    starts: NDArray[np.int64]
    parent: Whole
    features: Real


def candidates(stream: Stream, manner: Real) -> Candidates:
    """Return the candidates of every message of a stream.

    Args:
        stream: the messages.
        manner: (n, 4) how each is said (`crosstie.ideas.replies.manner`).
    """
    before, after = _own_neighbours(stream.author, stream.authors)
    return Candidates(
        *looked_back(
            stream.author,
            stream.minutes,
            stream.named_at,
            stream.named,
            stream.word_at,
            stream.word,
            stream.rarity,
            stream.length,
            stream.marks,
            stream.authors,
            before,
            after,
            _obeys(stream),
            manner,
        )
    )


def _obeys(stream: Stream) -> Real:
    """Return of each author how often they write right after a command, as bots do."""
    after = np.zeros(len(stream), dtype=np.float64)
    after[1:] = (stream.marks[:-1] & 4) > 0
    wrote = np.bincount(stream.author, minlength=stream.authors)
    return (np.bincount(stream.author, weights=after, minlength=stream.authors) / (wrote + 1)).astype(
        np.float32
    )


@compiled
def _own_neighbours(author: Whole, authors: int) -> tuple[Whole, Whole]:
    """Return the message of the same author before and after each, -1 for none."""
    n = len(author)
    before, after = np.full(n, -1, np.int32), np.full(n, -1, np.int32)
    last = np.full(authors, -1, np.int32)
    for i in range(n):
        a = author[i]
        before[i] = last[a]
        if last[a] >= 0:
            after[last[a]] = i
        last[a] = i
    return before, after
