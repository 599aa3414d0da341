"""`crosstie serve` has a worker beside it, in a process of its own, as long as it lives."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crosstie.actions import presence


@pytest.fixture
def server(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    command = [
        sys.executable,
        "-m",
        "crosstie",
        "serve",
        "--workspace",
        str(tmp_path / "firm"),
        "--port",
        "0",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        assert "http://127.0.0.1" in started.stdout.readline()
        yield started
        started.kill()


def worker(folder: Path) -> int:
    """Return the process at work; 0 if there is none."""
    return next((int(name.partition("-")[0]) for name in presence.living(folder / "firm")), 0)


def soon(is_so: Callable[[], bool]) -> bool:
    for _ in range(300):
        if is_so():
            return True
        time.sleep(0.1)
    return False


def test_a_worker_is_there_before_the_pages_are_and_goes_with_them(server, tmp_path):
    first = worker(tmp_path)
    assert first not in {0, server.pid}
    assert os.getpriority(os.PRIO_PROCESS, first) > os.getpriority(os.PRIO_PROCESS, server.pid)
    server.send_signal(signal.SIGINT)
    assert server.wait(30) == 0
    assert worker(tmp_path) == 0


def test_a_worker_that_was_killed_is_started_again(server, tmp_path):
    first = worker(tmp_path)
    os.kill(first, signal.SIGKILL)
    assert soon(lambda: worker(tmp_path) not in {0, first})


def test_no_worker_outlives_pages_that_were_killed(server, tmp_path):
    assert worker(tmp_path)
    server.kill()
    assert soon(lambda: not worker(tmp_path))
