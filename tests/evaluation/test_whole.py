"""The whole evaluation: every task there is, each with a file of its own."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

import evaluation
from evaluation import __main__ as whole

FOLDER = Path(evaluation.__file__).parent


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The calls, none of which is made; one of them goes wrong."""
    calls: list[list[str]] = []

    def run(command: list[str], *, check: bool) -> subprocess.CompletedProcess[str]:
        assert not check
        calls.append(command[2:])
        return subprocess.CompletedProcess(command, int("evaluation.panels" in command))

    monkeypatch.setattr(subprocess, "run", run)
    return calls


def test_every_module_with_a_task_is_run():
    with_task = {file.stem for file in FOLDER.glob("*.py") if "\nTASK = " in file.read_text(encoding="utf-8")}
    assert set(whole.TASKS) == with_task


def test_each_task_writes_a_file_of_its_own_and_the_rest_is_handed_on(called, tmp_path: Path):
    with pytest.raises(SystemExit) as stopped:
        whole.main(["--data", "there", "--out", str(tmp_path / "found"), "--json"])
    assert stopped.value.code == 1
    assert called[0] == [
        "evaluation.replies", "--data", "there", "--json", "--out", str(tmp_path / "found" / "replies.txt")
    ]  # fmt: skip
    assert len({call[-1] for call in called}) == len(whole.TASKS)
    assert (tmp_path / "found").is_dir()


def test_it_says_how_long_each_took_beside_what_is_printed(called, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        whole.main([])
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count(" CPU-s") == len(called)
