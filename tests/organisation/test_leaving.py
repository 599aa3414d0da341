"""Opting out from the page: gone at once from every page and suggestion, and nobody waits for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from tests.actions import company
from tests.organisation.conftest import PASSWORD, admitted, grown, signed_in

from crosstie.actions import building, pages, prepared, snapshots
from crosstie.actions.home import Home
from crosstie.actions.organisation import (
    asking,
    being_asked,
    gate,
    held_rows,
    introducing,
    learning,
    leaving,
    proposing,
    work,
)
from crosstie.actions.presence import present
from crosstie.errors import NotAllowed, NotShown
from crosstie.people import Viewer
from crosstie.store.models import Asked, Letter, Member, Part

BEN = "Ben Olu"


@pytest.fixture(scope="module", autouse=True)
def _soon_after_what_was_read() -> Iterator[None]:
    """Let what is asked here come while the ties that were read still count: in a year they count no more."""
    with time_machine.travel(datetime(2026, 3, 10, 9, tzinfo=UTC)):
        yield


@pytest.fixture(scope="module")
def firm_workspace(firm_workspace, tmp_path_factory, _soon_after_what_was_read):
    """The firm in which Ben asked and answered, was asked and thanked, and could be introduced."""

    def use(home: Home) -> None:
        ada = signed_in(home, company.address("Ada Berg"))
        ben = admitted(home, ada, BEN)
        admitted(home, ada, "Cleo Marti")
        first = asking.ask(home, ben, "Who knows?", {})
        asking.answer(home, ada, first, "I do.")
        second = asking.ask(home, ada, "And who knows this?", {ben.person: ["You do."]})
        asking.answer(home, ben, second, "So.")
        learning.acknowledge(home, ada, ben.person)
        work.work_once(home)
        introducing.suggest(home, {"begins": "2026-03-09"})
        prepared.prepared(home)  # as the worker that made the snapshot would have

    return grown(firm_workspace, tmp_path_factory.mktemp("firm"), use)


@pytest.fixture
def ben(firm):
    return signed_in(firm, company.address(BEN))


def browser_of(site, viewer: Viewer) -> Client:
    opened: Client = site()
    opened.force_login(
        Member.objects.get(pk=viewer.member), backend="django.contrib.auth.backends.ModelBackend"
    )
    return opened


def everything_shown(browser: Client, home, ben: Viewer) -> dict[str, str]:
    """Every page that shows people, asked for as another member, the ways to one person among them."""
    with home.record.connect() as connection:
        of_ben = connection.execute(
            "SELECT external_id FROM interactions WHERE actor = ? LIMIT 3", [ben.person]
        ).fetchall()
    paths = ["/", "/map", "/map.json", "/sources", "/ask", "/meet", "/workshops", "/thanks", "/me/shown"]
    paths += ["/me/rows", "/me/looks", "/questions/1", "/questions/2", f"/contact/{ben.person}"]
    paths += [f"/trace/{row}" for (row,) in of_ben]
    found = {path: browser.get(path).content.decode() for path in paths}
    found["ask"] = browser.post("/ask", {"text": "Message 0 of Ada?"}).content.decode()
    found["look for introductions"] = browser.post("/meet/look", follow=True).content.decode()
    return found


def named(shown: dict[str, str]) -> list[str]:
    return [path for path, page in shown.items() if BEN in page]


def test_gone_from_every_page_at_once_while_an_older_snapshot_is_shown_and_nobody_waits(
    firm, site, ada, ben, monkeypatch
):
    cleo = signed_in(firm, company.address("Cleo Marti"))
    browser = browser_of(site, ada)
    with present(firm.folder):
        # The search finds what is there, on the pages that name people.
        assert {"/", "/map", "/map.json", "/thanks", "/questions/1", "/questions/2", "ask"} <= set(
            named(everything_shown(browser, firm, ben))
        )
        assert "/meet" in named(everything_shown(browser_of(site, cleo), firm, ben))
        folder = snapshots.current(firm).folder

        def nobody_builds(*_args: object, **_more: object) -> None:
            raise AssertionError("a page made a snapshot, and whoever asked for it waited")

        monkeypatch.setattr(building, "build", nobody_builds)
        browser_of(site, ben).post("/me/opt-out")
        assert snapshots.current(firm).folder == folder
        for one in (browser, browser_of(site, cleo)):
            shown = everything_shown(one, firm, ben)
            assert named(shown) == []
            assert [path for path, page in shown.items() if ben.person in page] == []
        assert browser.get(f"/contact/{ben.person}").status_code == 403
        monkeypatch.undo()
        work.work_once(firm)
        assert snapshots.current(firm).folder != folder
        assert named(everything_shown(browser, firm, ben)) == []


def test_without_a_worker_the_snapshot_goes_and_the_next_page_makes_one(firm, site, ada, ben):
    folder = snapshots.current(firm).folder
    leaving.opt_out(firm, ben)
    assert not folder.exists()
    assert named(everything_shown(browser_of(site, ada), firm, ben)) == []


def test_the_filtered_snapshot_shows_the_ties_that_the_next_one_has(firm, ada, ben):
    def ties() -> set[tuple[str, str]]:
        network = snapshots.current(firm).network
        columns = (network.ties.learner.tolist(), network.ties.teacher.tolist())
        return {
            (str(network.persons[one]), str(network.persons[other]))
            for one, other in zip(*columns, strict=True)
        }

    with present(firm.folder):
        snapshots.current(firm)
        before = ties()
        leaving.opt_out(firm, ben)
        filtered = ties()
        work.work_once(firm)
        assert filtered == ties() == {pair for pair in before if ben.person not in pair}


def test_nobody_can_ask_introduce_or_thank_them(firm, ada, ben):
    assert ben.person in {
        one.helper.person.key for one in proposing.draft(firm, ada, "Message 0?").candidates
    }
    leaving.opt_out(firm, ben)
    assert ben.person not in gate.joined(firm)
    assert ben.person not in {
        one.helper.person.key for one in proposing.draft(firm, ada, "Message 0?").candidates
    }
    with pytest.raises(NotAllowed):
        asking.ask(firm, ada, "Again?", {ben.person: ["You do."]})
    with pytest.raises(NotShown):
        learning.acknowledge(firm, ada, ben.person)
    before = Part.objects.filter(account=ben.account).count()
    assert before
    introducing.suggest(firm, {"begins": "2026-03-16"})
    assert Part.objects.filter(account=ben.account).count() == before


def test_who_asked_them_is_not_kept_waiting(firm, ada, ben):
    number = asking.ask(firm, ada, "How?", {ben.person: ["You do."]})
    asked = Asked.objects.get(account=ben.account, question=number)
    being_asked.later(firm, ben, asked.pk)
    leaving.opt_out(firm, ben)
    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    assert not Letter.objects.filter(kind="again", state="waiting").exists()


def test_they_see_what_is_held_and_do_nothing_under_their_name(firm, site, ben):
    question = asking.ask(firm, ben, "One more?", {})
    leaving.opt_out(firm, ben)
    browser = browser_of(site, ben)
    assert "You opted out" in browser.get("/").content.decode()
    assert held_rows.number(firm, ben) > 0
    assert f"{held_rows.number(firm, ben)} traces" in browser.get("/me").content.decode()
    assert browser.post("/ask/send", {"text": "Who?"}).status_code == 403
    assert browser.post(f"/questions/{question - 1}/answer", {"text": "I."}).status_code == 403


def test_opting_in_again_shows_everything_as_before(firm, site, ada, ben):
    def lists() -> str:
        view = pages.circle(firm, ada)
        # What a snapshot goes on from is added up in another order: its sums differ in the last bits.
        return json.dumps([(one.person.name, round(one.contact, 9)) for one in view.contacts])

    before = lists()
    browser = browser_of(site, ben)
    browser.post("/me/opt-out")
    assert lists() != before
    assert "Opt in again" in browser.get("/me/leave").content.decode()
    browser.post("/me/opt-in")
    assert lists() == before
    assert pages.circle(firm, ben).contacts


def test_nobody_opts_anybody_else_out(firm, site, ada, ben):
    browser = site()
    browser.post("/account/login/", {"login": company.address("Ada Berg"), "password": PASSWORD})
    browser.post("/me/opt-out", {"person": ben.person, "account": ben.account, "member": ben.member})
    assert not leaving.standing(firm, ben).is_out
    assert leaving.standing(firm, ada).is_out
    assert site().post("/me/opt-out").status_code == 302
    assert browser.get("/me/opt-out").status_code == 405


@pytest.mark.parametrize("verb", [leaving.standing, leaving.opt_out, leaving.opt_in])
def test_an_outsider_may_do_none_of_it(firm, ben, verb):
    with pytest.raises(NotShown):
        verb(firm, Viewer(person=ben.person, account=ben.account))
