"""Infer which earlier message each message of a flat chat answers, with a probability."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from crosstie.ideas.replies.stream import Real, Stream, Whole

BLOCK = 4_000
"""So many messages are looked at together; what their candidates take, some 150 MB, is the most held."""

BEFORE, AFTER = 500, 60
"""So many before and after a block are looked at with it: further ones tell next to nothing."""


class Replies(NamedTuple):
    """The candidates that are worth keeping, by message; k rows.

    Attributes:
        message: (k,) which message.
        parent: (k,) what it answers; the message itself where it opens a conversation.
        chance: (k,) how likely that is. Over all candidates of a message, its opening too, it sums to 1.
    """

    message: Whole
    parent: Whole
    chance: Real


def replies(stream: Stream) -> Replies:
    """Return for each message the earlier messages that it likely answers, or that it opens.

    Of two that answer one another before and after, both are likelier
    (`crosstie.ideas.replies.conversations`), so a message's candidates are certain once `AFTER` more have
    been written. Nothing is learned from the stream.
    """
    blocks = [_block(stream, start) for start in range(0, len(stream), BLOCK)]
    if not blocks:
        return Replies(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.float32))
    return Replies(*(np.concatenate(column) for column in zip(*blocks, strict=True)))


def parents(found: Replies, messages: int) -> Whole:
    """Return (n,) what each message is held to answer, itself where it opens (see `deciding`)."""
    from crosstie.ideas.replies.deciding import OPENING, decided

    starts = np.searchsorted(found.message, np.arange(messages + 1))
    chosen, _ = decided(starts, found.parent, found.chance, OPENING)
    return found.parent[chosen]


def _block(stream: Stream, start: int) -> Replies:
    from crosstie.ideas.replies.candidates import candidates
    from crosstie.ideas.replies.conversations import in_conversations
    from crosstie.ideas.replies.manner import manner
    from crosstie.ideas.replies.model import model
    from crosstie.ideas.replies.trees import asked, chances

    learned = model()
    first, last = max(0, start - BEFORE), min(len(stream), start + BLOCK + AFTER)
    seen = part(stream, first, last)
    found = candidates(seen, manner(seen, learned.manner))
    chance = chances(found.starts, asked(found.features, learned.first))
    told = in_conversations(seen, found, chance)
    message = np.repeat(np.arange(len(seen), dtype=np.int32), np.diff(found.starts))
    kept = (chance >= learned.floor) | (found.parent == message)
    kept &= (message >= start - first) & (message < start - first + BLOCK)
    rows = np.concatenate([found.features[kept], told[kept]], axis=1)
    message, parent = message[kept], found.parent[kept]
    starts = np.flatnonzero(np.diff(message, prepend=-1, append=-1)).astype(np.int64)
    said = asked(rows, learned.second) / learned.temperature
    return Replies(message + np.int32(first), parent + np.int32(first), chances(starts, said))


def part(stream: Stream, first: int, last: int) -> Stream:
    """Return some messages of a stream, with the rarity of words in all of it."""
    return replace(
        stream,
        author=stream.author[first:last],
        minutes=stream.minutes[first:last],
        named_at=stream.named_at[first : last + 1],
        word_at=stream.word_at[first : last + 1],
        sign_at=stream.sign_at[first : last + 1],
        length=stream.length[first:last],
        marks=stream.marks[first:last],
    )
