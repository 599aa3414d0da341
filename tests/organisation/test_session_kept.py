"""What is said where a session cannot be kept."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError
from tests.organisation.conftest import PASSWORD


@pytest.fixture
def sign_in(firm, ada, site, monkeypatch):
    def signing_in(trouble):
        def save(*_arguments, **_more):
            raise OperationalError(trouble)

        monkeypatch.setattr(Session, "save", save)
        browser = site()
        browser.raise_request_exception = False
        return browser.post("/account/login/", {"login": "ada.berg@firm.example", "password": PASSWORD})

    return signing_in


def test_while_somebody_else_writes_one_is_asked_to_wait(sign_in):
    answer = sign_in("database is locked")
    assert answer.status_code == 503
    assert "Try again in a moment" in answer.content.decode()


def test_any_other_trouble_is_a_page_too(sign_in, caplog):
    answer = sign_in("disk I/O error")
    assert answer.status_code == 500
    assert "This page could not be made" in answer.content.decode()
    assert "disk I/O error" in caplog.text
