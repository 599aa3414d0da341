"""Made-up talk about three things in two places, by twelve people."""

from __future__ import annotations

import random
from collections.abc import Iterator

from crosstie.ideas.threads import Message

DAY = 86_400_000_000
PLACES = {"c1": "workshop floor", "c2": "office", "c3": "kitchen"}
_TEXTS = {
    "bearings": (
        "spindle bearing preload grease shaft wobble seat caliper guide housing seal torque clamp "
        "spring bolt washer thread lathe mill chuck burr chip insert coolant alignment tolerance "
        "fit sleeve piston cover datum plate "
    ),
    "invoices": (
        "invoice ledger payment booking account supplier credit balance period audit currency tax "
        "refund reminder bank transfer receipt voucher budget forecast margin discount quarter "
        "statement cost asset liability depreciation payroll expense claim approval "
    ),
    "sensors": (
        "sensor gauge probe encoder noise channel signal shield ground zero drift voltage amplifier "
        "filter cable antenna calibration resolution sampling bridge strain pressure humidity "
        "thermocouple display firmware battery bus register interrupt timing clock "
    ),
}
ABOUT = {name: text.split() for name, text in _TEXTS.items()}
WHERE = {"bearings": "c1", "invoices": "c2", "sensors": "c1"}
COMMON = (
    "the",
    "it",
    "is",
    "with",
    "and",
    "we",
    "have",
    "this",
    "when",
    "then",
    "please",
    "look",
    "again",
    "here",
    "after",
    "before",
)


def said(number: int, author: str, text: str, *, thread: str = "", place: str = "c1", day: float = 0.0,
         replies_to: str = "", link: str = "") -> Message:  # fmt: skip
    return Message(
        external_id=f"m{number:05}",
        author=author,
        place=place,
        at=int(day * DAY),
        is_reply=bool(replies_to),
        thread=thread,
        replies_to=replies_to,
        asks=False,
        text=text,
        link=link,
    )


def talk(threads: int = 90, *, messages: int = 4, seed: int = 1, first_day: float = 0.0) -> Iterator[Message]:
    """Yield threads about one thing each, in turn; the thread's id begins with it."""
    dice = random.Random(seed)
    number = int(first_day * 1_000)
    for thread in range(threads):
        about = list(ABOUT)[thread % len(ABOUT)]
        for _ in range(messages):
            words = dice.sample(ABOUT[about], 5) + dice.sample(COMMON, 6)
            dice.shuffle(words)
            yield said(
                number,
                f"p{dice.randrange(12)}",
                " ".join(words),
                thread=f"{about}-{seed}-{thread}",
                place=WHERE[about],
                day=first_day + thread + number % 7 / 100,
            )
            number += 1
