"""About me in a real browser: see what is held, correct it, take it along, and be forgotten."""

from __future__ import annotations

import zipfile

import pytest
from tests.actions import company
from tests.browser import test_journeys as ways
from tests.browser.looking import axe_finds_nothing, is_accessible_and_fits
from tests.organisation.conftest import signed_in
from tests.organisation.someone import NAME, join_and_use_everything

from crosstie.actions.home import Home
from crosstie.people import Viewer

pytestmark = pytest.mark.browser

empty_workspace, firm_workspace, home = ways.empty_workspace, ways.firm_workspace, ways.home
firm = ways.firm
served, someone = ways.served, ways.someone

PAGES = ["/me", "/me/rows", "/me/looks", "/me/shown", "/me/leave", "/thanks", "/me/held/letter"]


@pytest.fixture
def practised(firm: Home) -> Viewer:
    """Someone of whom there is something in every table."""
    join_and_use_everything(firm)
    ways.let_sign_in(NAME)
    return signed_in(firm, company.address(NAME))


def test_every_page_about_me_is_accessible_and_fits_a_phone(practised: Viewer, someone: ways.Someone) -> None:
    page = someone(NAME)
    for path in PAGES:
        page.goto(path)
        is_accessible_and_fits(page)


def test_from_a_trace_that_was_not_me_to_being_forgotten(
    firm: Home, practised: Viewer, someone: ways.Someone
) -> None:
    page = someone(NAME)
    page.get_by_role("link", name="About me").click()
    page.get_by_role("link", name="See every trace").click()
    page.get_by_role("button", name="That was not me").first.click()
    assert page.get_by_text("not you", exact=True).is_visible()
    page.get_by_role("button", name="It was you after all").click()
    assert page.get_by_text("Taken back: it counts as before.").is_visible()

    page.get_by_role("link", name="Leave", exact=True).click()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Take it along").click()
    with zipfile.ZipFile(coming.value.path()) as packed:
        assert "traces.csv" in packed.namelist()

    page.get_by_label("Your e-mail address, to confirm").fill("somebody@firm.example")
    page.get_by_role("button", name="Forget me").click()
    assert page.get_by_text("That is not your address.").is_visible()
    axe_finds_nothing(page)
    page.get_by_label("Your e-mail address, to confirm").fill(company.address(NAME))
    page.get_by_role("button", name="Forget me").click()
    assert page.get_by_role("heading", name="You were forgotten").is_visible()
    axe_finds_nothing(page)
    page.goto("/me")
    assert "/account/login/" in page.url
