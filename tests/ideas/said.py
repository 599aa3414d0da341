"""Made-up messages."""

from __future__ import annotations

from collections.abc import Iterator

from crosstie.ideas.threads import Message

DAY = 86_400_000_000


def said(  # the columns of a message, each with a plain value
    number: int,
    author: str,
    text: str = "words",
    *,
    day: float = 0.0,
    thread: str = "",
    is_reply: bool = False,
    replies_to: str = "",
    asks: bool = False,
    place: str = "questions",
) -> Message:
    return Message(
        f"m{number}", author, place, int(day * DAY) + number, is_reply, thread, replies_to, asks, text
    )


def thread(
    number: int,
    asker: str,
    text: str,
    *answers: tuple[str, str],
    day: float = 0.0,
    place: str = "questions",
) -> Iterator[Message]:
    """A question and its answers; takes the numbers from `number` on."""
    yield said(number, asker, text, day=day, thread=f"t{number}", place=place)
    for row, (author, words) in enumerate(answers, start=1):
        yield said(number + row, author, words, day=day, thread=f"t{number}", is_reply=True, place=place)
