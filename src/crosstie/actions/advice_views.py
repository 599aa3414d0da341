"""What *Ask* shows: plain values, already through the gate."""

from __future__ import annotations

from dataclasses import dataclass

from crosstie.actions.views import Original, PersonCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Helper:
    """Someone likely to help.

    Attributes:
        person: who.
        reasons: why, in sentences that both the asker and this person may read.
        path: the way to them through people the viewer knows, for the viewer's eyes; "" where open ties show
            none.
        evidence: the answers of theirs that speak for them, nearest first; from open places.
    """

    person: PersonCard
    reasons: tuple[str, ...]
    path: str
    evidence: tuple[Original, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An earlier question with its best answers, from open places."""

    question: Original
    answers: tuple[Original, ...]
    more: int  # answers that are not shown here
