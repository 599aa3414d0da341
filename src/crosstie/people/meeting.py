"""Who may be brought together with whom on a day: joined, not paused, below a cap, not too soon again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations
from typing import TypeAlias

Pair: TypeAlias = frozenset[str]
"""Two different person keys."""

CAP_DAYS = 30
"""The cap counts the meetings of so many days."""


class Stage(StrEnum):
    """How far bringing people together came."""

    SUGGESTED = "suggested"  # shown to one of them, nobody was asked
    ASKED = "asked"
    DECLINED = "declined"
    MET = "met"


class Bar(StrEnum):
    """Why a person cannot be brought together with anybody."""

    NOT_TAKING_PART = "not taking part"  # did not join, or opted out: which of the two is nobody's business
    PAUSED = "paused"
    AT_CAP = "at cap"


@dataclass(frozen=True, slots=True, kw_only=True)
class PastMeeting:
    """People who were suggested to one another, asked to meet, or met: one row a meeting, its latest stage.

    Attributes:
        people: two or three person keys.
        on: the day of the latest stage.
        stage: how far it came.
    """

    people: tuple[str, ...]
    on: date
    stage: Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRules:
    """What holds on a day; people by their keys.

    Attributes:
        on: the day.
        joined: everyone who joined and has not left; nobody else is ever brought together.
        opted_out: who opted out, even if they stand in `joined`.
        paused: who paused, and the last day of it; None where it has no end.
        do_not_pair: pairs that either of the two does not want, in either order.
        past: what was before; rows of any age.
        caps: how many meetings in 30 days a person wants at most, where they said so.
        cap: the same for everyone who said nothing.
        days_apart: the same two are not brought together again for so many days.
    """

    on: date
    joined: frozenset[str]
    opted_out: frozenset[str] = frozenset()
    paused: Mapping[str, date | None] = field(default_factory=dict)
    do_not_pair: frozenset[tuple[str, str]] = frozenset()
    past: tuple[PastMeeting, ...] = ()
    caps: Mapping[str, int] = field(default_factory=dict)
    cap: int = 2
    days_apart: int = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the rules come to.

    Attributes:
        free: everyone who can be brought together with somebody.
        paused, at_cap: those who joined and cannot, by reason.
        apart: pairs that must not be brought together now, unwanted or too soon, without saying which.
        before: pairs that were ever asked or met; they may be again, and new ones are better.
    """

    free: frozenset[str]
    paused: frozenset[str]
    at_cap: frozenset[str]
    apart: frozenset[Pair]
    before: frozenset[Pair]

    def bar(self, person: str) -> Bar | None:
        """Return why a person cannot be brought together with anybody; None if they can."""
        if person in self.free:
            return None
        if person in self.paused:
            return Bar.PAUSED
        return Bar.AT_CAP if person in self.at_cap else Bar.NOT_TAKING_PART

    def may_meet(self, one: str, other: str) -> bool:
        """Say whether these two may be brought together."""
        both = frozenset((one, other))
        return len(both) == 2 and both <= self.free and both not in self.apart  # noqa: PLR2004 - a pair


def standing(rules: MeetingRules) -> Standing:
    """Return what the rules come to. Pure; a meeting on a later day than the rules' counts as planned."""
    taking_part = rules.joined - rules.opted_out
    paused = frozenset(
        person
        for person, until in rules.paused.items()
        if person in taking_part and (until is None or until >= rules.on)
    )
    counts: dict[str, int] = {}
    apart = {frozenset(pair) for pair in rules.do_not_pair}
    before: set[Pair] = set()
    for meeting in rules.past:
        pairs = {frozenset(pair) for pair in combinations(meeting.people, 2)}
        if meeting.on > rules.on - timedelta(days=rules.days_apart):
            apart |= pairs
        if meeting.stage is Stage.SUGGESTED:
            continue
        before |= pairs
        if meeting.on > rules.on - timedelta(days=CAP_DAYS):
            for person in set(meeting.people):
                counts[person] = counts.get(person, 0) + 1
    at_cap = frozenset(
        person for person in taking_part if counts.get(person, 0) >= rules.caps.get(person, rules.cap)
    )
    return Standing(
        free=taking_part - paused - at_cap,
        paused=paused,
        at_cap=at_cap - paused,
        apart=frozenset(apart),
        before=frozenset(before),
    )


__all__ = ["Bar", "MeetingRules", "Pair", "PastMeeting", "Stage", "Standing", "standing"]
