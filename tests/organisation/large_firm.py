"""A made-up firm of 48 over ten months, in which some circles shrink, close, or stay within one department.

Everybody asks once a week in the open, and two of the twelve who come after them in a ring answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from tests.actions import company

from crosstie.actions import reading
from crosstie.actions.consent import Consent
from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, members
from crosstie.people import Role, Viewer
from crosstie.record import Account, Entry, Interaction, Kind, Openness, Place, Trace
from crosstie.store.models import Member

PEOPLE = 48
WEEKS = 42
QUARTER = 13
START = datetime(2026, 1, 5, 9, tzinfo=UTC)
SOURCE = "chat:large"
DEPARTMENTS = ("Build", "Sales", "Care", "Fairs")

SHRINKING, SMALLER, CLOSING, ALIKE, QUIET, NEW, ORDINARY = 0, 6, 10, 20, 30, 31, 40
TEAM = range(11, 19)
"""Whom the one who is closing is in contact with; they come to know one another."""

TURBINES = (26, 24, 25)
"""One who asks about turbines in a place of its own, and two who answer; nobody of the ring of the first."""


def name(number: int) -> str:
    return f"Person {number:02}"


def address(number: int) -> str:
    return f"p{number:02}@large.example"


def department(number: int) -> str:
    return DEPARTMENTS[number % len(DEPARTMENTS)]


def quarter(week: int) -> int:
    """Return 0 for the weeks before, then 1 to 3 for the three quarters up to the end."""
    return max(0, 3 - (WEEKS - 1 - week) // QUARTER)


def traces(people: int = PEOPLE) -> list[Trace]:
    told: list[Trace] = []
    for number in range(people):
        told += [
            Account(source=SOURCE, id=f"{number}", name=name(number), address=address(number)),
            Entry(
                source="directory:large",
                id=f"{number}",
                name=name(number),
                address=address(number),
                groups={"department": department(number)},
                joined_on="2026-06-01" if number == NEW else "2020-01-01",
            ),
        ]
    told += [
        Place(source=SOURCE, id=place, name=place, openness=Openness.OPEN)
        for place in ("general", "turbines")
    ]
    for week in range(WEEKS):
        for row, (asker, answerer) in enumerate(_pairs(week, people)):
            told += _exchange(f"{week}-{row}", week, asker, answerer)
    return told


def _pairs(week: int, people: int) -> Iterator[tuple[int, int]]:
    for asker in range(people):
        for turn in (5 * week, 5 * week + 3):
            answerer = (asker + 1 + turn % 12) % people
            if people == PEOPLE and not _happens(week, asker, answerer):
                continue
            yield asker, answerer
    if people == PEOPLE:
        yield from _special(week)


def _happens(week: int, one: int, other: int) -> bool:
    """Say whether two of the ring talk in a week: those with a circle of their own do not always."""
    pair = {one, other}
    if pair & {CLOSING, ALIKE} or (QUIET in pair and quarter(week) == 2):
        return False
    if pair <= set(TEAM):
        return False
    if SHRINKING in pair and quarter(week) >= 2:
        return False
    return not (SMALLER in pair and quarter(week) >= 2 and not _stays(pair))


def _stays(pair: set[int]) -> bool:
    (other,) = pair - {SMALLER}
    return (other - SMALLER) % PEOPLE <= 12


def _special(week: int) -> Iterator[tuple[int, int]]:
    if quarter(week) >= 2:
        for turn in range(2):
            yield SHRINKING, 1 + (week + turn) % 3
    for turn in range(3):
        yield CLOSING, TEAM[(3 * week + turn) % len(TEAM)]
        yield ALIKE, _like(week + turn)
    team = [(one, other) for one in TEAM for other in TEAM if one < other]
    often = {0: 0, 1: 0, 2: 6, 3: 28}[quarter(week)]
    for row in range(often):
        yield team[(often * week + row) % len(team)]


def _like(turn: int) -> int:
    same: list[int] = [*range(24, PEOPLE, len(DEPARTMENTS)), 4, 8, 12, 16]
    return same[turn % len(same)]


def _exchange(key: str, week: int, asker: int, answerer: int) -> list[Trace]:
    about = "turbine blades" if asker == SHRINKING else f"matters of week {week}"
    at = START + timedelta(days=7 * week, minutes=int(key.split("-")[1]))
    made: list[Trace] = [*_asked_and_answered(key, at, asker, answerer, "general", about)]
    if key.endswith("-0") and week % 3 == 0:
        one, *others = TURBINES
        for other in others:
            made += _asked_and_answered(f"t{key}{other}", at, one, other, "turbines", "turbine blades")
    return made


def _asked_and_answered(  # noqa: PLR0917 - one line a message
    key: str, at: datetime, asker: int, answerer: int, place: str, about: str
) -> Iterator[Trace]:
    question = {
        "source": SOURCE,
        "place": place,
        "openness": Openness.OPEN,
        "link": f"https://large.example/{key}",
    }
    yield Interaction(
        **question,  # type: ignore[arg-type]  # the columns of one place
        external_id=f"q{key}",
        kind=Kind.SAID,
        at=at,
        actor=f"{asker}",
        thread=f"q{key}",
        asks=True,
        text=f"How do I balance {about}?",
    )
    yield Interaction(
        **question,  # type: ignore[arg-type]  # likewise
        external_id=f"a{key}",
        kind=Kind.REPLIED,
        at=at + timedelta(hours=1),
        actor=f"{answerer}",
        thread=f"q{key}",
        replies_to=f"q{key}",
        parent_author=f"{asker}",
        text=f"You balance {about} on the bench, slowly.",
    )


def joined(home: Home, number: int) -> Viewer:
    """Let someone of the large firm join."""
    there = address(number)
    if not Member.objects.filter(email=there).exists():
        members.join(home, name=name(number), address=there, role=Role.MEMBER, password="")
    return gate.viewer_of(home, Member.objects.get(email=there).pk)


def read(home: Home, people: int) -> None:
    reading.read(home, company.plan(traces(people)), agreed=Consent(domains=frozenset({"large.example"})))
