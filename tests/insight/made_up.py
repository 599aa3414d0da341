"""A made-up firm of four groups that uses topics: by chance, or handed on from group to group."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from crosstie.insight.first_uses import Contacts, FirstUses
from crosstie.privacy import Kind, showable_kinds

DAY = 86_400_000_000
DAYS = 400
GROUPS, SIZE = 4, 20


@dataclass(frozen=True, kw_only=True)
class Firm:
    """Who is in which group, who was in contact, and who used what when."""

    kind: Kind
    contacts: Contacts
    uses: FirstUses

    @property
    def shown(self) -> list[NDArray[np.bool_]]:
        return showable_kinds([self.kind], 10)

    @property
    def ids(self) -> list[int]:
        return list(range(int(self.uses.topic.max(initial=0)) + 1))


def firm(seed: int = 1, *, topics: int = 6, size: int = SIZE, each: float = 0.7) -> Firm:
    """Return one whose people use every topic by chance alone.

    Some come late and some go early. Everybody knows about two people of each group, since whenever.
    """
    dice = np.random.default_rng(seed)
    people = GROUPS * size
    begins = np.where(dice.random(people) < 0.3, dice.integers(0, DAYS * DAY // 2, people), 0)
    ends = np.where(
        dice.random(people) < 0.2, dice.integers(3 * DAYS * DAY // 4, DAYS * DAY, people), DAYS * DAY
    )
    one, other = np.nonzero(np.triu(dice.random((people, people)) < 2 / size, 1))
    since = np.maximum(begins[one], begins[other])
    since += (dice.random(len(one)) * 0.3 * (np.minimum(ends[one], ends[other]) - since)).astype(np.int64)
    person, topic = np.nonzero(dice.random((people, topics)) < each)
    at = begins[person] + (dice.random(len(person)) * (ends[person] - begins[person])).astype(np.int64)
    return Firm(
        kind=Kind(group=np.repeat(np.arange(GROUPS), size), count=GROUPS),
        contacts=Contacts(
            person=np.concatenate([one, other]),
            other=np.concatenate([other, one]),
            since=np.concatenate([since, since]),
        ),
        uses=FirstUses(person=person, topic=topic, at=at, begins=begins, ends=ends, start=0),
    )


def handed_on(
    made: Firm, topic: int, giver: int, taker: int, *, seed: int = 2, days: int = 21, share: float = 0.8
) -> Firm:
    """Return the firm with a new topic: one group begins with it, and another has it from their contacts.

    Everybody else comes to it at any time after its first hundred days.
    """
    dice = np.random.default_rng(seed)
    uses, group = made.uses, made.kind.group
    at, rows = uses.at.copy(), np.flatnonzero(uses.topic == topic).tolist()
    for row in rows:
        person = uses.person[row]
        latest = 300 if group[person] == giver else DAYS
        when = int(dice.integers(100 * DAY, latest * DAY))
        at[row] = min(max(when, int(uses.begins[person])), int(uses.ends[person]))
    used_at = {int(uses.person[row]): int(at[row]) for row in rows}
    for row in rows:
        person = uses.person[row]
        if group[person] != taker:
            continue
        own = made.contacts.person == person
        known = zip(made.contacts.other[own].tolist(), made.contacts.since[own].tolist(), strict=True)
        met = [max(used_at[one], since) for one, since in known if one in used_at and group[one] == giver]
        if met and min(met) + days * DAY < uses.ends[person] and dice.random() < share:
            at[row] = max(min(met), int(uses.begins[person])) + int(dice.integers(1, days * DAY))
    return replace(made, uses=replace(uses, at=at))


def renumbered(made: Firm, *, seed: int = 3) -> Firm:
    """Return the same firm with people numbered and rows ordered otherwise."""
    dice = np.random.default_rng(seed)
    people = len(made.kind.group)
    number = dice.permutation(people)
    rows, pairs = dice.permutation(len(made.uses.at)), dice.permutation(len(made.contacts.since))
    back = np.argsort(number)
    return Firm(
        kind=replace(made.kind, group=made.kind.group[back]),
        contacts=Contacts(
            person=number[made.contacts.person[pairs]],
            other=number[made.contacts.other[pairs]],
            since=made.contacts.since[pairs],
        ),
        uses=replace(
            made.uses,
            person=number[made.uses.person[rows]],
            topic=made.uses.topic[rows],
            at=made.uses.at[rows],
            begins=made.uses.begins[back],
            ends=made.uses.ends[back],
        ),
    )
