"""An address that several people of a directory have: read, read again, opted out, forgotten."""

from __future__ import annotations

import pytest

from crosstie.actions import looking, opting, reading, snapshots
from crosstie.actions.forgetting import forget
from crosstie.actions.home import Home
from crosstie.errors import PersonUnclear
from crosstie.people import Persons

FLOOR = "floor@firm.example"
HEAD = "EmpID,Name,Email,Department\n"
DEE = "9,Dee Dale,dee@firm.example,Office\n"
STAFF = f"{HEAD}{DEE}1,Ann Able,{FLOOR},Press\n2,Ben Best,{FLOOR},Paint\n3,Cal Cole,{FLOOR},Stock\n"
MAIL = f"""From x@y Mon Jan  1 00:00:00 2024
Message-ID: <1@x>
From: Shop floor <{FLOOR}>
To: Dee Dale <dee@firm.example>
Date: Mon, 1 Jan 2024 10:00:00 +0000

hi
"""


def read(home: Home, text: str = STAFF, name: str = "staff.csv") -> Persons:
    path = home.folder.parent / name
    path.write_text(text, encoding="utf-8")
    reading.read(home, reading.plan(str(path)), viewer="dee@firm.example")
    return snapshots.persons(home)


def names(persons: Persons) -> list[str]:
    return sorted(person.name for person in persons.by_key.values())


def stored(home: Home) -> bytes:
    return b"".join(one.read_bytes() for one in home.folder.glob("people.sqlite3*"))


def test_each_is_a_person_of_their_own_and_the_mail_another(home: Home):
    read(home)
    assert names(read(home, MAIL, "mail.mbox")) == [
        "Ann Able",
        "Ben Best",
        "Cal Cole",
        "Dee Dale",
        "Shop floor",
    ]
    assert looking.find(home, FLOOR).name == "Shop floor"


def test_what_one_had_alone_is_taken_back_when_others_get_it(home: Home):
    read(home, f"{HEAD}{DEE}1,Ann Able,{FLOOR},Press\n")
    assert looking.find(home, FLOOR).name == "Ann Able"
    key = looking.find(home, FLOOR).key
    persons = read(home)
    assert persons.by_key[key].addresses == ()
    assert names(persons) == ["Ann Able", "Ben Best", "Cal Cole", "Dee Dale"]
    assert names(read(home)) == names(persons), "read again"


def test_whoever_had_it_before_and_left_the_list_is_not_whoever_has_it_now(home: Home):
    read(home, f"{HEAD}{DEE}1,Ann Able,{FLOOR},Press\n")
    persons = read(home, f"{HEAD}{DEE}2,Ben Best,{FLOOR},Paint\n")
    assert names(persons) == ["Ann Able", "Ben Best", "Dee Dale"]
    forget(home, looking.find(home, "Ann Able").key)
    assert names(read(home, f"{HEAD}{DEE}2,Ben Best,{FLOOR},Paint\n")) == ["Ben Best", "Dee Dale"]


def test_forgetting_one_leaves_the_others_and_nothing_of_the_one(home: Home):
    read(home)
    read(home, MAIL, "mail.mbox")
    assert b"Ann Able" in stored(home)
    forget(home, looking.find(home, "Ann Able").key)
    assert b"Ann Able" not in stored(home)
    left = ["Ben Best", "Cal Cole", "Dee Dale", "Shop floor"]
    assert names(snapshots.persons(home)) == left
    read(home)
    assert names(read(home, MAIL, "mail.mbox")) == left
    assert looking.find(home, "Ben Best").shared_addresses == (FLOOR,)


def test_forgetting_the_one_behind_the_address_forgets_nobody_of_the_directory(home: Home):
    read(home)
    read(home, MAIL, "mail.mbox")
    forget(home, looking.find(home, FLOOR).key)
    assert names(read(home)) == ["Ann Able", "Ben Best", "Cal Cole", "Dee Dale"]


def test_opting_out_is_of_one_alone(home: Home):
    read(home)
    opting.opt_out(home, "Ann Able")
    assert names(snapshots.persons(home)) == ["Ben Best", "Cal Cole", "Dee Dale"]
    persons = read(home)
    assert names(persons) == ["Ben Best", "Cal Cole", "Dee Dale"]
    assert [one.name for one in persons.opted_out.values()] == ["Ann Able"]
    opting.opt_in(home, "Ann Able")
    assert len(snapshots.persons(home).by_key) == 4


def test_opting_out_by_the_address_asks_who_is_meant(home: Home):
    read(home)
    with pytest.raises(PersonUnclear) as refused:
        opting.opt_out(home, FLOOR)
    assert [one.partition(" (")[0] for one in refused.value.near] == ["Ann Able", "Ben Best", "Cal Cole"]
    assert len(snapshots.persons(home).by_key) == 4
