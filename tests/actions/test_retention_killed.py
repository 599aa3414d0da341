"""Letting things fall out, killed at any moment: nothing known is lost, and running it again ends it."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.actions import company
from tests.actions.searching import decoded
from tests.actions.test_retention import ALL_OLD, known_pairs

from crosstie.actions import reading
from crosstie.actions.home import Home
from crosstie.actions.retention import retain

pytestmark = pytest.mark.long

REPOSITORY = Path(__file__).resolve().parents[2]
KILLS = 5
RETAIN = """
import sys
from datetime import date
from pathlib import Path
from crosstie.actions import retention
from crosstie.actions.home import Home
from crosstie.network import known, tie
with Home(Path(sys.argv[1]), create=False) as home:
    print("ready", flush=True)
    retention.retain(home, months=1, today=date.fromisoformat(sys.argv[2]))
    print("done", flush=True)
"""


def test_killed_at_any_moment_it_loses_nothing_known_and_is_done_by_running_it_again(tmp_path: Path):
    delays = random.Random(20)
    is_killed_in_time = 0
    for number in range(KILLS):
        with Home(tmp_path / f"workspace{number}") as home:
            reading.read(home, company.plan())
            before = known_pairs(home)
            run = subprocess.Popen(
                [sys.executable, "-c", RETAIN, str(home.folder), ALL_OLD.isoformat()],
                stdout=subprocess.PIPE,
                text=True,
                env={"PYTHONPATH": "src:."},
                cwd=REPOSITORY,
            )
            assert run.stdout is not None
            assert run.stdout.readline() == "ready\n"
            time.sleep(delays.uniform(0, 0.4))
            run.kill()
            is_killed_in_time += "done" not in run.stdout.read()
            run.stdout.close()
            run.wait()

            assert known_pairs(home) == before
            assert retain(home, months=1, today=ALL_OLD).is_erased
            assert known_pairs(home) == before
            assert home.record.count() == 0
            assert "Message 0 of Ada?" not in decoded(home)
    assert is_killed_in_time, "it must have been killed, not have ended"
