"""Who took part in the same conversations is taken from open places alone."""

from __future__ import annotations

from itertools import combinations

from tests.actions import company

from crosstie.actions import reading, snapshots
from crosstie.actions.home import Home
from crosstie.actions.organisation.colleagues import colleagues
from crosstie.record import Trace


def _pairs(home: Home) -> set[frozenset[str]]:
    known = colleagues(home)
    assert known.together is not None
    name = {key: one.name.split()[0] for key, one in snapshots.persons(home).by_key.items()}
    rows = known.together.rows().tolist()
    return {
        frozenset(name[str(known.persons[one])] for one in pair)
        for pair in zip(rows, known.together.contacts.tolist(), strict=True)
    }


def test_those_of_an_open_thread_and_no_others(home: Home):
    told: list[Trace] = [*company.accounts(), *company.places()]
    for number, (place, people) in enumerate(
        (("open", ("Ada", "Ben", "Cleo")), ("members", ("Ada", "Dan", "Eve")), ("open", ("Hana",)))
    ):
        first = company.said(10 * number, people[0], place=place, text="Who knows?")
        told += [first]
        told += [
            company.answered(10 * number + row, other, first, days=0.1)
            for row, other in enumerate(people[1:], start=1)
        ]
    reading.read(home, company.plan(told), viewer=company.address("Ada Berg"))
    assert _pairs(home) == {frozenset(pair) for pair in combinations(("Ada", "Ben", "Cleo"), 2)}
