"""`crosstie serve` has a worker beside it, and a process for each core, as long as it lives."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from crosstie.actions import presence
from crosstie.cli.beside import MOST_PROCESSES

pytestmark = pytest.mark.long

# The worker is the last to be given time: on a machine that is busy with other tests the pages wait longer.
SERVE = """
import sys
from crosstie.cli import beside, main
beside._PATIENCE_SECONDS = 120.0
main(["serve", "--workspace", sys.argv[1], "--port", "0"])
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", SERVE, str(tmp_path / "firm")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as started:
        yield started
        started.kill()


@pytest.fixture(autouse=True)
def address(server: subprocess.Popen[str]) -> str:
    assert server.stdout is not None
    found = re.search(r"http://127\.0\.0\.1:\d+/", server.stdout.readline())
    assert found
    return found[0]


def worker(folder: Path) -> int:
    """Return the process at work; 0 if there is none."""
    return next((int(name.partition("-")[0]) for name in presence.living(folder / "firm")), 0)


def soon(is_so: Callable[[], bool]) -> bool:
    for _ in range(1200):
        if is_so():
            return True
        time.sleep(0.1)
    return False


def pages(server: subprocess.Popen[str]) -> set[int]:
    """Return the processes that answer requests beside the first."""
    return {one.pid for one in psutil.Process(server.pid).children() if "--no-work" in one.cmdline()}


def answers(address: str) -> bool:
    with urllib.request.urlopen(address, timeout=120) as page:
        return "Your organisation" in page.read().decode()


def test_it_says_that_the_folder_was_none_and_nobody_is_a_member(server, tmp_path):
    assert server.stderr is not None
    assert server.stderr.readline() == f'"{tmp_path / "firm"}" was no workspace; a new one was made there.\n'
    assert "whoever sets the pages up becomes the steward" in server.stderr.readline()


def test_a_worker_is_there_before_the_pages_are_and_a_process_for_each_core(server, address, tmp_path):
    first = worker(tmp_path)
    assert first not in {0, server.pid}
    assert os.getpriority(os.PRIO_PROCESS, first) > os.getpriority(os.PRIO_PROCESS, server.pid)
    assert len(pages(server)) == min(os.cpu_count() or 1, MOST_PROCESSES) - 1
    assert all(answers(address) for _ in range(20))


def test_each_that_was_killed_is_started_again(server, address, tmp_path):
    others, first = pages(server), worker(tmp_path)
    assert first, "no process is 0: that stands for all of them"
    for one in (*others, first):
        os.kill(one, signal.SIGKILL)
    assert all(answers(address) for _ in range(20))
    assert soon(lambda: len(pages(server) - others) == len(others))
    assert soon(lambda: worker(tmp_path) not in {0, first})


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_all_of_them_end_when_the_first_is_stopped(server, tmp_path, how):
    beside = psutil.Process(server.pid).children()
    server.send_signal(how)
    assert server.wait(120) == 0
    assert not any(one.is_running() for one in beside)
    assert worker(tmp_path) == 0


def test_no_worker_outlives_pages_that_were_killed(server, tmp_path):
    assert worker(tmp_path)
    others = psutil.Process(server.pid).children()
    server.kill()
    assert soon(lambda: not worker(tmp_path))
    assert soon(lambda: not any(one.is_running() for one in others))
