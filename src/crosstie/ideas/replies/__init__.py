"""Which earlier message each message of a flat chat answers, with a probability, where no source says so.

It knows columns of one stream at a time: who wrote when, whom they name, which words are rare there; texts
pass by and are not kept. Start with `stream.py`, then `inferring.py` (messages) and `answering.py` (people).
`candidates.py` and `conversations.py` say what is looked at, `model.py` what was learned, and from what.
"""

from __future__ import annotations

from crosstie.ideas.replies.answering import Answered, answered
from crosstie.ideas.replies.inferring import Replies, parents, replies
from crosstie.ideas.replies.stream import Stream, stream

__all__ = ["Answered", "Replies", "Stream", "answered", "parents", "replies", "stream"]
