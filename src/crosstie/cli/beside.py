"""Processes beside that of the pages: Python computes one thing at a time in each.

A worker of its own, so that pages do not wait while it makes a snapshot; and more processes that answer
requests, as many as there are cores, at the same door.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from crosstie.actions import presence

PARENT = "CROSSTIE_BESIDE"
"""Names the process beside which one was started: it ends with it."""

LISTENING = "CROSSTIE_LISTENING"
"""Names the open socket at which one of several processes answers."""

MOST_PROCESSES = 4
"""Each holds some 250 MB with a million interactions."""

_AGAIN_SECONDS = 2.0
_LOOKS_EVERY_SECONDS = 0.5
_PATIENCE_SECONDS = 20.0
_BEHIND = 5


@contextmanager
def worker_beside(folder: Path) -> Iterator[None]:
    """Have a worker while the block runs; it comes behind the pages where the machine is too small."""

    def start() -> subprocess.Popen[bytes]:
        worker = _started(["work", "--workspace", str(folder)])
        with suppress(OSError):  # it is gone already
            os.setpriority(os.PRIO_PROCESS, worker.pid, _BEHIND)
        return worker

    with _kept(start) as worker:
        _until_there(folder, worker)
        yield


@contextmanager
def pages_beside(folder: Path, address: str, listening: socket.socket) -> Iterator[None]:
    """Have other processes answer at an open socket while the block runs, one a core, this one counted."""

    def start() -> subprocess.Popen[bytes]:
        command = ["serve", "--no-work", "--workspace", str(folder)]
        return _started([*command, *(["--address", address] if address else [])], listening=listening)

    others = min(os.cpu_count() or 1, MOST_PROCESSES) - 1
    with ExitStack() as all_of_them:
        for _ in range(others):
            all_of_them.enter_context(_kept(start))
        yield


def given_socket() -> socket.socket | None:
    """Return the socket at which this process answers beside another; None if it was not started for that."""
    number = os.environ.get(LISTENING)
    return None if number is None else socket.socket(fileno=int(number))


def is_beside() -> bool:
    """Say whether this process was started beside another."""
    return PARENT in os.environ


def ends_with_its_parent(end: Callable[[], None]) -> None:
    """Call `end` when the process is gone beside which this one was started, if it was."""
    parent = os.environ.get(PARENT)
    if parent is None:
        return

    def watch() -> None:
        while os.getppid() == int(parent):
            time.sleep(_LOOKS_EVERY_SECONDS)
        end()

    threading.Thread(target=watch, name="watches its parent", daemon=True).start()


def stop() -> None:
    """End this process as Ctrl-C does."""
    os.kill(os.getpid(), signal.SIGTERM)


def _started(command: Sequence[str], *, listening: socket.socket | None = None) -> subprocess.Popen[bytes]:
    own = {PARENT: str(os.getpid())} | ({LISTENING: str(listening.fileno())} if listening else {})
    return subprocess.Popen(  # noqa: S603 - ourselves
        [sys.executable, "-m", "crosstie", *command],
        stdout=subprocess.DEVNULL,
        env=os.environ | own,
        pass_fds=[listening.fileno()] if listening else [],
    )


@contextmanager
def _kept(start: Callable[[], subprocess.Popen[bytes]]) -> Iterator[subprocess.Popen[bytes]]:
    """Have a process while the block runs; one that ends before is started again."""
    stopping = threading.Event()
    process = start()

    def keep() -> None:
        nonlocal process
        while not stopping.is_set():
            process.wait()
            if not stopping.wait(_AGAIN_SECONDS):
                process = start()

    keeper = threading.Thread(target=keep, name="keeps a process", daemon=True)
    keeper.start()
    try:
        yield process
    finally:
        stopping.set()
        process.terminate()
        keeper.join()
        process.terminate()  # one that was started again meanwhile
        process.wait()


def _until_there(folder: Path, worker: subprocess.Popen[bytes]) -> None:
    """Wait until it is at work: where nobody is, pages would make what workers make."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while worker.poll() is None and time.monotonic() < deadline and not presence.living(folder):
        time.sleep(0.05)
