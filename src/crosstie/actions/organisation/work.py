"""What runs behind the pages: runs and letters, claimed one by one, by as many workers as one likes.

What can be done, and what comes round, is declared in `kinds`. A worker that is killed gives everything back
by dying: its lock goes (`presence`), and the next one to look releases what it had claimed (`queue`).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.db import connections, transaction
from django.utils import timezone

from crosstie.actions import failures, presence
from crosstie.actions.home import Home
from crosstie.actions.organisation import kinds, mail_settings, queue, receiving, sending, webhooks
from crosstie.actions.organisation.steps import StepsFailed, log
from crosstie.errors import CrosstieError
from crosstie.store.models import Letter, Run

PAUSE_SECONDS = 2.0
"""How long a worker with nothing to do waits before it looks again."""

PLANNED_EVERY = timedelta(seconds=30)
RECEIVED_EVERY = timedelta(minutes=1)
_SINCE = "works since"
_log = logging.getLogger("crosstie.work")


def work(home: Home, stopped: threading.Event, *, pause: float = PAUSE_SECONDS) -> None:
    """Be a worker until `stopped` is set; what is in hand is finished first.

    Args:
        home: an organisation's workspace.
        stopped: set from a signal or another thread.
        pause: seconds to wait where there is nothing to do.
    """
    planned = received = datetime.min.replace(tzinfo=UTC)
    with presence.present(home.folder) as worker:
        try:
            while not stopped.is_set():
                now = timezone.now()
                if now - planned >= PLANNED_EVERY:
                    _release_dead(home)
                    plan(home)
                    planned = now
                if now - received >= RECEIVED_EVERY:
                    _survived("receiving mail", lambda: receiving.receive(home))
                    received = now
                if not _some(home, worker, stopped):
                    stopped.wait(pause)
        finally:
            queue.release(worker)


def work_once(home: Home) -> int:
    """Do all that is due now, and return how many runs and letters that were."""
    done = 0
    never = threading.Event()
    with presence.present(home.folder) as worker:
        try:
            _release_dead(home)
            plan(home)
            _survived("receiving mail", lambda: receiving.receive(home))
            while some := _some(home, worker, never):
                done += some
        finally:
            queue.release(worker)
    return done


def plan(home: Home) -> int:
    """Put in what has come round since this organisation first worked; each period once, by its key.

    Of several periods that passed while nobody worked, the last is done.
    """
    now = timezone.now()
    since = home.store.fact(_SINCE)
    if not since:
        since = now.isoformat()
        home.store.set_fact(_SINCE, since)
    made = 0
    for periodic in kinds.PERIODIC:
        begins = periodic.last_before(now)
        if begins < datetime.fromisoformat(since):
            continue
        _, is_new = Run.objects.get_or_create(
            key=f"{periodic.kind}:{begins.isoformat()}",
            defaults={"kind": periodic.kind, "due_at": begins, "payload": {"begins": begins.isoformat()}},
        )
        made += is_new
    return made


def put_in(kind: str, key: str, payload: dict[str, object] | None = None) -> bool:
    """Put in one piece of work, to be done soon; return False if it was put in before.

    Args:
        kind: one of `kinds.KINDS`.
        key: what makes it this piece and no second one.
        payload: what its function needs to know.
    """
    _, made = Run.objects.get_or_create(
        key=key, defaults={"kind": kind, "payload": payload or {}, "due_at": timezone.now()}
    )
    return made


def _some(home: Home, worker: str, stopped: threading.Event) -> int:
    """Do what is due: runs first, since they write letters; return how many were done."""
    done = 0
    while not stopped.is_set() and (run := queue.claim_run(worker)):
        _do(home, run)
        done += 1
    settings = mail_settings.kept(home)
    if settings.sending is not None:  # else they wait
        with sending.Post(settings) as post:
            while not stopped.is_set() and (letter := queue.claim_letter(worker, "mail")):
                _send(letter, lambda letter=letter: post.hand(home, letter))  # type: ignore[misc]  # its default fixes the letter
                done += 1
    while not stopped.is_set() and (letter := queue.claim_letter(worker, "webhook")):
        _send(letter, lambda letter=letter: webhooks.hand(home, letter, settings))  # type: ignore[misc]  # likewise
        done += 1
    return done


def _send(letter: Letter, hand: Callable[[], None]) -> None:
    trouble: CrosstieError | None = None
    try:
        hand()
    except CrosstieError as refused:
        trouble = refused
    except Exception as wrong:  # noqa: BLE001 - kept with the letter, and logged
        _log.exception("letter %d could not be sent", letter.pk)
        was_handed = Letter.objects.filter(pk=letter.pk, state="handed").exists()
        kind = sending.MayHaveArrived if was_handed else sending.NotNow
        trouble = kind(f"{type(wrong).__name__}: {wrong}")
    sending.settle(letter, trouble)


def _do(home: Home, run: Run) -> None:
    mine = Run.objects.filter(pk=run.pk, claimed_by=run.claimed_by, done_at=None)
    free: dict[str, object] = {"claimed_by": "", "claimed_until": None}
    is_given_up, number = run.tries >= queue.MOST_TRIES, _number(run)
    try:
        kinds.KINDS[run.kind](home, run.payload)
    except Exception as wrong:  # noqa: BLE001 - kept, and logged
        is_told = isinstance(wrong, StepsFailed)
        said = str(wrong) if is_told else str(failures.in_words(wrong))
        if is_given_up:
            mine.update(**free, done_at=timezone.now(), trouble=said[:1000])
        else:
            mine.update(**free, due_at=queue.next_try(run.tries), trouble=said[:1000])
        if not is_told:
            log(f"run {run.pk} ({run.kind})", wrong)
            failures.keep(home, run.kind, wrong, number=number, is_given_up=is_given_up and bool(number))
    else:
        mine.update(**free, done_at=timezone.now(), trouble="")
        failures.end(home, run.kind, number=number)


def _release_dead(home: Home) -> None:
    for run in queue.release_dead(home):
        failures.keep(home, run.kind, None, number=_number(run))


def _number(run: Run) -> int:
    """Return by which number the failure of a run is kept; 0 where the next of its kind makes it good."""
    return 0 if run.kind in kinds.COMES_AGAIN else run.pk


def _survived(what: str, do: Callable[[], object]) -> None:
    """Do something whose trouble must not end the worker: it is told, and tried again in the next round."""
    try:
        do()
    except CrosstieError as refused:
        _log.warning("%s: %s", what, refused.message)
    except Exception:  # noqa: BLE001 - logged; the worker goes on
        _log.exception("%s failed", what)
        for connection in connections.all(initialized_only=True):
            if not transaction.get_connection(connection.alias).in_atomic_block:
                connection.close_if_unusable_or_obsolete()
