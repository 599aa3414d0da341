"""Tokens that end, free days and ways in, in a real browser: accessible, on a phone, and without scripts."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from tests.actions import company
from tests.browser import test_journeys as ways
from tests.browser.looking import axe_finds_nothing, is_accessible_and_fits
from tests.organisation.conftest import link_in_last_letter

from crosstie.actions.home import Home
from crosstie.actions.organisation import sign_in_links, tokens, working_days
from crosstie.people import Viewer
from crosstie.store.models import Token
from crosstie.web.organisation import limits

pytestmark = pytest.mark.browser

empty_workspace, firm_workspace, home = ways.empty_workspace, ways.firm_workspace, ways.home
firm, ada, join = ways.firm, ways.ada, ways.join
served, someone = ways.served, ways.someone

NAME = "Ada Berg"
CALENDAR = """BEGIN:VCALENDAR
BEGIN:VEVENT
SUMMARY:New Year
DTSTART;VALUE=DATE:20200101
RRULE:FREQ=YEARLY
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def limited(firm: Home, ada: Viewer) -> None:
    """Two tokens, one of which ended, and free days."""
    tokens.make(firm, ada, "Weekly summary of the team", ["ask:read", "circle:read"])
    tokens.make(firm, ada, "An old script", ["ask:read"])
    Token.objects.filter(label="An old script").update(ends_at=timezone.now() - timedelta(days=2))
    first = timezone.localdate() + timedelta(days=20)
    working_days.set_holidays(firm, ada, [f"{first} - {first + timedelta(days=8)} Between the years"])


@pytest.mark.usefixtures("limited")
def test_every_page_is_accessible_and_fits(firm: Home, ada: Viewer, someone: ways.Someone) -> None:
    page = someone(NAME)
    for path in ("/me/tokens", "/members", "/members/tokens", "/members/working-time", "/ask"):
        page.goto(path)
        is_accessible_and_fits(page)
    sign_in_links.send(firm, company.address(NAME))
    outside = someone()
    outside.goto(link_in_last_letter(ada.account))
    assert outside.get_by_role("heading", name="Sign in as Ada Berg").is_visible()
    is_accessible_and_fits(outside)
    outside.goto("/account/inactive/")
    assert outside.get_by_role("heading", name="You are let in no more").is_visible()
    is_accessible_and_fits(outside)


def test_free_days_are_added_from_a_file_and_seen_by_all(
    firm: Home, someone: ways.Someone, tmp_path: Path
) -> None:
    file = tmp_path / "holidays.ics"
    file.write_text(CALENDAR, "utf-8")
    page = someone(NAME)
    page.get_by_role("link", name="Members").click()
    page.get_by_role("link", name="Working time").click()
    page.get_by_label("A calendar file (.ics)").set_input_files(file)
    page.get_by_role("button", name="Add them").click()
    assert page.get_by_text("holidays were found.").is_visible()
    listed = page.get_by_label("Free days, one a line")
    listed.fill(listed.input_value() + "\nsome day")
    page.get_by_role("button", name="Set them").click()
    assert page.get_by_text("“some day” is no holiday.").is_visible()
    axe_finds_nothing(page)
    page.goto("/ask")
    page.get_by_text("Days taken as free").click()
    assert page.get_by_text("New Year").first.is_visible()


def test_a_token_is_made_for_a_month_and_one_that_ended_is_removed(
    firm: Home, limited: None, someone: ways.Someone
) -> None:
    page = someone(NAME)
    page.goto("/me/tokens")
    page.get_by_role("button", name="Remove An old script").click()
    assert not page.get_by_text("An old script").is_visible()
    page.get_by_label("What it is for").fill("A nightly export")
    page.get_by_label("How long it holds").select_option("30")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Make the token").click()
    assert page.get_by_role("heading", name="Your new token").is_visible()
    made = Token.objects.get(label="A nightly export")
    assert (made.ends_at - made.made_at).days in {29, 30}


def test_whoever_asks_too_often_is_told_to_wait(
    firm: Home, chromium: Any, served: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "A_MINUTE", 0)
    page = chromium.new_context(base_url=served).new_page()  # a browser complains of 429 itself
    page.goto("/sign-in")
    page.get_by_label("Your e-mail address").fill(company.address(NAME))
    with page.expect_response("**/sign-in") as answered:
        page.get_by_role("button").last.click()
    assert answered.value.status == 429
    assert page.get_by_role("heading", name="This was tried too often.").is_visible()
    axe_finds_nothing(page)
