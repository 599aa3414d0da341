"""Several workers, killed and resumed: everything once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connections
from django.utils import timezone
from tests.organisation.mail_server import smtp

from crosstie.actions import presence, snapshots
from crosstie.actions.home import Home
from crosstie.actions.organisation import kinds, letters, mail_settings, queue, work
from crosstie.errors import WorkspaceBusy
from crosstie.store.models import Letter, Run

pytestmark = pytest.mark.long

WORKER = [sys.executable, "-m", "crosstie", "work", "--workspace"]


def until(is_so: object, seconds: float = 120) -> None:
    assert callable(is_so)
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not come to be"
        time.sleep(0.05)


def test_what_fails_is_tried_again_later_and_given_up_with_its_reason(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(_home: Home, _payload: object) -> None:
        raise WorkspaceBusy("Busy.")

    monkeypatch.setitem(kinds.KINDS, "busy", busy)
    assert work.put_in("busy", "busy:1")
    assert not work.put_in("busy", "busy:1")
    work.work_once(home)
    run = Run.objects.get(key="busy:1")
    said = "Something else was writing to the workspace for too long."
    assert (run.tries, run.trouble, run.done_at, run.claimed_by) == (1, said, None, "")
    assert run.due_at > datetime.now(UTC)
    Run.objects.filter(pk=run.pk).update(tries=queue.MOST_TRIES - 1, due_at=datetime.now(UTC))
    work.work_once(home)
    run.refresh_from_db()
    assert run.done_at is not None
    assert run.trouble == said


def test_of_two_who_claim_one_row_one_gets_it(home: Home) -> None:
    work.put_in("tidy", "t")
    assert queue.claim_run("one") is not None
    assert queue.claim_run("two") is None


def test_the_dead_give_back_and_what_they_had_handed_over_is_unclear(home: Home) -> None:
    work.put_in("tidy", "t")
    for key in ("a", "b"):
        letters.write(key=key, kind="test", subject="s", text="t", address="a@b.de")
    queue.claim_run("dead")
    queue.claim_letter("dead", "mail")
    queue.claim_letter("dead", "mail")
    Letter.objects.filter(key="b").update(state="handed")
    with presence.present(home.folder) as living:
        letters.write(key="c", kind="test", subject="s", text="t", address="a@b.de")
        queue.claim_letter(living, "mail")
        queue.release_dead(home)
        assert Letter.objects.get(key="c").claimed_by == living
    assert queue.claim_run("next") is not None
    assert dict(Letter.objects.values_list("key", "state")) == {
        "a": "waiting",
        "b": "unclear",
        "c": "waiting",
    }
    assert presence.living(home.folder) == frozenset()


def test_each_period_comes_once_and_none_from_before_the_first_work(home: Home) -> None:
    with time_machine.travel(datetime(2026, 3, 4, 12, tzinfo=UTC), tick=False):
        assert work.plan(home) == 0
    with time_machine.travel(datetime(2026, 3, 5, 12, tzinfo=UTC), tick=False):
        assert work.plan(home) == len([one for one in kinds.PERIODIC if one.weekday is one.day is None])
        assert work.plan(home) == 0
    weekly = kinds.Periodic(kind="x", hour=8, weekday=kinds.MONDAY)
    assert weekly.last_before(datetime(2026, 3, 2, 7, tzinfo=UTC)) == datetime(2026, 2, 23, 8, tzinfo=UTC)
    monthly = kinds.Periodic(kind="x", hour=8, day=1)
    assert monthly.last_before(datetime(2026, 3, 1, 8, tzinfo=UTC)) == datetime(2026, 3, 1, 8, tzinfo=UTC)


def test_workers_killed_in_the_middle_send_nothing_twice_and_leave_nothing_out(home: Home) -> None:
    many = 60
    with smtp() as (taken, port):
        mail_settings.keep(home, sending=f"smtp://127.0.0.1:{port}", sender="c@firm.example")
        for number in range(many):
            letters.write(
                key=f"k{number}", kind="test", subject=f"n{number}", text="t", address=f"a{number}@b.de"
            )
        first = [subprocess.Popen([*WORKER, str(home.folder)]) for _ in range(2)]
        until(lambda: len(taken.mails) >= 5)
        for one in first:
            one.kill()
            one.wait()
        second = subprocess.Popen([*WORKER, str(home.folder)], stdout=subprocess.PIPE, text=True)
        until(lambda: not Letter.objects.filter(state__in=("waiting", "handed")).exists())
        os.kill(second.pid, signal.SIGTERM)
        printed, _ = second.communicate(timeout=120)
        assert second.returncode == 0
        assert "Stopped" in printed
    assert len(set(taken.recipients)) == len(taken.recipients)
    sent = Letter.objects.filter(state="sent").count()
    unclear = Letter.objects.filter(state="unclear").count()
    assert sent + unclear == many
    assert unclear <= 2  # at most one of each killed worker
    assert len(taken.recipients) >= sent


def test_pages_show_the_older_snapshot_until_the_worker_made_the_new_one(firm: Home) -> None:
    before = snapshots.current(firm)
    with presence.present(firm.folder):
        firm.store.set_domain("other.example", "partner")
        assert snapshots.current(firm).folder == before.folder
        assert Run.objects.filter(kind="snapshot").count() == 1
        snapshots.current(firm)
        assert Run.objects.filter(kind="snapshot").count() == 1
        Run.objects.filter(kind="snapshot").update(due_at=timezone.now())  # it may rest first
        work.work_once(firm)
        after = snapshots.current(firm)
        assert after.folder != before.folder
    firm.store.set_domain("third.example", "partner")
    assert snapshots.current(firm).folder != after.folder  # no worker lives, so the page makes it


def test_a_worker_beside_the_pages_works_and_stops(home: Home) -> None:
    stopped = threading.Event()
    letters.write(key="k", kind="test", subject="s", text="t", address="a@b.de")
    done = work.put_in("tidy", "t")
    assert done

    def working() -> None:
        work.work(home, stopped, pause=0.05)
        connections.close_all()

    thread = threading.Thread(target=working)
    thread.start()
    try:
        until(lambda: Run.objects.filter(key="t").exclude(done_at=None).exists())
    finally:
        stopped.set()
        thread.join(60)
    assert not thread.is_alive()


def test_old_letters_lose_their_words_and_keep_their_keys(home: Home) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=31)
    letters.write(key="old", kind="test", subject="s", text="words", address="a@b.de")
    Letter.objects.update(state="sent", sent_at=long_ago)
    work.put_in("tidy", "t")
    work.work_once(home)
    assert Letter.objects.get(key="old").text == ""
    assert not letters.write(key="old", kind="test", subject="s", text="words", address="a@b.de")
