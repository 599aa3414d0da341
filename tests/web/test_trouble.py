"""Trouble is a page like any other: what happened, and what to do."""

from __future__ import annotations

import logging

import pytest
from tests.web.made_up import MadeUp

from crosstie.errors import CrosstieError, WorkspaceBusy
from crosstie.web.middleware import status_of


def test_an_address_that_leads_nowhere_is_said_so(ask):
    answer = ask("/nowhere")
    assert answer.status == 404
    assert "There is no page at this address." in answer.text


def test_what_may_not_be_shown_is_refused_with_a_hint(ask):
    answer = ask("/contact/p-nobody")
    assert answer.status == 403
    assert "This person is not in your circle." in answer.text
    assert "Only your own contacts have a page here." in answer.text


def test_a_person_who_is_not_there_is_not_found(ask_demo):
    assert ask_demo("/as/p-nobody/").status == 404


def test_a_busy_workspace_says_so_and_may_be_asked_again(ask, monkeypatch):
    def busy(*_):
        raise WorkspaceBusy("Another process is writing.", hint="wait for it to end")

    monkeypatch.setattr(MadeUp, "sources", busy)
    answer = ask("/sources")
    assert answer.status == 503
    assert "Wait for it to end." in answer.text


def test_a_fault_of_ours_is_a_page_and_its_traceback_stands_in_the_log(ask, monkeypatch, caplog):
    def broken(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(MadeUp, "sources", broken)
    with caplog.at_level(logging.ERROR):
        answer = ask("/sources")
    assert answer.status == 500
    assert "This page could not be made." in answer.text
    assert "ZeroDivisionError" not in answer.text
    assert any(record.exc_info for record in caplog.records if record.name == "crosstie.web")


def every_trouble(kind: type[CrosstieError] = CrosstieError) -> list[type[CrosstieError]]:
    return [kind, *(deeper for child in kind.__subclasses__() for deeper in every_trouble(child))]


@pytest.mark.parametrize("kind", every_trouble())
def test_every_expected_trouble_has_a_status_of_its_own_or_is_the_workspaces(kind):
    assert 400 <= status_of(kind("It happened.")) < 600
