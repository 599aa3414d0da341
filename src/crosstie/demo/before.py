"""How things stand on the first morning: what people know, what they do, whom they know, how they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crosstie.demo.dice import Dice
from crosstie.demo.people import MANAGEMENT, NEIGHBOURS, TEAMS, Person
from crosstie.demo.speech import Topic
from crosstie.demo.truth import Planted

_TEAMS = {team.name: team for team in TEAMS}
_EVERYONES = ("expenses", "travel", "billing", "training")
_OUTSIDERS_TASKS = ("calibration", "troubleshooting", "customer onboarding", "suppliers")
_TOWARDS_OUTSIDE = frozenset({"Support", "Sales", "Supply"})
_RIPENESS = {"Associate": 0.45, "Specialist": 0.9, "Senior specialist": 1.12}
STRANGER = (0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Temper:
    """How a person is: drawn once, and it stays.

    Attributes:
        curious: how often a working day brings something they cannot do alone.
        helpful: how likely they answer when asked.
        chatty: how much they write that has nothing to do with work.
        ways: how much they like to ask in a channel, in chat, by mail, at the desk, in a call, and nobody.
        makes: how likely a working day ends with a change for others to review.
    """

    curious: float
    helpful: float
    chatty: float
    ways: tuple[float, ...]
    makes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tasks:
    """Numbers of the topics a person meets: their team's, their department's, other departments'."""

    own: list[int]
    near: list[int]
    far: list[int]


