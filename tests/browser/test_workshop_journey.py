"""A workshop's first week in a real browser: made, joined, prompted by mail, and the map made right."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.browser import test_journeys as ways
from tests.organisation.mail_server import Taken

from crosstie.actions.home import Home
from crosstie.actions.organisation import prompts, work
from crosstie.people import Role, Viewer
from crosstie.store.models import Mapped

pytestmark = pytest.mark.browser

empty_workspace, firm_workspace, home = ways.empty_workspace, ways.firm_workspace, ways.home
firm, ada, join = ways.firm, ways.ada, ways.join
post, served, someone = ways.post, ways.served, ways.someone


def is_clean(page: Any) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_from_an_invitation_to_a_map_made_right(
    firm: Home, ada: Viewer, join: Any, someone: ways.Someone, post: Taken
) -> None:
    join("Ben Olu")
    join("Hana Sato")
    join("Fay Lind", Role.FACILITATOR)
    for name in ("Ben Olu", "Fay Lind"):
        ways.let_sign_in(name)

    fay = someone("Fay Lind")
    fay.get_by_role("link", name="Workshops").click()
    fay.get_by_label("Name").fill("Widen your circle")
    fay.get_by_label("First day").fill(fay.evaluate("new Date().toISOString().slice(0, 10)"))
    fay.get_by_role("button", name="Make it, then invite").click()
    fay.get_by_label("Ben Olu").check()
    is_clean(fay)
    fay.get_by_role("button", name="Invite").click()
    assert fay.get_by_text("1 person is invited.").is_visible()

    ben = someone("Ben Olu", width=390)
    ben.get_by_role("link", name="Workshops").click()
    ben.get_by_role("link", name="Widen your circle").click()
    is_clean(ben)
    ben.get_by_role("button", name="Take part").click()
    is_clean(ben)

    prompts.daily(firm, {})
    work.work_once(firm)
    mail = ways.mail_to(post, "Ben Olu")
    assert mail["Subject"] == "Week 1: Map your network"
    link = re.search(r"http\S+/weeks/1$", mail.get_content().replace("\r", ""), re.MULTILINE)
    assert link is not None
    ben.goto(link[0])
    ben.get_by_role("button", name=re.compile("That is right.*Ada Berg")).click()
    assert ben.get_by_role("button", name=re.compile("Not confirmed after all.*Ada Berg")).is_visible()
    ben.get_by_label("Who", exact=True).select_option(label="Hana Sato")
    ben.get_by_role("button", name="Name them").click()
    assert ben.get_by_role("button", name=re.compile("Take it back.*Hana Sato")).is_visible()
    is_clean(ben)
    assert ben.evaluate("document.documentElement.scrollWidth <= innerWidth")
    ben.get_by_role("button", name="I did this").click()
    assert ben.get_by_text("done", exact=True).is_visible()
    assert set(Mapped.objects.values_list("verb", flat=True)) == {"confirmed", "missing"}

    work.work_once(firm)
    ben.goto("/")
    assert ben.get_by_text("Hana Sato").first.is_visible()

    fay.reload()
    assert fay.get_by_text("done", exact=True).count() == 0
