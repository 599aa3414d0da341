"""An address that several people of one directory have tells nobody apart."""

from __future__ import annotations

import pytest
from tests.people.test_resolve import account, together

from crosstie.errors import PersonUnclear
from crosstie.people import (
    AccountRow,
    DecisionRow,
    EntryRow,
    Verb,
    answering,
    find,
    resolve,
    shared_addresses,
    told_apart,
)

FLOOR = "floor@x.example"
STAFF = [
    account("d1", source="directory:b", outside_id="1", name="Ann Able"),
    account("d2", source="directory:b", outside_id="2", name="Ben Best"),
    account("d3", source="directory:b", outside_id="3", name="Dee Dale", address="dee@x.example"),
]
ENTRIES = [
    EntryRow(account="d1", shared_address=FLOOR, groups={"team": "Paint"}),
    EntryRow(account="d2", shared_address=FLOOR, groups={"team": "Press"}),
    EntryRow(account="d3"),
]
MAIL = account("m", source="mail", outside_id=FLOOR, name="Shop floor", address=FLOOR)


def in_a_later_list() -> list[AccountRow]:
    """Ann had the address alone and left the list; Ben has it now."""
    rows = [account(f"d{n}", source="directory:b", outside_id=f"{n}", address=FLOOR) for n in (1, 2)]
    return [*rows, STAFF[2]]


def test_ids_of_one_directory_tell_apart_whom_an_address_does_not():
    persons = resolve([*STAFF, MAIL], entries=ENTRIES)
    assert len(persons.by_key) == 4
    assert [persons.by_key[key].groups for key in ("d1", "d2")] == [{"team": "Paint"}, {"team": "Press"}]
    assert persons.by_key["d1"].addresses == ()
    assert persons.by_key["d1"].shared_addresses == (FLOOR,)
    assert persons.by_key["m"].addresses == (FLOOR,)


@pytest.mark.parametrize("second", ["Floor@x.example", "floor+ben@x.example"])
def test_an_address_that_a_directory_gave_to_one_after_the_other_joins_neither(second: str):
    rows = [*in_a_later_list(), MAIL]
    rows[1] = account("d2", source="directory:b", outside_id="2", address=second)
    persons = resolve(rows, entries=[EntryRow(account=row.key) for row in rows[:3]])
    assert len(persons.by_key) == 4
    assert [row.address for row in told_apart(rows, shared_addresses(rows))][:2] == ["", ""]


def test_other_accounts_with_such_an_address_are_not_joined_to_one_another_either():
    member = account("k", source="members", outside_id=FLOOR, address=FLOOR)
    persons = resolve([*STAFF, MAIL, member], entries=ENTRIES)
    assert not together(persons, "m", "k")


def test_the_same_person_in_two_directories_is_one_by_an_address_of_their_own():
    again = account("e", source="directory:c", outside_id="DD", address="dee@x.example")
    assert together(resolve([*STAFF, again], entries=ENTRIES), "d3", "e")


def test_one_entry_each_of_two_directories_does_not_make_an_address_shared():
    rows = [account(key, source=f"directory:{key}", address=FLOOR) for key in ("b", "c")]
    assert shared_addresses(rows) == frozenset()


def test_a_decision_joins_whom_the_address_does_not():
    merged = [DecisionRow(verb=Verb.MERGE, account="d1", other="m")]
    persons = resolve([*STAFF, MAIL], entries=ENTRIES, decisions=merged)
    assert together(persons, "d1", "m")
    assert not together(persons, "d1", "d2")
    split = [DecisionRow(verb=Verb.SPLIT, account="d3")]
    mail = account("n", source="mail", address="dee@x.example")
    assert not together(resolve([*STAFF, mail], entries=ENTRIES, decisions=split), "d3", "n")


def test_ties_of_a_table_by_id_stay_those_of_each():
    rows = [*STAFF, *(account(f"t{n}", source="table:a", outside_id=f"{n}") for n in (1, 2))]
    persons = resolve(rows, entries=ENTRIES)
    assert together(persons, "t1", "d1")
    assert together(persons, "t2", "d2")
    assert not together(persons, "t1", "t2")


def test_nobody_answers_to_a_shared_address_but_those_who_have_it_are_named():
    persons = resolve(STAFF, entries=ENTRIES)
    assert answering(persons, FLOOR) == []
    with pytest.raises(PersonUnclear, match="Nobody answers") as refused:
        find(persons, FLOOR)
    assert refused.value.near == ("Ann Able (d1)", "Ben Best (d2)")
    assert find(resolve([*STAFF, MAIL], entries=ENTRIES), FLOOR).key == "m"
