"""What *Circle check* found: signs, what is withheld and why, and three openings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Sign(StrEnum):
    """What can be pointed out about a circle."""

    TOO_SMALL = "too small"
    CLOSING = "closing"
    ALL_ALIKE = "all alike"


class WithheldWhy(StrEnum):
    """Why something is not said."""

    FEW_MONTHS = "few months"
    JOINED_LATELY = "joined lately"
    AWAY = "away"
    FEW_TRACES = "few traces"
    FEW_COLLEAGUES = "few colleagues"
    FEW_CONTACTS = "few contacts"
    NO_GROUPS = "no groups"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One sign, with what it rests on.

    Attributes:
        sign: what is pointed out.
        now, before: the value now and two quarters ago: people met, separateness, or group diversity.
        low, high: the 90 % interval of the value now, by leaving out one contact after the other; None where
            it is a count or not known.
        contacts: people in the active circle.
        months: how many months were looked at.
        sentence: the same in plain words, to the person.
    """

    sign: Sign
    now: float
    before: float
    low: float | None
    high: float | None
    contacts: int
    months: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """Something that is not said, and why; `sign` is None where nothing is said at all."""

    sign: Sign | None
    why: WithheldWhy
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleCheck:
    """What is pointed out, and what is withheld; both empty where all is well."""

    findings: tuple[Finding, ...]
    withheld: tuple[Withheld, ...]


class Way(StrEnum):
    """A way to open a circle."""

    ASK = "ask"
    READ = "read"
    MEET = "meet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """One concrete thing to do.

    Attributes:
        way: what it is.
        key: the person or place.
        group: their unit, "" where unknown.
        is_new: whether it lies outside the present circle: a person not in it, a place not taken part in.
    """

    way: Way
    key: str
    group: str = ""
    is_new: bool = True


def openings(
    checked: CircleCheck, *, candidates: Iterable[Opening], usual_groups: frozenset[str]
) -> tuple[Opening, ...]:
    """Return one opening a way, for someone whose circle has a sign; none where nothing was pointed out.

    Of the candidates of a way the first is taken that is new and of a group beyond the usual ones; where
    there is none, the first that is new, then the first. A way without candidates is left out.

    Args:
        checked: what was found.
        candidates: someone to ask, places to read and introductions, the best of each first.
        usual_groups: groups with which most of the person's contact is.
    """
    if not checked.findings:
        return ()
    given = list(candidates)
    chosen = []
    for way in Way:
        able = [one for one in given if one.way is way]
        fresh = [one for one in able if one.is_new]
        beyond = [one for one in fresh if one.group and one.group not in usual_groups]
        chosen += (beyond or fresh or able)[:1]
    return tuple(chosen)


__all__ = ["CircleCheck", "Finding", "Opening", "Sign", "Way", "Withheld", "WithheldWhy", "openings"]
