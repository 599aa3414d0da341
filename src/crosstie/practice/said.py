"""How *Circle check* is said: plainly, to the person alone, and with what it may also mean."""

from __future__ import annotations

from crosstie.practice.checked import WithheldWhy

_WITHHELD = {
    WithheldWhy.FEW_MONTHS: "There is too little to say yet: it takes nine months of traces.",
    WithheldWhy.JOINED_LATELY: "You came less than nine months ago: a circle takes time, so nothing is said.",
    WithheldWhy.AWAY: "You were away for a while, so a quieter circle means nothing.",
    WithheldWhy.FEW_TRACES: "Too little of these months left a trace here to say anything about your circle.",
    WithheldWhy.FEW_COLLEAGUES: "There are too few colleagues here to compare with.",
    WithheldWhy.FEW_CONTACTS: "With fewer than five people in your circle, single ones decide this figure.",
    WithheldWhy.NO_GROUPS: "Which groups your contacts belong to is not known.",
}


def withheld(why: WithheldWhy) -> str:
    """Say why nothing is said."""
    return _WITHHELD[why]


def too_small(*, size: int, now: int, then: int) -> str:
    """Say that the circle became smaller, by people really met."""
    with_whom = "nobody" if now == 0 else "one person" if now == 1 else f"{now} people"
    circle = "nobody" if size == 0 else "one person" if size == 1 else f"{size} people"
    return (
        f"You were in touch with {with_whom} these three months, and with {then} half a year ago. "
        f"Your circle is {circle} now, fewer than most colleagues have. "
        "That can be just right for a stretch of quiet work; if it is not, here are three ways to open it."
    )


def closing(*, now: float, then: float) -> str:
    """Say that the people in the circle are more and more in touch with one another."""
    return (
        "The people in your circle are more and more in touch with one another: of every ten, "
        f"{_ten(now)} now count as a corner of their own, and half a year ago it was {_ten(then)}. "
        "A close team may need that; new ideas come more easily from outside it."
    )


def all_alike(*, now: float, then: float, thinking: bool | None) -> str:
    """Say that the circle stays within few groups, and what is known of how alike it thinks."""
    more = {
        True: "They also write about much the same things as you.",
        False: "",
        None: "How alike you think is not known here; this is about groups alone.",
    }[thinking]
    said = (
        f"Your contact is spread as if over {now:.1f} groups, less than that of most colleagues with about "
        f"as many contacts, and no wider than half a year ago ({then:.1f})."
    )
    return f"{said} {more}".strip()


def _ten(share: float) -> str:
    return f"{10 * share:.0f}"


__all__ = ["all_alike", "closing", "too_small", "withheld"]
