"""Forgetting a person: nothing is left in any file, and a re-reading does not bring them back."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from tests.actions import company

from crosstie.actions import looking, reading, snapshots
from crosstie.actions.forgetting import forget
from crosstie.actions.home import Home
from crosstie.errors import PersonUnclear

BEN = company.address("Ben Olu")


def decoded(home: Home) -> str:
    """Everything the workspace holds, decoded: rows of the record, tables, and every file's bytes."""
    parts = []
    with home.record.connect() as connection:
        parts.append(str(connection.execute("SELECT * FROM interactions").fetchall()))
        parts += [
            str(connection.execute("SELECT * FROM read_parquet(?)", [str(file)]).fetchall())
            for file in home.folder.rglob("*.parquet")
        ]
    database = sqlite3.connect(home.store.path)
    tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    parts += [str(database.execute(f'SELECT * FROM "{name}"').fetchall()) for (name,) in tables]
    database.close()
    parts += [file.read_bytes().decode("latin-1") for file in home.folder.rglob("*") if file.is_file()]
    return "\n".join(parts)


def words(home: Home) -> list[str]:
    return [looking.find(home, BEN).key, "Ben Olu", BEN]


def mentioning() -> list[object]:
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
    assert again.notes == {"act of someone who asked to be forgotten, not kept": 8}
    assert [word for word in searched if word in decoded(home)] == []


def test_another_account_with_the_same_address_stays_away_too(home: Home):
    reading.read(home, company.plan())
    forget(home, looking.find(home, BEN).key)
    elsewhere = [
        company.Account(source="mail", id=BEN, name="B. Olu", address=BEN),
        company.Place(source="mail", id="list", name="all", openness=company.Openness.OPEN),
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
    told = [
        company.Account(source=company.SOURCE, id="Will", name="Will", address="will@firm.example"),
        *company.accounts(),
        *company.places(),
        company.said(1, "Will"),
        company.said(
            2, "Ada", text="You will see, @Will knows, will@firm.example too", link="", mentioned=("Will",)
        ),
    ]
    reading.read(home, company.plan(told))
    forget(home, looking.find(home, "will@firm.example").key)
    with home.record.connect() as connection:
        ((text,),) = connection.execute("SELECT text FROM interactions").fetchall()
    assert text.startswith("You will see, ")
    assert "@" not in text
    again = reading.read(home, company.plan(told))
    assert again.changes["updated"] == 0
    with home.record.connect() as connection:
        assert connection.execute("SELECT text FROM interactions").fetchall() == [(text,)]
