"""A group of people into pairs who would hardly meet otherwise: a trio where one would be left over."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from crosstie.errors import UsageRefused
from crosstie.people.meeting import Bar, MeetingRules, Standing, standing
from crosstie.practice.matching import NOBODY, Allowed, Points, matched, trio_with

STRANGERS = 4
"""Points of two people who are not known to be in contact."""

ACROSS = 2
"""Points of two people of different known groups."""

NEVER_BEFORE = 1
"""Points of two people who were not brought together before."""


class Unplaced(StrEnum):
    """Why someone is in no pair, as a facilitator may read it: never who does not want whom."""

    NOT_TAKING_PART = "is not taking part"
    PAUSED = "has paused"
    AT_CAP = "has had as many meetings this month as they want"
    NOBODY_LEFT = "can be paired with nobody in this group just now"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Two people to bring together, or three.

    Attributes:
        people: person keys, sorted.
        strangers: how many of the pairs among them (one, or three) are not known to be in contact.
        across: how many of those pairs are of different groups.
    """

    people: tuple[str, ...]
    strangers: int
    across: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """A whole group, everyone either in one meeting or unplaced with a reason.

    Attributes:
        meetings: pairs, and a trio where the number is odd, sorted.
        unplaced: who is in none, and why, by key.
    """

    meetings: tuple[Meeting, ...]
    unplaced: Mapping[str, Unplaced]


_UNPLACED = {
    Bar.NOT_TAKING_PART: Unplaced.NOT_TAKING_PART,
    Bar.PAUSED: Unplaced.PAUSED,
    Bar.AT_CAP: Unplaced.AT_CAP,
}


def unplaced_by(allowed_by: Standing, person: str) -> Unplaced | None:
    """Return why a person is in no pair whatever the group; None if they can be in one."""
    bar = allowed_by.bar(person)
    return None if bar is None else _UNPLACED[bar]


def pair_up(
    people: Iterable[str],
    *,
    rules: MeetingRules,
    group_of: Mapping[str, str],
    in_contact: Iterable[tuple[str, str]],
    seed: int,
) -> Pairing:
    """Make pairs of a group, across groups and of people who do not know each other where that can be.

    Nobody who may meet somebody is left out: whoever is left over joins a pair, which becomes a trio. Rules
    are never bent for that: two who do not want to be paired, or met too lately, stand in no pair and in no
    trio. The order in which people are given makes no difference.

    Args:
        people: person keys of the group, each once.
        rules: who may meet whom.
        group_of: unit of each person; those without one count as of no other group.
        in_contact: pairs known to be in contact, from open evidence, since a facilitator sees the pairs.
        seed: chooses among equally good ones.

    Raises:
        UsageRefused: someone stands in the group twice.
    """
    everyone = list(people)
    if len(set(everyone)) < len(everyone):
        twice = sorted({person for person in everyone if everyone.count(person) > 1})
        raise UsageRefused(f"{len(twice)} people stand in the group twice.", hint="Name everyone once.")
    allowed_by = standing(rules)
    unplaced = {person: why for person in everyone if (why := unplaced_by(allowed_by, person)) is not None}
    # Drawn, so that it is not always the same people who come first; and the given order is of no account.
    free = sorted((person for person in everyone if person not in unplaced), key=lambda one: _lot(seed, one))
    known = {frozenset(pair) for pair in in_contact}
    allowed, points = _columns(free, allowed_by, group_of, known)
    partner = matched(allowed, points, seed=seed)
    meetings, left = _members(allowed, points, partner)
    unplaced |= {free[one]: Unplaced.NOBODY_LEFT for one in left}
    made = [
        _meeting([free[member] for member in members], group_of=group_of, known=known) for members in meetings
    ]
    return Pairing(
        meetings=tuple(sorted(made, key=lambda meeting: meeting.people)),
        unplaced=dict(sorted(unplaced.items())),
    )


def _lot(seed: int, person: str) -> bytes:
    return hashlib.sha256(f"{seed}\n{person}".encode()).digest()


def _columns(
    free: list[str], allowed_by: Standing, group_of: Mapping[str, str], known: set[frozenset[str]]
) -> tuple[Allowed, Points]:
    people = len(free)
    allowed = np.ones((people, people), dtype=np.bool_)
    np.fill_diagonal(allowed, val=False)
    names = sorted({group_of.get(person, "") for person in free})
    group = np.array([names.index(group_of.get(person, "")) for person in free], dtype=np.int64)
    has_group = np.array([bool(group_of.get(person, "")) for person in free], dtype=np.bool_)
    across = (group[:, None] != group[None]) & has_group[:, None] & has_group[None]
    points = np.full((people, people), STRANGERS + NEVER_BEFORE, dtype=np.int64) + ACROSS * across
    place = {person: row for row, person in enumerate(free)}
    for pairs, cost in ((known, STRANGERS), (allowed_by.before, NEVER_BEFORE), (allowed_by.apart, None)):
        for pair in pairs:
            if len(pair) == 2 and pair <= place.keys():  # noqa: PLR2004 - a pair
                one, other = (place[person] for person in pair)
                if cost is None:
                    allowed[one, other] = allowed[other, one] = False
                else:
                    points[one, other] -= cost
                    points[other, one] -= cost
    return allowed, points


def _members(allowed: Allowed, points: Points, partner: list[int]) -> tuple[list[list[int]], list[int]]:
    """Return the meetings of everyone, and those left over: who has no partner joins a pair if any can be."""
    trios: list[list[int]] = []
    for one in [person for person, other in enumerate(partner) if other == NOBODY]:
        trio = _join(one, allowed, points, partner) or trio_with(allowed, points, partner, left=one)
        if trio is None:
            continue
        for person in trio:
            partner[person] = NOBODY
        allowed[list(trio)] = False
        allowed[:, list(trio)] = False
        trios.append(list(trio))
    pairs = [[one, other] for one, other in enumerate(partner) if one < other]
    placed = {person for members in trios + pairs for person in members}
    return trios + pairs, [person for person in range(len(partner)) if person not in placed]


def _join(one: int, allowed: Allowed, points: Points, partner: list[int]) -> tuple[int, int, int] | None:
    """Return the best trio of someone left over and a pair that can take them; None where none can."""
    able = [
        (-int(points[one, [first, second]].sum()), first, second)
        for first, second in enumerate(partner)
        if first < second and allowed[one, first] and allowed[one, second]
    ]
    if not able:
        return None
    _, first, second = min(able)
    return one, first, second


def _meeting(people: list[str], *, group_of: Mapping[str, str], known: set[frozenset[str]]) -> Meeting:
    pairs = [(one, other) for row, one in enumerate(sorted(people)) for other in sorted(people)[row + 1 :]]
    units = [(group_of.get(one, ""), group_of.get(other, "")) for one, other in pairs]
    return Meeting(
        people=tuple(sorted(people)),
        strangers=sum(frozenset(pair) not in known for pair in pairs),
        across=sum(bool(one and other and one != other) for one, other in units),
    )


__all__ = ["Meeting", "Pairing", "Unplaced", "pair_up", "unplaced_by"]
