"""Forgetting a person: nothing is left in any file, and a re-reading does not bring them back."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from django.db import connections
from tests.actions import company
from tests.actions.searching import decoded

from crosstie.actions import looking, reading, snapshots
from crosstie.actions.export import export
from crosstie.actions.forgetting import forget
from crosstie.actions.home import Home
from crosstie.errors import PersonUnclear
from crosstie.record import Account, Entry, Openness, Place, Trace

BEN = company.address("Ben Olu")


def words(home: Home) -> list[str]:
    return [looking.find(home, BEN).key, "Ben Olu", BEN]


def mentioning() -> list[Trace]:
    return [*company.traces(), company.said(8000, "Cleo", text="Ask Ben Olu, he knows", mentioned=("Ben",))]


def test_nothing_of_someone_forgotten_is_left(home: Home):
    reading.read(home, company.plan(mentioning()))
    snapshots.current(home)
    searched = words(home)
    before = decoded(home)
    assert all(word in before for word in searched)  # the search finds what is there
    done = forget(home, searched[0])
    assert done["rows"] == 8
    assert done["is_erased"]
    after = decoded(home)
    assert [word for word in searched if word in after] == []


def test_reading_the_same_export_again_does_not_bring_them_back(home: Home):
    reading.read(home, company.plan(mentioning()))
    searched = words(home)
    forget(home, searched[0])
    again = reading.read(home, company.plan(mentioning()))
    assert (again.notes, again.left_out["asked to be forgotten"]) == ({}, 8)
    assert again.used == home.record.count()
    assert [word for word in searched if word in decoded(home)] == []


def test_another_account_with_the_same_address_stays_away_too(home: Home):
    reading.read(home, company.plan())
    forget(home, looking.find(home, BEN).key)
    elsewhere: list[Trace] = [
        Account(source="mail", id=BEN, name="B. Olu", address=BEN),
        Place(source="mail", id="list", name="all", openness=Openness.OPEN),
        company.said(1, BEN, source="mail", place="open"),
    ]
    before = home.record.count()
    reading.read(home, company.plan([*company.places(), *elsewhere]))
    assert home.record.count() == before


def test_forgetting_nobody_is_refused(firm: Home):
    with pytest.raises(PersonUnclear):
        forget(firm, "nosuchkey")


def test_the_journal_says_that_someone_was_forgotten_but_not_who(firm: Home):
    forget(firm, looking.find(firm, BEN).key)
    ((_, who, verb, reason),) = firm.store.journal_rows()
    assert (who, verb) == ("owner", "person forgotten")
    assert "Ben" not in reason


def test_a_workspace_is_readable_by_its_owner_alone(firm: Home):
    files: list[Path] = [firm.store.path, firm.folder / "secret.key"]
    assert [file.stat().st_mode & 0o077 for file in files] == [0, 0]


def test_a_name_that_is_also_a_word_is_blanked_only_where_it_is_a_mention(home: Home):
    told: list[Trace] = [
        Account(source=company.SOURCE, id="Will", name="Will", address="will@firm.example"),
        *company.accounts(),
        *company.places(),
        company.said(1, "Will"),
        company.said(
            2,
            "Ada",
            text="You will see, @Will knows, will@firm.example too",
            files=("notes/will.md", "notes/will@firm.example.md"),
            link="",
            mentioned=("Will",),
        ),
    ]
    reading.read(home, company.plan(told))
    forget(home, looking.find(home, "will@firm.example").key)
    with home.record.connect() as connection:
        ((text, files),) = connection.execute("SELECT text, files FROM interactions").fetchall()
    assert text.startswith("You will see, ")
    assert files == ["notes/will.md", "notes/[…].md"]
    assert "@" not in text
    again = reading.read(home, company.plan(told))
    assert again.changes["updated"] == 0
    with home.record.connect() as connection:
        assert connection.execute("SELECT text, files FROM interactions").fetchall() == [(text, files)]


def test_the_viewer_themself_can_be_forgotten_with_every_trace_of_their_claim(home: Home, tmp_path: Path):
    reading.read(home, company.plan(mentioning(), path="/home/ben.olu@firm.example/firm.json"), viewer=BEN)
    named_boards = Place(source=company.SOURCE, id="b", name="Ben Olu and Ada", openness=Openness.MEMBERS)
    reading.read(home, company.plan([named_boards]), viewer=BEN)
    export(home, tmp_path / "network.csv", names=True, reason="for the talk of Ben Olu")
    searched = words(home)
    assert all(word in decoded(home) for word in searched)
    assert forget(home, searched[0])["is_erased"]
    assert [word for word in searched if word in decoded(home)] == []
    assert next(row[3] for row in home.store.journal_rows()) == "for the talk of […]"


def test_a_manager_who_is_forgotten_is_nobodys_manager(home: Home):
    def entry(name: str, manager: str) -> Entry:
        return Entry(source="directory:hr", id=name, name=name, address="", manager=manager)

    reading.read(home, company.plan([entry("ben.o@firm.example", ""), entry("Ada", "ben.o@firm.example")]))
    assert "ben.o@firm.example" in decoded(home)
    forget(home, looking.find(home, "ben.o@firm.example").key)
    assert "ben.o@firm.example" not in decoded(home)
    assert [row.manager for row in home.store.accounts.entries()] == [""]


def test_while_someone_reads_the_older_state_forgetting_says_so(firm: Home):
    reader = sqlite3.connect(firm.store.path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM store_account").fetchone()
    with connections[firm.store.alias].cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 200")  # it would wait for twenty seconds
    try:
        assert not forget(firm, looking.find(firm, BEN).key)["is_erased"]
        assert BEN not in str(firm.store.accounts.all())
    finally:
        reader.close()
    snapshots.current(firm)
    firm.close()
    assert BEN.encode() not in b"".join(file.read_bytes() for file in firm.folder.glob("people.sqlite3*"))
    firm.store = type(firm.store)(firm.store.path)  # the fixture closes it again
