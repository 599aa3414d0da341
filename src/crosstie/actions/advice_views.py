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


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Someone on a panel.

    Attributes:
        helper: who, why them, the way to them, and their answers.
        brings: what they bring to it, in sentences; never what they think.
    """

    helper: Helper
    brings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A few people who know a matter and come to it from different sides.

    Attributes:
        seats: by name: no one of them comes first.
        wanted: how many were wanted; fewer where the rules of a panel leave no more.
        is_ready: whether earlier questions can be looked through already; without it nobody is found.
        has_failed: where they cannot: whether making that possible failed when it was last tried.
        how: how it was made, in words.
        measured: how good panels were where that can be checked.
        cautions: what it does not say.
    """

    seats: tuple[Seat, ...]
    wanted: int
    is_ready: bool
    has_failed: bool
    how: str
    measured: str
    cautions: tuple[str, ...]