class Before:
    """Draws the first morning. People and topics are given by their number."""

    def __init__(
        self, people: Sequence[Person], planted: Planted, topics: Sequence[Topic], dice: Dice
    ) -> None:
        self._people, self._planted, self._topics, self._dice = people, planted, topics, dice
        self._numbers = {person.id: number for number, person in enumerate(people)}
        self._leads = {person.manager for person in people}
        self._reliable = frozenset((*planted.brokers, planted.leaving))
        self._closed = frozenset(planted.closed_members)
        self._community = frozenset(planted.community_members)

    def barriers(self, number: int) -> list[float]:
        """Return by how much a person is kept apart from each one: 1 not at all, near 0 almost entirely."""
        me, closed, brokers = self._people[number], self._closed, self._planted.brokers
        one, other = self._planted.silos
        across = "" if me.id in brokers else {one: other, other: one}.get(me.department, "")
        return [
            0.03
            if (me.id in closed) != (them.id in closed)
            else 0.015
            if across and them.department == across and them.id not in brokers
            else 1.0
            for them in self._people
        ]

    def temper(self, person: Person) -> Temper:
        """Draw how a person is."""
        dice = self._dice
        curious = (0.07 + dice.wait(0.13)) * (0.6 if person.id in self._leads else 1.0)
        openly = 0.26 * (0.4 + 1.2 * dice.roll())
        if person.id in self._community:
            curious, openly = curious + 0.1, openly + 0.1
        elif person.id in self._planted.brokers:
            curious += 0.3
        elif person.id in self._closed:
            openly = 0.1
        chat, mail = 0.2 * (0.4 + 1.2 * dice.roll()), 0.1 * (0.3 + 1.4 * dice.roll())
        ways = (openly, chat, mail, 0.2, 0.06, 0.2)
        if person.relation != "employee":
            ways = (0.0, 0.0, 1.0, 0.0, 0.1, 0.0)
        return Temper(
            curious=min(curious, 0.7),
            helpful=0.95 if person.id in self._reliable else dice.between(0.4, 0.95),
            chatty=dice.roll() ** 3,
            ways=ways,
            makes=dice.between(0.05, 0.38),
        )

    def levels(self, person: Person) -> list[float]:
        """Draw how much a person knows of each topic, 0 to 1."""
        dice, planted = self._dice, self._planted
        levels = []
        for topic in self._topics:
            level = self._schooling(person, topic)
            if dice.chance(0.02):
                level += dice.between(0.3, 0.6)  # from an earlier job
            if topic.name in planted.leaving_topics:
                level = 0.97 if person.id == planted.leaving else min(level, 0.6)
            if topic.department in planted.brokers.get(person.id, ()):
                far = topic.department != person.department
                level = max(level, dice.between(0.3, 0.6) if far else dice.between(0.45, 0.8))
            if person.id == planted.shrinking:
                level *= 0.75
            levels.append(min(level, 0.97))
        return levels

    def _schooling(self, person: Person, topic: Topic) -> float:
        dice, ripe = self._dice, _RIPENESS.get(person.title, 1.05)
        if person.relation != "employee":
            return dice.between(0.0, 0.4 if topic.department in ("Support", "Quality") else 0.15)
        if topic.name in _TEAMS[person.team].topics:
            return ripe * dice.between(0.35, 0.8) + (0.2 if dice.chance(0.22) else 0.0)
        if topic.department == person.department:
            return ripe * dice.between(0.08, 0.42)
        return dice.between(0.0, 0.14)

    def tasks(self, person: Person) -> Tasks:
        """Return the topics a person meets."""
        numbers = {topic.name: number for number, topic in enumerate(self._topics)}
        units = self._planted.brokers.get(person.id) or NEIGHBOURS.get(
            person.department, ("Support", "Quality")
        )
        own = [numbers[name] for name in (_TEAMS[person.team].topics if person.team else _OUTSIDERS_TASKS)]
        near = [number for number, topic in enumerate(self._topics) if topic.department == person.department]
        far = [number for number, topic in enumerate(self._topics) if topic.department in units]
        if person.id in self._planted.brokers:  # much of a broker's own work lies on the other side
            own = 2 * own + [number for number in far if number not in near]
        return Tasks(own=own, near=near or own, far=far + [numbers[name] for name in _EVERYONES])

    def acquaintances(self, number: int, barriers: Sequence[float]) -> dict[int, float]:
        """Draw whom a person knows, past these barriers, and how well: around 1 for a close colleague."""
        dice, me, known = self._dice, self._people[number], {}
        for other, them in enumerate(self._people):
            weight, chance = self._closeness(me, them)
            if chance and dice.chance(chance * max(barriers[other], 0.05)):
                known[other] = weight * dice.between(0.6, 1.2)
        if me.id == self._planted.shrinking:
            # A circle that had been wide, from twenty years of projects.
            wide = [
                other
                for other, them in enumerate(self._people)
                if them.location == me.location and them.id not in self._closed and them.id != me.id
            ]
            for other in dice.some(wide, 30):
                known.setdefault(other, dice.between(0.4, 0.8))
        return known

    def _closeness(self, me: Person, them: Person) -> tuple[float, float]:
        """Return how well two people would know each other, and how likely they do."""
        if me is them:
            return STRANGER
        if them.id == me.manager or them.manager == me.id:
            return 0.9, 1.0
        if me.team and them.team == me.team:
            return (1.0 if them.location == me.location else 0.8), 1.0
        if me.id in self._planted.newcomers or MANAGEMENT in (me.team, them.team):
            return STRANGER
        return self._beyond_the_team(me, them)

    def _beyond_the_team(self, me: Person, them: Person) -> tuple[float, float]:
        near = them.location == me.location
        if me.relation != "employee" or them.relation != "employee":
            return self._across_the_firm(me, them)
        planned = self._by_plan(me, them)
        if planned != STRANGER:
            return planned
        if them.department == me.department:
            return (0.35, 0.5) if near else (0.2, 0.25)
        if them.department in NEIGHBOURS[me.department]:
            return (0.2, 0.1) if near else (0.15, 0.04)
        return 0.15, 0.03 if near else 0.01

    def _across_the_firm(self, me: Person, them: Person) -> tuple[float, float]:
        if me.relation == them.relation:
            return 0.8, float(me.department == them.department)
        if "employee" in (me.relation, them.relation) and {me.department, them.department} & _TOWARDS_OUTSIDE:
            return 0.25, 0.08
        return STRANGER

    def _by_plan(self, me: Person, them: Person) -> tuple[float, float]:
        brokers = self._planted.brokers
        if {me.id, them.id} <= self._community:
            return 0.5, 0.6
        if them.id == self._planted.leaving:  # after so many years nearly everyone has heard of her
            return 0.9, 0.6
        if them.department in brokers.get(me.id, ()):
            return 0.8, 0.6
        if me.department in brokers.get(them.id, ()):
            return 0.8, 0.5
        return STRANGER
