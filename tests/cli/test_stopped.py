"""Stopped, killed, out of disk or raced: the workspace stays usable, and the next run goes on from there."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest
from tests.cli.calls import run, tried
from tests.cli.children import AFTER, CHILD, RACER, child

pytestmark = pytest.mark.long

LAYOUT = "crosstie.network.layout:layout"


@pytest.fixture
def other(tmp_path: Path) -> Path:
    file = tmp_path / "other.csv"
    file.write_text("from,to,weight\nEve,Ada,4\nFinn,Eve,2\n")
    return file


def held(workspace: Path) -> dict[str, int]:
    seen = json.loads(run("network", "--workspace", workspace, "--json").stdout)
    return {"interactions": seen["interactions"]["total"], "people": seen["people"]}


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_whoever_is_stopped_while_the_network_is_drawn_goes_on_from_there(
    table: Path, workspace: Path, how: signal.Signals
):
    drawing = child(CHILD, "wait", LAYOUT, "try", table, "--workspace", workspace, "--as", "Ada")
    assert drawing.stdout is not None
    assert drawing.stdout.readline() == "there\n"
    assert list((workspace / "snapshots").iterdir()), "a snapshot is being built"
    drawing.send_signal(how)
    _, said = drawing.communicate(timeout=60)
    assert drawing.returncode == (130 if how is signal.SIGINT else -signal.SIGKILL)
    if how is signal.SIGINT:
        assert "What was read so far is kept" in said
        assert "Traceback" not in said

    (reading,) = json.loads(run("ledger", "--workspace", workspace, "--json").stdout)["readings"]
    assert (reading["used"], reading["finished"]) == (5, True)
    assert held(workspace) == {"interactions": 5, "people": 4}
    assert run("circle", "--workspace", workspace).exit_code == 0
    assert len(list((workspace / "snapshots").iterdir())) == 1, "nothing half built is left"


def test_whoever_is_stopped_while_an_export_is_read_keeps_what_was_read(tmp_path: Path, workspace: Path):
    """The source waits in the midst of its rows; the first Ctrl-C ends it there."""
    table = tmp_path / "long.csv"
    rows = "".join(f"P{number},P{number + 1},1\n" for number in range(400))
    table.write_text("from,to,weight\n" + rows)
    reading = child(AFTER, 200, "try", table, "--workspace", workspace, "--no-pages")
    assert reading.stdout is not None
    assert reading.stdout.readline() == "there\n"
    reading.send_signal(signal.SIGINT)
    _, said = reading.communicate(timeout=60)
    assert reading.returncode == 130, said
    assert "What was read so far is kept" in said

    (stopped,) = json.loads(run("ledger", "--workspace", workspace, "--json").stdout)["readings"]
    assert not stopped["finished"]
    assert 0 < stopped["used"] < 400
    assert held(workspace)["interactions"] == stopped["used"]
    assert tried(table, workspace)["interactions"]["total"] == 400


@pytest.mark.parametrize(
    "moment",
    [
        "crosstie.record.parts:Parts.written",
        "crosstie.record.parts:Parts.commit",
        "crosstie.actions.keying:Keying.flush",
        "crosstie.actions.columns:save",
        "crosstie.network.trail:write_trail",
    ],
)
def test_a_full_disk_is_said_in_one_line_and_loses_nothing(
    table: Path, other: Path, workspace: Path, moment: str
):
    tried(table, workspace)
    starved = child(CHILD, "starve", moment, "try", other, "--workspace", workspace, "--no-pages")
    _, said = starved.communicate(timeout=120)
    assert starved.returncode == 1, said
    assert "Traceback" not in said
    assert "Hint: Make room" in said

    assert held(workspace)["interactions"] in (
        {7} if "record" not in moment and "flush" not in moment else {5}
    )
    assert tried(other, workspace)["people"] == 7
    assert held(workspace) == {"interactions": 7, "people": 7}
    assert len(list((workspace / "snapshots").iterdir())) == 1


def test_two_who_make_one_workspace_at_once_make_one(table: Path, other: Path, workspace: Path):
    racers = [child(RACER, "try", path, "--workspace", workspace, "--json") for path in (table, other)]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    said = [racer.communicate(timeout=120)[1] for racer in racers]
    for racer, words in zip(racers, said, strict=True):
        assert racer.returncode == 0 or "Someone else is writing" in words, words
    assert 0 in {racer.returncode for racer in racers}
    assert os.stat(workspace / "secret.key").st_size == 32  # noqa: PTH116 - one secret, whole

    for path in (table, other):
        tried(path, workspace)
    assert held(workspace) == {"interactions": 7, "people": 7}
