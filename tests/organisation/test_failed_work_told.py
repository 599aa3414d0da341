"""What fails behind the pages is told: to members that it could not be made, to stewards what and why."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import CliRunner
from django.test import Client
from tests.actions import company
from tests.organisation import failing
from tests.organisation.api_clients import Program
from tests.organisation.conftest import PASSWORD
from tests.organisation.failing import SECRET, do_again

from crosstie.actions import flow_files, prepared, quarters, topics
from crosstie.actions.home import Home
from crosstie.actions.organisation import checking, failed_work, work
from crosstie.cli import main
from crosstie.errors import NotAllowed, NotShown
from crosstie.people import Viewer

pytestmark = pytest.mark.anywhere

fails, working = failing.fails, failing.working

TEXT = "Message 0 of Ada?"
TOLD = "It could not be made: something failed behind the pages."


def browser_of(site: Callable[[], Client], name: str) -> Client:
    browser = site()
    browser.post("/account/login/", {"login": company.address(name), "password": PASSWORD})
    return browser


def member(site: Callable[[], Client], join: Callable[..., Viewer]) -> Client:
    from crosstie.store.models import Member

    who = join("Ben Olu")
    browser = site()
    browser.force_login(Member.objects.get(pk=who.member))
    return browser


PAGES = {
    "/ask": "What was answered before, and who could help, cannot be shown now.",
    "/ask/panel": "A panel cannot be put together now.",
    "/ask/again": "What comes again cannot be shown now.",
}


def asked(browser: Client, path: str) -> str:
    posted = path != "/ask/again"
    answer = browser.post(path, {"text": TEXT, "seats": 3}) if posted else browser.get(path)
    return answer.content.decode()


@pytest.mark.usefixtures("ada", "working")
def test_advice_that_cannot_be_made_is_told_to_members_and_to_stewards_until_it_is(
    firm: Home, site: Callable[[], Client], join: Callable[..., Viewer], monkeypatch: pytest.MonkeyPatch
) -> None:
    steward, other = browser_of(site, "Ada Berg"), member(site, join)
    for path in PAGES:
        assert "In some minutes" in asked(other, path)
    with monkeypatch.context() as patch:

        def fail(*_: object) -> None:
            raise KeyError(SECRET)

        patch.setattr(prepared, "make", fail)
        do_again(firm)
        for path, said in PAGES.items():
            page = asked(other, path)
            assert said in page
            assert TOLD in page
            assert "In some minutes" not in page
            assert "What failed" not in page
            assert 'href="/sources#failed">What failed' in asked(steward, path)
        page = steward.get("/sources").content.decode()
        assert "What failed behind the pages" in page
        assert "Read what was asked and answered, for advice on whom to ask." in page
        assert "It met an error that crosstie did not expect (KeyError)." in page
        assert SECRET not in page
        assert "behind the pages" not in other.get("/sources").content.decode()
        # Looking again puts it in again, and does not take back that it failed.
        assert TOLD in asked(other, "/ask")
    do_again(firm)
    for path in PAGES:
        assert TOLD not in asked(other, path)
        assert "In some minutes" not in asked(other, path)
    assert "What failed" not in steward.get("/sources").content.decode()


@pytest.mark.usefixtures("ada", "working")
def test_topics_that_cannot_be_found_are_told_too(
    firm: Home, site: Callable[[], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = browser_of(site, "Ada Berg")
    paths = ("/ideas", "/map/knowledge")
    for path in paths:
        assert "minutes" in browser.get(path).content.decode()
    with monkeypatch.context() as patch:

        def fail(*_: object) -> None:
            raise MemoryError

        patch.setattr(topics, "make", fail)
        do_again(firm)
        for path in paths:
            page = browser.get(path).content.decode()
            assert "Topics cannot be shown now." in page
            assert TOLD in page
            assert "minutes" not in page
        assert "There was too little memory." in browser.get("/sources").content.decode()
    with monkeypatch.context() as patch:
        patch.setattr(flow_files, "make", fail)
        do_again(firm)
        assert "What moved between groups cannot be shown now." in browser.get("/ideas").content.decode()
        assert TOLD not in browser.get("/map/knowledge").content.decode()
    do_again(firm)
    for path in paths:
        assert TOLD not in browser.get(path).content.decode()


@pytest.mark.usefixtures("ada", "working")
def test_a_circle_check_that_failed_is_told(
    firm: Home, site: Callable[[], Client], fails: Callable[..., None]
) -> None:
    browser = browser_of(site, "Ada Berg")
    assert "look again in a while" in browser.get("/").content.decode()
    fails(quarters, "_made")
    do_again(firm)
    page = browser.get("/").content.decode()
    assert "The circle check cannot be shown now." in page
    assert "look again in a while" not in page


def test_stewards_alone_and_the_machines_owner_are_told(
    firm: Home, ada: Viewer, ben: Viewer, program: Callable[..., Program], fails: Callable[..., None]
) -> None:
    firm.store.set_domain("other.example", "partner")
    fails(topics)
    work.put_in("snapshot", "snapshot:now")
    printed = CliRunner().invoke(main, ["work", "--once", "--workspace", str(firm.folder)])
    assert printed.exit_code == 0
    assert "Find the topics of what was said. It met an error" in printed.stderr
    assert SECRET not in printed.stdout
    (failed,) = failed_work.failed_work(firm, ada)
    assert failed.work == "Find the topics of what was said."
    with pytest.raises(NotAllowed):
        failed_work.failed_work(firm, ben)
    with pytest.raises(NotShown):
        failed_work.failed_work(firm, Viewer(person=""))
    assert program(ada)("GET", "sources/failed").json()[0]["why"].endswith("(KeyError).")
    assert program(ben)("GET", "sources/failed").status_code == 403


def test_a_program_is_told_that_advice_could_not_be_made(
    firm: Home, ada: Viewer, working: None, program: Callable[..., Program], fails: Callable[..., None]
) -> None:
    del working
    ask = program(ada)
    assert ask("POST", "drafts", {"text": TEXT}).json()["has_failed"] is False
    fails(prepared)
    do_again(firm)
    assert ask("POST", "drafts", {"text": TEXT}).json()["has_failed"] is True
    assert ask("POST", "panels", {"text": TEXT}).json()["panel"]["has_failed"] is True
    assert ask("GET", "routine").json()["has_failed"] is True
    assert checking.check(firm, ada).has_failed is False
