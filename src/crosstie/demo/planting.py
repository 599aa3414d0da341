"""Chooses, before the year begins, who will be the newcomer, the broker, the one about to leave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from crosstie.demo.dice import Dice
from crosstie.demo.hours import ENDS_ON, STARTS_ON
from crosstie.demo.people import NEWCOMERS, Person
from crosstie.demo.truth import Planted

SILOS = ("Production", "Software")
CLOSED_TEAM = "Sensor Lab"
COMMUNITY = "Measurement Circle"
COMMUNITY_DEPARTMENTS = ("Engineering", "Production", "Quality", "Support", "Sales", "Supply")
LEAVING_TOPICS = ("uncertainty", "calibration")
_BROKERS = (
    ("Electronics", SILOS),
    ("Repair", ("Support", "Engineering")),
    ("Certification", ("Quality", "Sales")),
)
_PER_DEPARTMENT, _JOINERS, _LEAVERS, _PART_TIMERS, _ON_LEAVE = 3, 10, 9, 15, 2


def plant(people: tuple[Person, ...], dice: Dice) -> tuple[tuple[Person, ...], Planted]:
    """Return the people with their dates and free days, and who was chosen for what."""
    changed = {person.id: person for person in people}
    leads = {person.manager for person in people}
    free = [person.id for person in people if person.relation == "employee" and person.id not in leads]

    def choose(count: int, fits: Callable[[Person], bool]) -> list[str]:
        chosen = dice.some([number for number in free if fits(changed[number])], count)
        for number in chosen:
            free.remove(number)
        return chosen

    closed = tuple(person.id for person in people if person.team == CLOSED_TEAM)
    free = [number for number in free if number not in closed]
    brokers = {
        choose(1, lambda person, team=team: person.team == team)[0]: between  # type: ignore[misc]
        for team, between in _BROKERS
    }
    leaving = choose(1, lambda person: person.team == "Calibration")[0]
    shrinking = choose(1, lambda person: person.team == "Mechanics" and person.location == "Trondheim")[0]
    community = [
        number
        for department in COMMUNITY_DEPARTMENTS
        for number in choose(_PER_DEPARTMENT, lambda person, unit=department: person.department == unit)  # type: ignore[misc]
    ]
    opted_out = choose(1, lambda person: person.department == "Supply")[0]
    on_leave = choose(_ON_LEAVE, lambda _person: True)
    newcomers = choose(NEWCOMERS, lambda _person: True)
    joiners, leavers = choose(_JOINERS, lambda _person: True), choose(_LEAVERS, lambda _person: True)
    part_timers = choose(_PART_TIMERS, lambda _person: True)

    first_newcomer = date(2026, 8, 3)
    for order, number in enumerate(newcomers):
        joined_on = first_newcomer + timedelta(days=7 * (order * 9 // NEWCOMERS))
        changed[number] = replace(changed[number], joined_on=joined_on, title="Associate")
    for number in joiners:
        joined_on = STARTS_ON + timedelta(days=3 + 7 * dice.whole(1, 36))
        changed[number] = replace(changed[number], joined_on=joined_on)
    for number in leavers:
        left_on = STARTS_ON + timedelta(days=7 * dice.whole(8, 48))
        changed[number] = replace(changed[number], left_on=left_on)
    for number in part_timers:
        days_off = dice.pick(((4,), (4,), (2,), (0,), (3, 4), (0, 1)))
        changed[number] = replace(changed[number], days_off=days_off)
    changed[leaving] = replace(
        changed[leaving],
        left_on=ENDS_ON + timedelta(days=28),
        joined_on=date(1998, 3, 2),
        title="Senior specialist",
    )
    planted = Planted(
        silos=SILOS,
        brokers=brokers,
        newcomers=tuple(newcomers),
        shrinking=shrinking,
        closed_team=CLOSED_TEAM,
        closed_members=closed,
        community=COMMUNITY,
        community_members=tuple(community),
        leaving=leaving,
        leaving_topics=LEAVING_TOPICS,
        opted_out=opted_out,
        on_leave=tuple(on_leave),
    )
    return tuple(changed.values()), planted
