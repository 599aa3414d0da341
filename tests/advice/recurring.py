"""Made-up questions: two that come again in other words, among many that were asked once."""

from __future__ import annotations

import random
from collections.abc import Sequence

from crosstie.ideas import Index, NewIndex
from crosstie.ideas.threads import Answer, Message, Question

people = tuple(f"p{number}" for number in range(12))
RECURRING = {
    "badge": (
        "The turnstile refuses my badge, who can renew the badge?",
        "Who can renew my badge? The turnstile refuses the badge.",
        "My badge is refused by the turnstile. Who renews a badge?",
        "Turnstile refuses badge: who can renew it?",
        "Who renews the badge that the turnstile refuses?",
    ),
    "vpn": (
        "The tunnel drops after an hour, is it the certificate of the tunnel?",
        "Tunnel drops after an hour. Is it the certificate?",
        "Is it the certificate when the tunnel drops after an hour?",
        "After an hour the tunnel drops: the certificate?",
    ),
}
ANSWERS = {
    "badge": "Go to the turnstile desk, they renew the badge at once.",
    "vpn": "The certificate of the tunnel is renewed on the key page; then it drops no more.",
}
_DAY = 86_400_000_000
_SYLLABLES = ("ka", "lo", "mi", "ru", "te", "so", "ba", "ne", "di", "gu")


def put(
    who: Sequence[str] = people, *, times: int = 120, other: str = "", seed: int = 5
) -> list[Question | Answer]:
    """Return questions and answers in order of time, one a day; every recurring one is asked by another."""
    dice = random.Random(seed)
    at_day = {10 + 11 * row: ("badge", row) for row in range(5)} | {
        15 + 11 * row: ("vpn", row) for row in range(4)
    }
    told: list[Question | Answer] = []
    for day in range(times):
        name, row = at_day.get(day, ("other", day))
        words = [_word(dice) for _ in range(6)]
        text = RECURRING[name][row] if name != "other" else other or f"How does {' '.join(words)} work?"
        said = ANSWERS[name] if name != "other" else f"It takes {' '.join(words[:4])}."
        key = f"{name}-{row}"
        asker, helper = who[day % len(who)], who[(day + 5) % len(who)]
        told.append(Question(day + 1, _message(key, asker, day * _DAY, text, thread=key)))
        told.append(Answer(day + 1, _message(f"{key}-a", helper, day * _DAY + _DAY // 4, said, thread=key)))
    return told


def index_of(told: Sequence[Question | Answer]) -> Index:
    """Return an index of it, in memory."""
    index = NewIndex(":memory:")
    index.add(told)
    index.settle()
    return index


def _message(key: str, author: str, at: int, text: str, *, thread: str) -> Message:
    return Message(key, author, "place", at, False, thread, "", True, text, f"https://chat.example/{key}")


def _word(dice: random.Random) -> str:
    return "".join(dice.choice(_SYLLABLES) for _ in range(4))
