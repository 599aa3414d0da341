"""What fails behind the pages is told: to members that it could not be made, to stewards what and why."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from django.test import Client
from tests.actions import company
from tests.organisation.api_clients import Program
from tests.organisation.conftest import PASSWORD

from crosstie.actions import (
    failures,
    flow_files,
    prepared,
    presence,
    quarters,
    reading,
    routine_files,
    snapshots,
    topics,
)
from crosstie.actions.consent import Consent
from crosstie.actions.home import Home
from crosstie.actions.organisation import checking, failed_work, kinds, queue, tidying, work
from crosstie.cli import main
from crosstie.errors import NotAllowed, NotShown, WorkspaceBusy, WorkspaceRefused
from crosstie.people import Viewer
from crosstie.store.models import Fact, Run

TEXT = "Message 0 of Ada?"
SECRET = "Ben Olu wrote about his illness"
TOLD = "It could not be made: something failed behind the pages."


@pytest.fixture
def working(firm: Home) -> Iterator[None]:
    """A worker lives, and does nothing; somebody said something since what it made last."""
    plan = company.plan([*company.accounts(), *company.places(), company.said(9000, "Ada")], path="new.json")
    reading.read(firm, plan, agreed=Consent(domains=frozenset({"firm.example"})))
    snapshots.current(firm)
    with presence.present(firm.folder):
        yield


@pytest.fixture
def fails(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that makes something fail from now on."""

    def failing(where: object, name: str = "make", wrong: Exception | None = None) -> None:
        def fail(*_: object, **__: object) -> None:
            raise wrong or KeyError(SECRET)

        monkeypatch.setattr(where, name, fail)

    return failing


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


def do_again(home: Home) -> None:
    """Let everything be due that waits, and do it."""
    Run.objects.filter(done_at=None).update(due_at=datetime.now(UTC))
    work.work_once(home)


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


STEPS = {"advice": prepared, "topics": topics, "flows": flow_files, "routine": routine_files}
REST_ON = {"advice": {"routine"}, "topics": {"flows"}, "flows": set(), "routine": set()}


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_fails_holds_up_only_what_rests_on_it(
    firm: Home, fails: Callable[..., None], working: None, step: str
) -> None:
    del working
    before = snapshots.current(firm).folder
    plan = company.plan([*company.accounts(), *company.places(), company.said(9001, "Ada")], path="two.json")
    reading.read(firm, plan, agreed=Consent(domains=frozenset({"firm.example"})))
    work.put_in("snapshot", "snapshot:now")
    fails(STEPS[step])
    work.work_once(firm)
    after = snapshots.current(firm).folder
    assert after != before
    folders = {"advice": "asking", "topics": "topics-1", "flows": "flows-1", "routine": "routine-1"}
    there = {name for name, folder in folders.items() if (after / folder).exists()}
    assert there == set(STEPS) - {step} - REST_ON[step]
    assert [one.work for one in failures.failures(firm)] == [step]
    run = Run.objects.get(key="snapshot:now")
    assert (run.tries, run.done_at) == (1, None)
    assert run.due_at > datetime.now(UTC)


def test_what_failed_is_begun_once_a_try(firm: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def fail(*_: object) -> None:
        tried.append(1)
        raise KeyError(SECRET)

    firm.store.set_domain("other.example", "partner")
    monkeypatch.setattr(topics, "make", fail)
    work.put_in("snapshot", "snapshot:now")
    work.work_once(firm)
    assert len(tried) == 1


def test_without_a_snapshot_nothing_that_rests_on_it_is_tried(firm: Home, fails: Callable[..., None]) -> None:
    firm.store.set_domain("other.example", "partner")
    fails(snapshots, "renewed", OSError(errno.ENOSPC, "No space left"))
    work.put_in("snapshot", "snapshot:now")
    work.work_once(firm)
    (failed,) = failed_work.all_failed(firm)
    assert (failed.work, failed.why) == ("Work out the network anew.", "The disk is full.")


def test_several_failures_are_each_told(firm: Home, fails: Callable[..., None]) -> None:
    firm.store.set_domain("other.example", "partner")
    fails(prepared)
    fails(topics, wrong=WorkspaceRefused(SECRET))
    work.put_in("snapshot", "snapshot:now")
    work.work_once(firm)
    assert {one.work for one in failures.failures(firm)} == {"advice", "topics"}
    run = Run.objects.get(key="snapshot:now")
    assert "KeyError" in run.trouble
    assert "WorkspaceRefused" in run.trouble
    assert SECRET not in run.trouble + json.dumps(list(Fact.objects.values_list("value", flat=True)))


def test_of_work_for_itself_each_stands_until_it_went_well_or_is_old(
    firm: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = {"one"}

    def record(_home: Home, payload: dict[str, str]) -> None:
        if payload["what"] in broken:
            raise WorkspaceBusy("Busy.")

    monkeypatch.setitem(kinds.KINDS, "record", record)
    work.put_in("record", "record:one", {"what": "one"})
    work.put_in("record", "record:two", {"what": "two"})
    work.work_once(firm)
    (failed,) = failures.failures(firm)
    assert (failed.work, failed.why, failed.is_given_up) == ("record", failures.Why.BUSY, False)
    Run.objects.filter(done_at=None).update(tries=queue.MOST_TRIES - 1)
    do_again(firm)
    (failed,) = failures.failures(firm)
    assert failed.is_given_up
    failures.forget_old(firm, timedelta(days=1))
    assert failures.failures(firm)
    monkeypatch.setattr(tidying, "KEPT", timedelta(seconds=-1))
    tidying.tidy(firm, {})
    assert not failures.failures(firm)


def test_what_comes_round_is_made_good_by_its_next_time(firm: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyError(SECRET)

    with monkeypatch.context() as patch:
        patch.setitem(kinds.KINDS, "lapse", fail)
        work.put_in("lapse", "lapse:1")
        Run.objects.update(tries=queue.MOST_TRIES - 1)
        work.work_once(firm)
    (failed,) = failures.failures(firm)
    assert not failed.is_given_up
    work.put_in("lapse", "lapse:2")
    work.work_once(firm)
    assert not failures.failures(firm)


def test_that_workers_end_over_the_same_work_is_told(firm: Home) -> None:
    work.put_in("tidy", "t")
    for times, told in ((1, []), (2, ["tidy"])):
        assert queue.claim_run(f"dead {times}") is not None
        with presence.present(firm.folder):
            work._release_dead(firm)
        assert [one.work for one in failures.failures(firm)] == told
    (failed,) = failed_work.all_failed(firm)
    assert failed.why == "The worker ended before it was through, more than once."
    work.work_once(firm)
    assert not failures.failures(firm)


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


def test_every_step_and_reason_has_words() -> None:
    assert set(failed_work.STEPS) == set(STEPS)
    assert set(failures.SENTENCES) == set(failures.Why)
