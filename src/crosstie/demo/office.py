# ruff: noqa: PLR2004 - the numbers are the story: how likely people turn to whom, and when it comes across
"""The company as it stands on a day: who knows what, who knows whom, who is there."""

from __future__ import annotations

from crosstie.demo.before import Before
from crosstie.demo.dice import Dice
from crosstie.demo.hours import DAY, DAYS, Hours, day_number, moment
from crosstie.demo.people import hire
from crosstie.demo.planting import plant
from crosstie.demo.speech import Speech, Topic, topics
from crosstie.demo.trail import Trail
from crosstie.demo.truth import LearningEvent, Way

# Months of absence of the people on parental leave, in days of the year.
_PARENTAL_LEAVE = (range(95, 235), range(150, 275))
_SHRINKS_FROM, _SHRUNK_BEFORE_END = 75, 60
_OF_THE_COMMUNITY = ("uncertainty", "calibration", "sensors", "tolerances", "training")
_LONG_AGO, _CONFIDANTS = 120.0, 3


class Office:
    """All that changes during the year, and the rules by which people find one another.

    People and topics are given by their number: their place in `people` and `topics`.

    Attributes:
        level: of each person, how much they know of each topic, 0 to 1.
        knows: of each person, whom they know, and how well.
        written: of each topic, who wrote something about it that all can read, in order of time.
        events: (second of the year, learning event), in the order in which they came about.
    """

    def __init__(self, seed: int) -> None:
        self.people, self.planted = plant(hire(Dice(seed, "hire")), Dice(seed, "plant"))
        self.topics = topics()
        self.topic_number = {topic.name: number for number, topic in enumerate(self.topics)}
        self.speech = Speech(Dice(seed, "speech"))
        self.trail = Trail(self.people, seed)
        self.dice = Dice(seed, "year")
        self.events: list[tuple[int, LearningEvent]] = []
        self.written: list[list[int]] = [[] for _ in self.topics]
        number = {person.id: place for place, person in enumerate(self.people)}
        self.staff = [place for place, person in enumerate(self.people) if person.relation == "employee"]
        self.outsiders = [place for place, person in enumerate(self.people) if person.relation != "employee"]
        self.manager = [number.get(person.manager, -1) for person in self.people]
        self.shrinking = number[self.planted.shrinking]
        self.closed = frozenset(number[one] for one in self.planted.closed_members)
        self.community = [number[one] for one in self.planted.community_members]
        leave = dict(zip(self.planted.on_leave, _PARENTAL_LEAVE, strict=True))
        days = Dice(seed, "hours")
        self.hours = [
            Hours(person, days, (leave[person.id],) if person.id in leave else ()) for person in self.people
        ]
        before = Before(self.people, self.planted, self.topics, Dice(seed, "before"))
        everyone = range(len(self.people))
        self._barriers = [before.barriers(one) for one in everyone]
        self.temper = [before.temper(person) for person in self.people]
        self.level = [before.levels(person) for person in self.people]
        self.tasks = [before.tasks(person) for person in self.people]
        self.knows = [before.acquaintances(one, self._barriers[one]) for one in everyone]
        circle = self.knows[self.shrinking]
        self._confidants = frozenset(sorted(circle, key=lambda one: circle[one])[-_CONFIDANTS:])

    def here(self, number: int, at: float) -> bool:
        """Say whether a person has joined and not left at a time."""
        days = self.hours[number].days
        return bool(days) and days[0] <= at // DAY <= days[-1]

    def months_here(self, number: int, day: int) -> float:
        """Return for how many months a person has been with the company."""
        joined_on = self.people[number].joined_on
        return _LONG_AGO if joined_on is None else (day - day_number(joined_on)) / 30

    def shrunk(self, day: int) -> float:
        """Return how much of the shrinking circle is gone on a day, 0 to 1."""
        return min(1.0, max(0.0, (day - _SHRINKS_FROM) / (DAYS - _SHRUNK_BEFORE_END - _SHRINKS_FROM)))

    def drifts(self, one: int, other: int, day: int) -> float:
        """Return how much is left on a day between two people: 1, but for the person whose circle shrinks."""
        if self.shrinking not in (one, other) or {one, other} & self._confidants:
            return 1.0
        return (1 - self.shrunk(day)) ** 2

    def barrier(self, one: int, other: int) -> float:
        """Return by how much two people are kept apart: 1 not at all, near 0 almost entirely."""
        return self._barriers[one][other]

    def takes_part(self, one: int, other: int, day: int) -> bool:
        """Say whether one would respond to the other's small talk."""
        if self.shrinking in (one, other) and not self.dice.chance(self.drifts(one, other, day)):
            return False
        return self._barriers[one][other] == 1 or self.dice.chance(0.12)

    def believes(self, one: int, other: int, topic: int) -> float:
        """Return what one thinks the other knows of a topic: near the truth, and wrong in a steady way."""
        rumour = (one * 7919 + other * 104_729 + topic * 1_299_709) % 1000 / 1000
        return 0.65 * self.level[other][topic] + 0.35 * rumour

    def whom(self, asker: int, topic: int, at: int, besides: tuple[int, ...] = ()) -> int | None:
        """Return whom a person turns to: someone known, thought to know, close in team, place or rank."""
        location, barriers, manager = self.people[asker].location, self._barriers[asker], self.manager
        day = at // DAY
        found, weights = [], []
        for other, known in self.knows[asker].items():
            if other in besides or not self.here(other, at):
                continue
            believed = self.believes(asker, other, topic)
            weight = known * (0.02 + believed * believed) * barriers[other]
            if self.people[other].location == location:
                weight *= 1.4
            if manager[other] == -1 or manager[manager[asker]] == other:
                weight *= 0.15  # few walk up two floors with a question
            if self.shrinking in (asker, other):
                weight *= self.drifts(asker, other, day)
            found.append(other)
            weights.append(weight)
        return self.dice.weighed(found, weights) if found and sum(weights) > 0 else None

    def meets(self, one: int, other: int, by: float) -> None:
        """Let one get to know another, or know them better."""
        if one != other:
            known = self.knows[one]
            slow = 0.2 if self.shrinking in (one, other) else 1.0
            known[other] = min(1.5, known.get(other, 0.0) + by * slow * max(self._barriers[one][other], 0.02))

    def learn(self, learner: int, teacher: int, *, topic: int, at: int, way: Way, ease: float = 1.0) -> bool:
        """Let one learn from another, if the other knows more and it comes across; say whether it did."""
        gap = self.level[teacher][topic] - self.level[learner][topic]
        if gap <= 0.03 or learner == teacher or not self.dice.chance(min(0.95, 0.5 + gap) * ease):
            return False
        if not self.here(learner, at):
            return False  # the answer came after they had left
        self.level[learner][topic] += 0.1 * gap
        self.meets(learner, teacher, 0.12)
        people, name = self.people, self.topics[topic].name
        event = LearningEvent(people[learner].id, people[teacher].id, name, moment(at), way)
        self.events.append((at, event))
        return True

    def new_task(self, number: int) -> int:
        """Return the topic of what a person has to do next."""
        dice, tasks = self.dice, self.tasks[number]
        if number in self.community and dice.chance(0.3):
            return self.topic_number[dice.pick(_OF_THE_COMMUNITY)]
        roll = dice.roll()
        return dice.pick(tasks.own if roll < 0.52 else tasks.near if roll < 0.72 else tasks.far)

    def own_topic(self, number: int) -> Topic:
        """Return one of the topics a person works on."""
        return self.topics[self.dice.pick(self.tasks[number].own)]
