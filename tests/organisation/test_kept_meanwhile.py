"""What is worked out while somebody opts out is shown to nobody afterwards."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone
from tests.actions import company

from crosstie.actions import opting, pages
from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, meeting_rules
from crosstie.people import Viewer
from crosstie.store.models import Meeting, Member


def elsewhere(do: Callable[[], object]) -> None:
    """Do something in another thread, with a connection of its own, and wait for it."""

    def doing() -> None:
        do()
        connections.close_all()

    thread = threading.Thread(target=doing)
    thread.start()
    thread.join()


def meanwhile(patch: pytest.MonkeyPatch, place: Any, name: str, do: Callable[[], object]) -> list[str]:
    """Let something be done elsewhere once, as soon as a function has its answer; return when it was."""
    real, done = getattr(place, name), list[str]()

    def asked(*given: Any, **named: Any) -> Any:
        answer = real(*given, **named)
        if not done:
            done.append(name)
            elsewhere(do)
        return answer

    patch.setattr(place, name, asked)
    return done


def test_a_circle_laid_out_as_somebody_opts_out_is_not_shown_again(
    firm: Home, ada: Viewer, site: Callable[[], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = site()
    page.force_login(Member.objects.get(pk=ada.member), backend="django.contrib.auth.backends.ModelBackend")
    assert "Ben Olu" in page.get("/").content.decode()
    firm.store.set_domain("other.example", "partner")  # another state: all is worked out anew
    done = meanwhile(monkeypatch, pages, "circle", lambda: opting.opt_out(firm, company.address("Ben Olu")))
    page.get("/")
    assert done
    assert "Ben Olu" not in page.get("/").content.decode()


def test_what_two_had_between_them_counts_again_as_soon_as_one_is_back(
    firm: Home, cleo: Viewer, introduced: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    del introduced
    today, address = timezone.localdate(), company.address("Cleo Marti")
    before = [one.people for one in meeting_rules.rules(firm, on=today).past]
    assert any(cleo.person in people for people in before)
    opting.opt_out(firm, address)
    assert not any(cleo.person in one.people for one in meeting_rules.rules(firm, on=today).past)
    done = meanwhile(monkeypatch, gate, "joined", lambda: opting.opt_in(firm, address))
    meeting_rules.rules(firm, on=today)
    assert done
    assert [one.people for one in meeting_rules.rules(firm, on=today).past] == before


def test_what_was_made_of_something_else_is_no_answer(firm: Home) -> None:
    old, new = object(), object()
    assert firm.once("told", lambda: "old", of=old) == "old"
    assert firm.once("told", lambda: "new", of=new) == "new"
    assert firm.once("told", lambda: "newer", of=new) == "new"
