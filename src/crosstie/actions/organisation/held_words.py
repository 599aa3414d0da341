"""The words that tables keep for states and kinds, as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from crosstie.actions.speaking import spoken
from crosstie.saying import mark

COLUMNS: Final = frozenset(
    {
        *("answer", "channel", "digest", "kind", "known_how", "language", "met", "relation", "role", "state"),
        *("verb", "verdict", "via"),
    }
)
"""Columns in which such a word stands, and never a word of somebody's own."""

WORDS: Final[Mapping[str, str]] = {
    **{word: word for word in ("member", "facilitator", "steward", "active", "known", "stated", "inferred")},
    "weekly": mark("every week"),
    "monthly": mark("every month"),
    "never": mark("never"),
    "en": mark("English"),
    "de": mark("German"),
    "employee": mark("employee"),
    "customer": mark("customer"),
    "partner": mark("partner"),
    "outside": mark("from outside"),
    "contact": mark("contact"),
    "turned_to": mark("turned to"),
    "learned": mark("learned"),
    "merge": mark("two accounts are one person"),
    "split": mark("an account is a person of its own"),
    "alias": mark("this name is shown"),
    "opt_out": mark("opted out"),
    "opt_in": mark("opted in again"),
    "open": mark("open"),
    "closed": mark("closed"),
    "waiting": mark("waiting"),
    "answered": mark("answered"),
    "passed": mark("passed on"),
    "not_mine": mark("not my subject"),
    "later": mark("later"),
    "withdrawn": mark("no longer asked"),
    "page": mark("on the page"),
    "mail": mark("by mail"),
    "webhook": mark("to the webhook"),
    "api": mark("by a program"),
    "right": mark("right"),
    "wrong": mark("wrong"),
    "unsure": mark("unsure"),
    "confirmed": mark("confirmed"),
    "missing": mark("was missing"),
    "not_me": mark("not me"),
    "no_longer": mark("not any more"),
    "yes": mark("yes"),
    "no": mark("no"),
    "preview": mark("not sent yet"),
    "planned": mark("planned"),
    "running": mark("running"),
    "over": mark("over"),
    "suggested": mark("suggested"),
    "agreed": mark("agreed"),
    "declined": mark("declined"),
    "lapsed": mark("lapsed"),
    "handed": mark("being sent"),
    "sent": mark("sent"),
    "unclear": mark("perhaps sent"),
    "failed": mark("failed"),
    "dropped": mark("dropped"),
    "invitation": mark("invitation"),
    "sign-in": mark("link to sign in"),
    "account": mark("about the account"),
    "asked": mark("question to you"),
    "again": mark("reminder"),
    "answer": mark("answer to you"),
    "accepted": mark("your answer helped"),
    "lifted": mark("alias lifted"),
    "thanks": mark("thanks to you"),
    "meeting": mark("meeting"),
    "called-off": mark("meeting called off"),
    "as-two": mark("meeting as two"),
    "did-you-meet": mark("whether you met"),
    "workshop": mark("workshop"),
    "digest": mark("digest"),
    "test": mark("test"),
    "joined": mark("joined"),
    "set up": mark("set up"),
    "invited": mark("invited"),
    "role changed": mark("role changed"),
    "let in again": mark("let in again"),
    "let in no more": mark("let in no more"),
    "letter dropped": mark("letter dropped"),
    "letter sent again": mark("letter sent again"),
    "alias lifting agreed": mark("agreed to lift an alias"),
    "alias lifted": mark("alias lifted"),
    "time zone chosen": mark("time zone chosen"),
    "holidays set": mark("holidays set"),
    "working time set": mark("working time set"),
    "token limit set": mark("how long tokens may hold set"),
    "token made": mark("token made"),
    "token revoked": mark("token revoked"),
    "programme drawn": mark("programme drawn"),
    "programme sent": mark("programme sent"),
    "programme dropped": mark("programme dropped"),
    "workshop made": mark("workshop made"),
}


def in_words(column: str, value: object) -> object:
    """Return a value as people read it, in the active language; what is no kept word stays as it is."""
    if column in COLUMNS and isinstance(value, str) and value in WORDS:
        return spoken(WORDS[value])
    return value
