# ruff: noqa: PLR2004 - the numbers are the story: how often a review or a meeting teaches something
"""What work itself brings: changes that are reviewed, and meetings. Some of it teaches, most does not."""

from __future__ import annotations

from crosstie.demo.hours import DAYS, END
from crosstie.demo.office import Office
from crosstie.demo.people import TEAMS
from crosstie.demo.places import REPOSITORIES, Places
from crosstie.demo.truth import Way
from crosstie.record import Kind

_HOUR = 3600
_WEEK = 7
_TUESDAY = 4  # the demo year begins on a Friday
_COMMUNITY_TOPICS = (
    "sensors",
    "tolerances",
    "thermal drift",
    "returns",
    "troubleshooting",
    "machining",
    "training",
)


class Routines:
    """Reviews, team meetings, talks with the manager, the community's sessions, all hands."""

    def __init__(self, office: Office, places: Places) -> None:
        self._office, self._places = office, places
        people, staff = office.people, office.staff
        self._teams = [
            (team.name, [one for one in staff if people[one].team == team.name], index % 5)
            for index, team in enumerate(TEAMS)
            if team.size > 1
        ]
        self._authors = {
            name: [one for one in staff if people[one].team in teams]
            for name, (_topics, teams) in REPOSITORIES.items()
        }
        topics = {
            name: [office.topic_number[topic] for topic in rows]
            for name, (rows, _teams) in REPOSITORIES.items()
        }
        self._repositories: list[list[tuple[str, list[int]]]] = [
            [(name, topics[name]) for name, authors in self._authors.items() if one in authors]
            for one in range(len(people))
        ]

    def a_day(self, day: int) -> None:
        """Let one day's changes be made and its meetings be held."""
        office, dice = self._office, self._office.dice
        for one in office.staff:
            if (
                self._repositories[one]
                and office.hours[one].works_on(day)
                and dice.chance(office.temper[one].makes)
            ):
                self._change(one, day)
        for name, team, weekday in self._teams:
            if (day - weekday) % _WEEK == 3:
                self._team_meeting(name, team, day)
        for one in office.staff:
            if office.manager[one] >= 0 and (day + one * 11) % 35 == 0:
                self._talk_with_manager(one, day)
        if day % (2 * _WEEK) == _TUESDAY:
            self._community_session(day)
        if day % (5 * _WEEK) == _TUESDAY + 2:
            self._all_hands(day)

    def _change(self, author: int, day: int) -> None:
        office, dice = self._office, self._office.dice
        repository, topics = dice.pick(self._repositories[author])
        topic = dice.pick(topics)
        place, matter = self._places.repositories[repository], office.topics[topic]
        at = office.hours[author].at(day, dice.between(9 * 60, 17 * 60))
        text = office.speech.say("change", matter)
        # What could review it: its authors, closer and more knowing people first.
        others = [
            one for one in self._authors[repository] if one != author and office.hours[one].works_on(day)
        ]
        if not others:
            return
        weights = [
            (0.1 + office.knows[author].get(one, 0.0))
            * (0.2 + office.level[one][topic])
            * office.barrier(author, one)
            * office.drifts(author, one, day)
            for one in others
        ]
        if dice.chance(0.1):
            other = dice.weighed(others, weights)
            office.trail.note(Kind.CO_WROTE, at, author, place, text, addressed=(other,))
            if not office.learn(author, other, topic=topic, at=at, way=Way.TOGETHER, ease=0.6):
                office.learn(other, author, topic=topic, at=at, way=Way.TOGETHER, ease=0.6)
            return
        for _ in range(2 if dice.chance(0.12) else 1 if dice.chance(0.85) else 0):
            reviewer = dice.weighed(others, weights)
            when = office.hours[reviewer].next_at(at + dice.wait(5 * _HOUR), dice)
            office.trail.note(Kind.REVIEWED, when, reviewer, place, text, addressed=(author,))
            if when < END:
                office.learn(author, reviewer, topic=topic, at=when, way=Way.REVIEW, ease=0.45)
                office.learn(reviewer, author, topic=topic, at=when, way=Way.REVIEW, ease=0.15)

    def _present(self, people: list[int], day: int) -> list[int]:
        return [one for one in people if self._office.hours[one].works_on(day)]

    def _team_meeting(self, name: str, team: list[int], day: int) -> None:
        office, dice = self._office, self._office.dice
        here = self._present(team, day)
        if len(here) < 3 or dice.chance(0.1):
            return
        at = office.hours[here[0]].at(day, 9.5 * 60)
        office.trail.note(Kind.MET, at, here[0], self._places.team_calendar(name), addressed=here[1:])
        for one in here:
            if dice.chance(0.1):
                office.learn(one, dice.pick(here), topic=office.new_task(one), at=at + 1800, way=Way.MEETING)

    def _talk_with_manager(self, one: int, day: int) -> None:
        office, dice = self._office, self._office.dice
        manager = office.manager[one]
        if not (office.hours[one].works_on(day) and office.hours[manager].works_on(day)):
            return
        at = office.hours[manager].at(day, dice.pick((9 * 60, 11 * 60, 13.5 * 60, 15 * 60)))
        office.trail.note(Kind.MET, at, manager, self._places.calendar(manager), addressed=(one,))
        topic = office.new_task(one)
        if not office.learn(one, manager, topic=topic, at=at + 1800, way=Way.MEETING, ease=0.35):
            office.learn(manager, one, topic=topic, at=at + 1800, way=Way.MEETING, ease=0.35)

    def _community_session(self, day: int) -> None:
        office, dice = self._office, self._office.dice
        here = self._present(office.community, day)
        if len(here) < 5:
            return
        topic = office.topic_number[dice.pick(_COMMUNITY_TOPICS)]
        matter = office.topics[topic]
        presenter = max(here, key=lambda one: office.level[one][topic] + 0.25 * dice.roll())
        at = office.hours[presenter].at(day, 14 * 60)
        office.trail.note(
            Kind.MET, at, presenter, self._places.gatherings["community"], matter.name.capitalize(),
            addressed=[one for one in here if one != presenter],
        )  # fmt: skip
        for one in here:
            office.learn(one, presenter, topic=topic, at=at + 2400, way=Way.MEETING, ease=0.45)
            office.meets(one, presenter, 0.05)
            office.meets(one, dice.pick(here), 0.05)

    def _all_hands(self, day: int) -> None:
        office = self._office
        here = self._present(office.staff, day)
        if day >= DAYS or len(here) < len(office.staff) // 3:
            return
        at = office.hours[here[0]].at(day, 13 * 60)
        office.trail.note(Kind.MET, at, here[0], self._places.gatherings["all hands"], addressed=here[1:])
