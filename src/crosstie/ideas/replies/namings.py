"""Who named whom, in one message and in all before it; compiled."""

from __future__ import annotations

from crosstie.ideas.compiled import compiled
from crosstie.ideas.replies.stream import Whole

TOLD = 40
"""How many earlier namings of or by its author are looked at."""


@compiled
def calls_by(named_at: Whole, named: Whole, i: int, who: int) -> int:
    """Say whether a message names someone: 3 first, 2 later, 1 names others alone, 0 nobody."""
    start, end = named_at[i], named_at[i + 1]
    if start == end:
        return 0
    if named[start] == who:
        return 3
    for at in range(start + 1, end):
        if named[at] == who:
            return 2
    return 1


@compiled
def recall(  # noqa: PLR0917 - columns in, columns filled
    last: int, with_whom: Whole, in_message: Whole, earlier: Whole, told: Whole, told_at: Whole
) -> None:
    """Count how often an author named each other or was named by them, and in which message last.

    The namings of each author are a chain: who it was with, in which message, and the one before.
    """
    step = last
    for _ in range(TOLD):
        if step < 0:
            break
        other = with_whom[step]
        told[other] += 1
        told_at[other] = max(told_at[other], in_message[step])
        step = earlier[step]


@compiled
def leave(last: int, with_whom: Whole, earlier: Whole, told: Whole, told_at: Whole) -> None:
    """Clear what `recall` counted."""
    step = last
    for _ in range(TOLD):
        if step < 0:
            break
        told[with_whom[step]] = 0
        told_at[with_whom[step]] = -1
        step = earlier[step]
