"""What letters may be about, one line each: no other letter is written. The works council reads it too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from crosstie.saying import mark

LETTER_KINDS: Final[Mapping[str, str]] = {
    "invitation": mark("An invitation, to the address that a steward named or its owner gave."),
    "sign-in": mark("A link to sign in, to a member who asked for it."),
    "account": mark("About one's password or address, to a member who changes them."),
    "asked": mark("A question, to each member who was chosen to be asked, with the reasons why them."),
    "again": mark("The same question once more, to a member who said “later”."),
    "answer": mark("An answer, to the one who asked."),
    "accepted": mark("That an answer helped, to the one who gave it."),
    "lifted": mark("That an alias was lifted, and why, to the one who had it."),
    "thanks": mark("That someone learned from them, to the one who was thanked."),
    "suggested": mark(
        "That introductions are suggested, to a member who welcomes them, once a week at most."
    ),
    "meeting": mark("A meeting that both agreed to, with a calendar file, to both."),
    "called-off": mark("That a meeting is off, to the others."),
    "as-two": mark("That three became two, to those who remain."),
    "did-you-meet": mark("“Did you meet?”, to each of them, some days later."),
    "workshop": mark("The week's activity, to those who take part in a workshop."),
    "digest": mark("The digest, to a member, weekly, monthly or never, as they choose."),
    "test": mark("A test of the mail settings, to the address that a steward names."),
}

WITH_A_WAY_IN: Final = frozenset({"invitation", "sign-in", "account"})
"""Letters whose link lets in whoever has it: their words are not kept once they went out."""
