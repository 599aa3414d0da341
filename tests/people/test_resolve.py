"""Who is who."""

from __future__ import annotations

import random

import pytest

from crosstie.errors import PersonUnclear
from crosstie.people import AccountRow, DecisionRow, EntryRow, Persons, Relation, Verb, find, resolve


def account(
    key: str, *, source: str = "slack:T1", outside_id: str = "", name: str = "", address: str = ""
) -> AccountRow:
    return AccountRow(key=key, source=source, id=outside_id or key, name=name, address=address)


def together(persons: Persons, one: str, other: str) -> bool:
    return persons.person_of[one] == persons.person_of[other]


def test_accounts_with_the_same_address_are_one_person():
    persons = resolve(
        [
            account("k1", name="Ada Berg", address="ada@kestrel.example"),
            account(
                "k2", source="mail", outside_id="ada@kestrel.example", address="Ada+lists@Kestrel.example"
            ),
        ]
    )
    assert together(persons, "k1", "k2")
    assert persons.by_key["k1"].name == "Ada Berg"


def test_the_same_name_alone_joins_nobody():
    persons = resolve([account("k1", name="Ada Berg"), account("k2", source="zulip:x", name="Ada Berg")])
    assert not together(persons, "k1", "k2")


def test_a_shared_address_joins_nobody():
    persons = resolve(
        [account("k1", address="noreply@x.example"), account("k2", address="noreply@x.example")]
    )
    assert not together(persons, "k1", "k2")


def test_a_person_keeps_the_key_when_more_accounts_are_read():
    first = [account("k1", address="ada@x.example")]
    later = [*first, account("k0", source="mail", address="ada@x.example")]
    assert resolve(first).person_of["k1"] == resolve(later).person_of["k0"] == "k1"


def test_a_table_account_is_the_person_with_that_id_in_the_directory():
    rows = [
        account("t", source="table:a", outside_id="86"),
        account("d", source="directory:b", outside_id="86", name="Eve Ros"),
    ]
    persons = resolve(rows, entries=[EntryRow(account="d", groups={"department": "Sales"})])
    assert together(persons, "t", "d")
    assert persons.by_key["t"].groups == {"department": "Sales"}


def test_an_id_of_another_kind_of_source_is_not_taken_for_a_directory_id():
    rows = [
        account("s", source="slack:T", outside_id="86"),
        account("d", source="directory:b", outside_id="86"),
    ]
    assert not together(resolve(rows, entries=[EntryRow(account="d")]), "s", "d")


def test_the_manager_is_found_by_the_directory_id_and_the_root_has_none():
    rows = [
        account("d1", source="directory:b", outside_id="1"),
        account("d2", source="directory:b", outside_id="2"),
    ]
    persons = resolve(
        rows, entries=[EntryRow(account="d1", manager="1"), EntryRow(account="d2", manager="1")]
    )
    assert persons.by_key["d2"].manager == "d1"
    assert persons.by_key["d1"].manager == ""


def test_a_merge_joins_and_a_split_parts_whatever_the_addresses_say():
    rows = [
        account("k1", address="a@x.example"),
        account("k2", address="a@x.example"),
        account("k3", name="A"),
    ]
    decided = [
        DecisionRow(verb=Verb.SPLIT, account="k2"),
        DecisionRow(verb=Verb.MERGE, account="k1", other="k3"),
    ]
    persons = resolve(rows, decisions=decided)
    assert together(persons, "k1", "k3")
    assert not together(persons, "k1", "k2")


def test_an_alias_is_the_name_shown():
    persons = resolve(
        [account("k1", name="ada99")], decisions=[DecisionRow(verb=Verb.ALIAS, account="k1", name="Ada")]
    )
    assert persons.by_key["k1"].name == "Ada"


def test_relations_follow_the_directory_then_the_domains():
    rows = [
        account("d", source="directory:b", outside_id="1", address="a@own.example"),
        account("c", address="b@mail.customer.example"),
        account("o", address="c@elsewhere.example"),
    ]
    persons = resolve(rows, entries=[EntryRow(account="d")], domains={"customer.example": "customer"})
    relations = {key: person.relation for key, person in persons.by_key.items()}
    assert relations == {"d": Relation.EMPLOYEE, "c": Relation.CUSTOMER, "o": Relation.OUTSIDE}


def test_order_of_later_accounts_does_not_change_who_is_together():
    rows = [account(f"k{n}", address=f"p{n % 7}@x.example") for n in range(40)]
    shuffled = random.Random(3).sample(rows, len(rows))
    one, other = resolve(rows), resolve(shuffled)
    pairs = [(a.key, b.key) for a in rows for b in rows]
    assert all(together(one, a, b) == together(other, a, b) for a, b in pairs)


def test_someone_is_found_by_key_address_and_name():
    persons = resolve(
        [account("k1", name="Ada Berg", address="ada@x.example"), account("k2", name="Ben Olu")]
    )
    assert {find(persons, text).key for text in ("k1", "ADA@x.example", "ada  berg")} == {"k1"}


def test_near_matches_are_listed_when_nobody_answers():
    persons = resolve(
        [account("k1", name="Ada Berg", address="ada@x.example"), account("k2", name="Ben Olu")]
    )
    with pytest.raises(PersonUnclear) as refused:
        find(persons, "Ada Bergh")
    assert refused.value.near == ("Ada Berg <ada@x.example> (k1)",)


def test_a_name_that_two_people_have_is_unclear():
    persons = resolve([account("k1", name="Ada Berg"), account("k2", name="Ada Berg")])
    with pytest.raises(PersonUnclear, match="More than one"):
        find(persons, "Ada Berg")


def test_a_person_is_found_by_the_id_of_an_account_too_but_a_name_comes_first():
    persons = resolve([account("k1", outside_id="U01ABC", name="Ada"), account("k2", name="u01abd")])
    assert find(persons, "u01abc").key == "k1"
    assert find(persons, "U01ABD").key == "k2"
    named_like_an_id = resolve([account("k1", outside_id="ben", name="Ada"), account("k2", name="Ben")])
    assert find(named_like_an_id, "Ben").key == "k2"
