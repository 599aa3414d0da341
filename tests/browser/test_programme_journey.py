"""A facilitator's programme in a real browser: people chosen, drawn, looked at, sent; one declines."""

from __future__ import annotations

from typing import Any

import pytest
from tests.actions import company
from tests.browser import test_journeys as ways
from tests.browser.looking import axe_finds_nothing
from tests.organisation.mail_server import Taken

from crosstie.actions.home import Home
from crosstie.actions.organisation import work
from crosstie.people import Role

pytestmark = pytest.mark.browser

empty_workspace, firm_workspace, home = ways.empty_workspace, ways.firm_workspace, ways.home
firm, ada, join = ways.firm, ways.ada, ways.join
post, served, someone = ways.post, ways.served, ways.someone

PEOPLE = company.NAMES[1:8]


def fits_a_phone(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_from_choosing_people_to_a_meeting_that_one_declines(
    firm: Home, join: Any, someone: ways.Someone, post: Taken
) -> None:
    for name in PEOPLE:
        join(name, Role.FACILITATOR if name == "Fay Lind" else Role.MEMBER)
        ways.let_sign_in(name)
    fay = someone("Fay Lind", width=390)
    fay.get_by_role("link", name="Meet", exact=True).click()
    fay.get_by_role("link", name="Programmes").click()
    axe_finds_nothing(fay)
    fay.get_by_label("Name", exact=True).fill("Autumn")
    fay.get_by_label("People by name").check()
    for name in PEOPLE:
        fay.get_by_label(name, exact=True).check()
    fay.get_by_role("button", name="Draw and pair").click()
    axe_finds_nothing(fay)
    assert fits_a_phone(fay)
    assert fay.get_by_text("three", exact=True).count() == 1
    fay.get_by_role("link", name="The draw, and drawing it again").click()
    assert fay.get_by_text("the same order").is_visible()
    axe_finds_nothing(fay)
    assert fits_a_phone(fay)
    fay.get_by_role("link", name="Autumn").click()
    fay.get_by_role("button", name="Send to everyone in a pair").click()
    axe_finds_nothing(fay)

    work.work_once(firm)
    assert len([mail for mail in post.mails if b"text/calendar" in mail]) == len(PEOPLE)
    ben = someone("Ben Olu", width=390)
    ben.goto("/meet")
    axe_finds_nothing(ben)
    assert fits_a_phone(ben)
    ben.get_by_role("button", name="I cannot come after all").click()
    assert ben.get_by_text("It is off, and the others are told so.").is_visible()
    fay.reload()
    assert "Ben Olu" in fay.locator("main").inner_text()  # the pairs stand as they were drawn
