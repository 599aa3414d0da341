"""What is kept until somebody writes: it holds for nobody a moment longer."""

from __future__ import annotations

import sqlite3
import threading

import psycopg
import pytest
from django.db import connections, transaction

from crosstie.actions.home import Home
from crosstie.people import DecisionRow, Verb
from crosstie.store.database import URL_FILE

OPT_OUT = DecisionRow(verb=Verb.OPT_OUT, account="", other="", name="mark")


@pytest.fixture
def asked(home: Home):
    """Return a function that asks, and tells how often the database was asked so far."""
    times: list[None] = []

    def asking() -> int:
        home.store.until_written.once("how often", lambda: times.append(None))
        return len(times)

    return asking


def test_it_is_asked_once(asked):
    assert [asked(), asked()] == [1, 1]


def test_what_was_written_here_is_asked_for_anew(home, asked):
    asked()
    home.store.decide(OPT_OUT)
    assert [asked(), asked()] == [2, 2]


def test_so_is_what_another_process_wrote(home, asked):
    asked()
    address = home.folder / URL_FILE
    other = (
        psycopg.connect(address.read_text().strip()) if address.exists() else sqlite3.connect(home.store.path)
    )
    with other:
        other.execute("INSERT INTO store_fact (name, value) VALUES ('told by', 'another')")
        assert asked() == 1
    other.close()
    assert [asked(), asked()] == [2, 2]


def test_and_what_another_thread_wrote(home, asked):
    asked()

    def write() -> None:
        home.store.set_fact("told by", "another")
        connections[home.store.alias].close()

    one = threading.Thread(target=write)
    one.start()
    one.join()
    assert asked() == 2


def test_within_a_transaction_nothing_is_kept_as_it_may_be_taken_back(home, asked):
    before = home.store.state()
    with transaction.atomic(using=home.store.alias):
        home.store.decide(OPT_OUT)
        assert home.store.state() != before
        assert [asked(), asked()] == [1, 2]
        transaction.set_rollback(True, using=home.store.alias)
    assert home.store.state() == before


def test_a_fact_is_told_as_it_is_now(home):
    home.store.set_fact("name", "one")
    assert home.store.fact("name") == "one"
    home.store.set_fact("name", "other")
    assert home.store.fact("name") == "other"
    with transaction.atomic(using=home.store.alias):
        home.store.set_fact("name", "third")
        assert home.store.fact("name") == "third"
