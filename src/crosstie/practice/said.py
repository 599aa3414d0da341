"""How *Circle check* is said: plainly, to the person alone, and with what it may also mean."""

from __future__ import annotations

from crosstie.practice.checked import WithheldWhy
from crosstie.saying import Number, mark, say, say_count, together

_WITHHELD = {
    WithheldWhy.FEW_MONTHS: mark("There is too little to say yet: it takes nine months of traces."),
    WithheldWhy.JOINED_LATELY: mark(
        "You came less than nine months ago: a circle takes time, so nothing is said."
    ),
    WithheldWhy.AWAY: mark("You were away for a while, so a quieter circle means nothing."),
    WithheldWhy.FEW_TRACES: mark(
        "A smaller circle may come from missing traces alone, so nothing more is said about yours: it takes"
        " something that you did here in about six weeks of each of the last three quarters."
    ),
    WithheldWhy.FEW_COLLEAGUES: mark("There are too few colleagues here to compare with."),
    WithheldWhy.FEW_CONTACTS: mark(
        "With fewer than five people in your circle, single ones decide this figure."
    ),
    WithheldWhy.NO_GROUPS: mark("Which groups your contacts belong to is not known."),
}


def withheld(why: WithheldWhy) -> str:
    """Say why nothing is said."""
    return _WITHHELD[why]


def too_small(*, size: int, now: int, then: int) -> str:
    """Say that the circle became smaller, by people really met."""
    met = (
        say("You were in touch with nobody these three months, and with %(then)s half a year ago.", then=then)
        if now == 0
        else say_count(
            "You were in touch with one person these three months, and with %(then)s half a year ago.",
            "You were in touch with %(count)s people these three months, and with %(then)s half a year ago.",
            now,
            then=then,
        )
    )
    circle = (
        say("Nobody is in your circle now; most colleagues have more.")
        if size == 0
        else say_count(
            "Your circle is one person now, fewer than most colleagues have.",
            "Your circle is %(count)s people now, fewer than most colleagues have.",
            size,
        )
    )
    return together(
        met,
        circle,
        say(
            "That can be just right for a stretch of quiet work; if it is not, here are three ways to"
            " open it."
        ),
    )


def closing(*, now: float, then: float) -> str:
    """Say that the people in the circle are more and more in touch with one another."""
    return say(
        "The people in your circle are more and more in touch with one another: of every ten, %(now)s now"
        " count as a corner of their own, and half a year ago it was %(then)s. A close team may need that;"
        " new ideas come more easily from outside it.",
        now=Number(10 * now),
        then=Number(10 * then),
    )


def all_alike(*, now: float, then: float, thinking: bool | None) -> str:
    """Say that the circle stays within few groups, and what is known of how alike it thinks."""
    more = {
        True: say("They also write about much the same things as you."),
        False: "",
        None: say("How alike you think is not known here; this is about groups alone."),
    }[thinking]
    said = say(
        "Your contact is spread as if over %(now)s groups, less than that of most colleagues with about as"
        " many contacts, and no wider than half a year ago (%(then)s).",
        now=Number(now, digits=1),
        then=Number(then, digits=1),
    )
    return together(said, more)


__all__ = ["all_alike", "closing", "too_small", "withheld"]
