"""Work behind the pages that fails holds up only what rests on it, and stands until it went well."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from tests.actions import company
from tests.organisation import failing
from tests.organisation.failing import SECRET, do_again

from crosstie.actions import (
    failures,
    flow_files,
    prepared,
    presence,
    reading,
    routine_files,
    snapshots,
    topics,
)
from crosstie.actions.consent import Consent
from crosstie.actions.home import Home
from crosstie.actions.organisation import failed_work, kinds, queue, tidying, work
from crosstie.errors import WorkspaceBusy, WorkspaceRefused
from crosstie.store.models import Fact, Run

fails, working = failing.fails, failing.working

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
    folders = {"advice": "asking", "topics": "topics-4", "flows": "flows-2", "routine": "routine-1"}
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


def test_every_step_and_reason_has_words() -> None:
    assert set(failed_work.STEPS) == set(STEPS)
    assert set(failures.SENTENCES) == set(failures.Why)
