"""Ten people of the demo company worth looking at, each with one true sentence why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from crosstie.demo.hours import DAYS, moment
from crosstie.demo.people import Person
from crosstie.demo.truth import LearningEvent, Truth
from crosstie.saying import say

_QUARTER = timedelta(days=91)


def looks(people: Sequence[Person], truth: Truth) -> list[tuple[str, str]]:
    """Return ten pairs of a person's id and one sentence; the figures in it are counted from the truth."""
    planted, named = truth.planted, {person.id: person for person in people}
    starts, ends = moment(0), moment(DAYS * 86_400)

    def teachers(number: str, fits: Callable[[LearningEvent], bool]) -> int:
        return len({event.teacher for event in truth.events if event.learner == number and fits(event)})

    def learners(number: str, fits: Callable[[LearningEvent], bool]) -> int:
        return len({event.learner for event in truth.events if event.teacher == number and fits(event)})

    def department(number: str) -> str:
        return named[number].department

    def always(_event: LearningEvent) -> bool:
        return True

    shrinking, leaving = planted.shrinking, planted.leaving
    early = teachers(shrinking, lambda event: event.at < starts + _QUARTER)
    late = teachers(shrinking, lambda event: event.at >= ends - _QUARTER)
    newcomer = max(planted.newcomers, key=lambda number: teachers(number, always))
    new = named[newcomer]
    member = max(
        planted.community_members,
        key=lambda one: len({department(event.teacher) for event in truth.events if event.learner == one}),
    )
    reached = len({department(event.teacher) for event in truth.events if event.learner == member})
    closed = max(planted.closed_members, key=lambda number: teachers(number, always))
    outside = teachers(closed, lambda event: event.teacher not in planted.closed_members)
    inside = teachers(closed, lambda event: event.teacher in planted.closed_members)
    one, other = planted.leaving_topics
    known_best = say("%(one)s or %(other)s", one=one, other=other)
    heirs = learners(leaving, lambda event: event.topic in planted.leaving_topics)
    rows: list[tuple[str, str]] = [
        (
            shrinking,
            say(
                "The circle shrinks: %(early)s teachers in the first three months, %(late)s in the last"
                " three.",
                early=early,
                late=late,
            ),
        ),
    ]
    for broker, (one, other) in planted.brokers.items():
        far = other if department(broker) == one else one
        gave = learners(broker, lambda event, unit=far: department(event.learner) == unit)  # type: ignore[misc]
        got = teachers(broker, lambda event, unit=far: department(event.teacher) == unit)  # type: ignore[misc]
        rows.append(
            (
                broker,
                say(
                    "Links %(one)s and %(other)s: taught %(gave)s and learned from %(got)s people on the"
                    " other side.",
                    one=one,
                    other=other,
                    gave=gave,
                    got=got,
                ),
            )
        )
    rows += [
        (
            newcomer,
            say(
                "Joined on %(day)s, and has learned from %(people)s people.",
                day=new.joined_on or starts.date(),
                people=teachers(newcomer, always),
            ),
        ),
        (
            leaving,
            say(
                "Leaves on %(day)s; %(people)s people learned %(topics)s here.",
                day=named[leaving].left_on or ends.date(),
                people=heirs,
                topics=known_best,
            ),
        ),
        (
            closed,
            say(
                "In a team that keeps to itself: learned from %(inside)s people inside and %(outside)s"
                " outside.",
                inside=inside,
                outside=outside,
            ),
        ),
        (
            member,
            say(
                "Takes part in the %(community)s and learned from people of %(departments)s departments.",
                community=planted.community,
                departments=reached,
            ),
        ),
        (
            planted.on_leave[0],
            say("Was on parental leave for months: the circle went quiet, and nothing is wrong with it."),
        ),
        (
            planted.opted_out,
            say("Chose to opt out of crosstie; in every other way a colleague like the others."),
        ),
    ]
    return rows
