"""A made-up firm of three departments, in which a new practice goes from one to another by contact."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from datetime import timedelta

from tests.actions import company

from crosstie.record import Account, Entry, Interaction, Kind, Openness, Place, Trace

DEPARTMENTS = ("Design", "Sales", "Works")
EACH = 24
PLACES = ("daily", "sensors", "lathes")
_WORDS = {
    place: [f"{one}{two}{end}" for one in "bdfgklmnpr" for two in "aeiou" for end in ends]
    for place, ends in zip(PLACES, (("mor", "tan"), ("vix", "zul"), ("pol", "sig")), strict=True)
}


def people() -> list[tuple[str, str]]:
    """Return everybody's id, and their department."""
    return [(f"{where.lower()}-{row:02}", where) for where in DEPARTMENTS for row in range(EACH)]


def told(*, by_contact: bool = True, seed: int = 1) -> list[Trace]:
    """Return a year: in the daily place everybody, in the other each at some time.

    Args:
        by_contact: whether those of Sales have it from those they know in Design; else at any time too.
        seed: of chance.
    """
    return [
        *_everybody(),
        *sorted(_acts(random.Random(seed), by_contact=by_contact), key=lambda one: str(one.at)),
    ]


def at_home(department: str = "Works", *, people_of_it: int = EACH, seed: int = 2) -> list[Trace]:
    """Return what people of one department say, each three times, in a place where nobody else does."""
    dice, numbers = random.Random(seed), itertools.count(1_000_000)
    theirs = [one for one, where in people() if where == department][:people_of_it]
    return [
        _said(next(numbers), one, "lathes", dice.uniform(200, 300), dice=dice)
        for one in theirs
        for _ in range(3)
    ]


def _everybody() -> Iterator[Trace]:
    for place in PLACES:
        yield Place(source=company.SOURCE, id=place, name=place, openness=Openness.OPEN)
    for one, department in people():
        name, address = one.replace("-", " ").title(), f"{one}@firm.example"
        yield Account(source=company.SOURCE, id=one, name=name, address=address)
        yield Entry(
            source=company.SOURCE, id=one, name=name, address=address, groups={"department": department}
        )


def _acts(dice: random.Random, *, by_contact: bool) -> Iterator[Interaction]:
    department = dict(people())
    known = {
        one: [
            two
            for other in DEPARTMENTS
            if other != department[one]
            for two in dice.sample([two for two in department if department[two] == other], 2)
        ]
        for one in department
    }
    number = itertools.count(1)
    for one in department:
        for day in (dice.uniform(0, 30), dice.uniform(330, 360)):  # here all year
            yield _said(next(number), one, "daily", day, dice=dice)
        for other in known[one]:
            first = _said(next(number), other, "daily", dice.uniform(5, 60), dice=dice)
            yield first
            yield _said(next(number), one, "daily", 0.2, dice=dice, to=first)
    began = {one: dice.uniform(150, 320) for one in department}
    for row, one in enumerate(one for one in department if department[one] == "Design"):
        began[one] = dice.uniform(95, 110) if row % 6 == 0 else dice.uniform(95, 300)
    for row, one in enumerate(one for one in department if department[one] == "Sales"):
        met = [began[two] for two in department if two in known[one] or one in known[two] if "design" in two]
        if by_contact and row % 8:
            began[one] = min(met) + dice.uniform(0.5, 20)
    for one, day in began.items():
        yield _said(next(number), one, "sensors", day, dice=dice)


def _said(
    number: int, actor: str, place: str, day: float, *, dice: random.Random, to: Interaction | None = None
) -> Interaction:
    at = (to.at if to is not None and to.at else company.START) + timedelta(days=day)
    return Interaction(
        source=company.SOURCE,
        external_id=f"m{number}",
        kind=Kind.REPLIED if to else Kind.SAID,
        at=at,
        actor=actor,
        place=place,
        openness=Openness.OPEN,
        text=" ".join(dice.sample(_WORDS[place], 9)),
        thread=to.external_id if to else f"m{number}",
        replies_to=to.external_id if to else "",
        parent_author=to.actor if to else "",
    )
