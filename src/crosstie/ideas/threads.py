"""What is a question and what an answer, in a stream of messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

QUIET_DAYS = 14.0
"""Days of silence after which a message of an old thread that asks is a question of its own."""

_MICROSECONDS_A_DAY = 86_400_000_000


class Act(StrEnum):
    """What somebody did: spoke, wrote a change, or had a part in one by reviewing it or helping with it."""

    SAID = "said"
    WROTE = "wrote"
    REVIEWED = "reviewed"


class Message(NamedTuple):
    """One message of an open place.

    Attributes:
        external_id: the record's.
        author: a person's key, "" for someone of whom nothing may be found.
        place: the record's.
        at: microseconds since 1970.
        is_reply: whether its source says that it answers something.
        thread: the conversation, "" if none.
        replies_to: external id of the message answered, "" if unknown.
        asks: whether its text asks.
        text: the words.
        link: where to look at it, "" if nowhere.
        act: speech, unless it is work.
        files: names of the files that a change touched, where they are known.
    """

    external_id: str
    author: str
    place: str
    at: int
    is_reply: bool
    thread: str
    replies_to: str
    asks: bool
    text: str
    link: str = ""
    act: Act = Act.SAID
    files: tuple[str, ...] = ()


class Question(NamedTuple):
    """A message that opens a thread, or that asks where an old one had gone quiet; numbered from 1."""

    number: int
    message: Message


class Answer(NamedTuple):
    """A message of somebody else to the question of that number."""

    question: int
    message: Message


@dataclass(slots=True)
class _Open:
    """Where a conversation, or a change, stands: its question (0 if none), who asked, its last message."""

    question: int
    asker: str
    last_at: int
    is_change: bool = False


def questions_and_answers(  # noqa: C901 -- one loop
    messages: Iterable[Message], *, quiet_days: float = QUIET_DAYS
) -> Iterator[Question | Answer]:
    """Yield the questions and the answers in messages, each as soon as it is there.

    The question of a thread is its first message, unless that answers something that is not here. Later, a
    message that asks is a question of its own where the thread was quiet for `quiet_days`. Whatever others
    write until then is an answer; what the asker adds is neither. Without a thread, a message that asks is a
    question; its answers are those that name it, and what follows in the thread that such a one begins.

    A change stands where a question does, and whoever wrote, reviewed or helped with it where an answer does:
    they know about it. Their answers have no words of their own.

    Args:
        messages: in order of time. Memory grows with the number of threads, not of messages.
        quiet_days: see above.
    """
    threads: dict[str, _Open] = {}
    alone: dict[str, _Open] = {}
    quiet, asked = quiet_days * _MICROSECONDS_A_DAY, 0
    for message in messages:
        if message.act is not Act.SAID:
            known = threads.get(message.thread)
            if message.act is Act.WROTE and known is None:
                asked += 1
                known = threads[message.thread] = _Open(asked, message.author, message.at, is_change=True)
                yield Question(asked, message)
            if known is not None and known.is_change and message.author:
                yield Answer(known.question, message._replace(text="", files=()))
            continue
        if not message.thread:
            known = alone.get(message.replies_to) if message.replies_to else None
            if known is None and message.asks:
                asked += 1
                alone[message.external_id] = _Open(asked, message.author, message.at)
                yield Question(asked, message)
        else:
            known = threads.get(message.thread)
            if known is None and message.replies_to in alone:
                # The question stood alone, and only its answers name the thread that it began.
                known = threads[message.thread] = alone[message.replies_to]
            is_first = known is None
            if known is None:
                known = threads[message.thread] = _Open(0, message.author, message.at)
            opens = not message.is_reply if is_first else message.asks and message.at - known.last_at >= quiet
            known.last_at = message.at
            if opens:
                asked += 1
                known.question, known.asker = asked, message.author
                yield Question(asked, message)
                continue
        if known is not None and known.question and message.author and message.author != known.asker:
            yield Answer(known.question, message)
