"""A worker in a process of its own beside the pages: a thread of theirs would have them wait for it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from crosstie.actions import presence

PARENT = "CROSSTIE_BESIDE"
"""Names the process beside which a worker works: it ends with it."""

_AGAIN_SECONDS = 2.0
_PATIENCE_SECONDS = 20.0
_BEHIND = 5


@contextmanager
def worker_beside(folder: Path) -> Iterator[None]:
    """Have a worker while the block runs; one that ends before is started again.

    It comes behind the pages where there is too little of the machine for both.
    """
    stopping = threading.Event()
    worker = _start(folder)

    def keep() -> None:
        nonlocal worker
        while not stopping.is_set():
            worker.wait()
            if not stopping.wait(_AGAIN_SECONDS):
                worker = _start(folder)

    keeper = threading.Thread(target=keep, name="keeps a worker", daemon=True)
    keeper.start()
    _until_there(folder, worker)
    try:
        yield
    finally:
        stopping.set()
        worker.terminate()
        keeper.join()
        worker.terminate()  # one that was started again meanwhile
        worker.wait()


def ends_with_its_parent(stopped: threading.Event) -> None:
    """Set the event when the process is gone beside which this one was started, if it was."""
    parent = os.environ.get(PARENT)
    if parent is None:
        return

    def watch() -> None:
        while not stopped.wait(_AGAIN_SECONDS):
            if os.getppid() != int(parent):
                stopped.set()

    threading.Thread(target=watch, name="watches its parent", daemon=True).start()


def _start(folder: Path) -> subprocess.Popen[bytes]:
    worker = subprocess.Popen(  # noqa: S603 - ourselves
        [sys.executable, "-m", "crosstie", "work", "--workspace", str(folder)],
        stdout=subprocess.DEVNULL,
        env=os.environ | {PARENT: str(os.getpid())},
    )
    with suppress(OSError):  # it is gone already
        os.setpriority(os.PRIO_PROCESS, worker.pid, _BEHIND)
    return worker


def _until_there(folder: Path, worker: subprocess.Popen[bytes]) -> None:
    """Wait until it is at work: where nobody is, pages would make what workers make."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while worker.poll() is None and time.monotonic() < deadline and not presence.living(folder):
        time.sleep(0.05)
