"""A database that another is writing to is no fault of ours: it is said, and may be tried again."""

from __future__ import annotations

import pytest
from django.db import OperationalError

from crosstie.actions.organisation import asking, looks, workshops
from crosstie.store.models import Look, Member


def locked(*_args, **_named):
    raise OperationalError("database is locked")


@pytest.fixture
def bens(site, ben):
    opened = site()
    opened.force_login(Member.objects.get(pk=ben.member), backend="django.contrib.auth.backends.ModelBackend")
    return opened


def test_a_page_says_so(bens, monkeypatch):
    monkeypatch.setattr(workshops, "workshops", locked)
    said = bens.get("/workshops")
    assert said.status_code == 503
    assert "Try again in a moment." in said.content.decode()


def test_the_api_says_so(program, ben, monkeypatch):
    monkeypatch.setattr(workshops, "workshops", locked)
    said = program(ben)("GET", "workshops")
    assert (said.status_code, said.json()["code"]) == (503, "workspace-busy")


def test_another_trouble_of_the_database_stays_one_of_ours(bens, monkeypatch):
    def broken(*_args):
        raise OperationalError("no such table")

    monkeypatch.setattr(workshops, "workshops", broken)
    assert bens.get("/workshops").status_code == 500


def test_a_look_that_cannot_be_noted_keeps_no_page_from_anybody(bens, firm, cleo, monkeypatch, caplog):
    number = asking.ask(firm, cleo, "a question", {})
    monkeypatch.setattr(type(Look.objects), "bulk_create", locked)
    assert bens.get(f"/questions/{number}").status_code == 200
    assert "1 looks were not noted" in caplog.text


def test_another_trouble_with_a_look_is_told(firm, ben, cleo, monkeypatch):
    def broken(*_args, **_named):
        raise OperationalError("no such table")

    monkeypatch.setattr(type(Look.objects), "bulk_create", broken)
    with pytest.raises(OperationalError):
        looks.note(firm, ben, cleo.account, "question")
