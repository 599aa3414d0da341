"""Who works at the demo company."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from crosstie.demo import Company
from crosstie.record import Entry

# Surnames that everybody would take for somebody.
WELL_KNOWN = {
    *(
        "bezos",
        "bohr",
        "curie",
        "darwin",
        "edison",
        "einstein",
        "gandhi",
        "gates",
        "hopper",
        "jobs",
        "lovelace",
    ),
    *(
        "messi",
        "musk",
        "nansen",
        "newton",
        "obama",
        "pasteur",
        "pessoa",
        "planck",
        "putin",
        "raman",
        "ronaldo",
    ),
    *("tagore", "tesla", "torvalds", "trump", "turing", "zuckerberg"),
}


def colleagues(kestrel: Company):
    return [person for person in kestrel.people if person.relation == "employee"]


def test_there_are_233_colleagues_in_nine_departments_at_four_locations(kestrel: Company):
    staff = colleagues(kestrel)
    departments = Counter(person.department for person in staff)
    assert len(staff) == 233
    assert len(departments) == 9
    assert min(departments.values()) >= 10
    assert {person.location for person in staff} == {"Trondheim", "Porto", "Pune", "Halifax"}


def test_customers_and_partners_stand_outside_the_org_chart(kestrel: Company):
    outsiders = [person for person in kestrel.people if person.relation != "employee"]
    assert Counter(person.relation for person in outsiders) == {"customer": 6, "partner": 4}
    assert all(not person.manager and not person.team for person in outsiders)


def test_the_org_chart_is_one_tree_of_three_floors(kestrel: Company):
    manager = {person.id: person.manager for person in colleagues(kestrel)}
    roots = [number for number, above in manager.items() if not above]
    assert len(roots) == 1
    floors = set()
    for number in manager:
        steps, at = 0, number
        while manager[at]:
            at, steps = manager[at], steps + 1
            assert steps < 10
        assert at == roots[0]
        floors.add(steps)
    assert floors == {0, 1, 2, 3}


def test_nobody_shares_a_name_an_address_or_a_number(kestrel: Company):
    for field in ("name", "address", "id"):
        assert len({getattr(person, field) for person in kestrel.people}) == len(kestrel.people)


def test_addresses_are_at_domains_reserved_for_examples(kestrel: Company):
    for person in kestrel.people:
        local, domain = person.address.split("@")
        assert domain.endswith(".example")
        assert local.isascii()
        assert local == local.lower()
        assert "." in local


def test_no_surname_is_a_famous_one_and_none_is_everywhere(kestrel: Company):
    surnames = Counter(person.name.split(" ", 1)[1].casefold() for person in kestrel.people)
    assert not set(surnames) & WELL_KNOWN
    assert max(surnames.values()) <= 3


def test_newcomers_joined_in_the_last_three_months_and_nobody_else_did(kestrel: Company):
    since = kestrel.ends_on - timedelta(days=92)
    joined = {person.id for person in colleagues(kestrel) if person.joined_on and person.joined_on >= since}
    assert joined == set(kestrel.truth.planted.newcomers)
    assert len(joined) == 8


def test_some_left_during_the_year_and_one_has_given_notice(kestrel: Company):
    left = [person for person in colleagues(kestrel) if person.left_on]
    assert sum(person.left_on <= kestrel.ends_on for person in left) == 9
    assert [person.id for person in left if person.left_on > kestrel.ends_on] == [
        kestrel.truth.planted.leaving
    ]


def test_some_work_part_time(kestrel: Company):
    assert sum(bool(person.days_off) for person in colleagues(kestrel)) == 15


def test_the_directory_says_of_everyone_what_the_company_knows(kestrel: Company):
    entries = {trace.id: trace for trace in kestrel.traces() if isinstance(trace, Entry)}
    assert set(entries) == {person.id for person in kestrel.people}
    for person in kestrel.people:
        entry = entries[person.id]
        assert (entry.name, entry.address, entry.manager) == (person.name, person.address, person.manager)
        assert entry.relation == person.relation
        assert entry.groups.get("department", "") == (
            person.department if person.relation == "employee" else ""
        )
        assert not entry.joined_on or date.fromisoformat(entry.joined_on) == person.joined_on
