"""Whom each message answers: of its candidates, those of one other author together."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from crosstie.ideas.replies.inferring import Replies
from crosstie.ideas.replies.stream import Real, Whole


class Answered(NamedTuple):
    """At most one row a message; k rows in the order of messages.

    Attributes:
        message: (k,) which message.
        parent: (k,) the likeliest of the messages of whom it answers.
        probability: (k,) how likely it answers any of theirs.
    """

    message: Whole
    parent: Whole
    probability: Real


def answered(found: Replies, author: Whole) -> Answered:
    """Return whom each message answers most likely, whoever goes on with their own or opens being left out.

    Args:
        found: candidates of a stream.
        author: (n,) who wrote its messages.
    """
    others = author[found.message] != author[found.parent]
    message, parent, chance = (column[others] for column in found)
    # By message, author, and falling chance: the first of each message and author is the likeliest of theirs.
    order = np.lexsort((-chance, author[parent], message))
    message, parent, chance = message[order], parent[order], chance[order]
    pairs = np.stack([message, author[parent]])
    begins = np.flatnonzero((np.diff(pairs, prepend=-1) != 0).any(axis=0))
    if not len(begins):
        return Answered(message, parent, chance)
    total = np.add.reduceat(chance, begins)
    message, parent = message[begins], parent[begins]
    order = np.lexsort((parent, -total, message))
    best = order[np.diff(message[order], prepend=-1) != 0]
    return Answered(message[best], parent[best], np.minimum(total[best], np.float32(1)))
