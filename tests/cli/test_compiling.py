"""Compiling beside a command: once, in the background, never silently failing, never waited for."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from crosstie.actions.compiling import was_begun
from crosstie.cli import compiling


@pytest.fixture(autouse=True)
def _nothing_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "compiled"))


def started(monkeypatch: pytest.MonkeyPatch, code: str) -> list[subprocess.Popen[bytes]]:
    """Run other code in the place of what compiles, and return the processes."""
    processes: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def run(_command: list[str], **more: Any) -> subprocess.Popen[bytes]:
        processes.append(popen([sys.executable, "-c", code], **more))
        return processes[-1]

    monkeypatch.setattr(subprocess, "Popen", run)
    return processes


def test_it_is_ended_with_the_block_and_when_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    processes = started(monkeypatch, "import time; time.sleep(600)")
    before = time.monotonic()
    with pytest.raises(KeyboardInterrupt), compiling.compiled_beside():
        raise KeyboardInterrupt
    with compiling.compiled_beside():
        assert processes[1].poll() is None
    assert [one.poll() is None for one in processes] == [False, False]
    assert time.monotonic() - before < 60


def test_what_fails_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    processes = started(monkeypatch, "raise SystemExit('no compiler here')")
    with compiling.compiled_beside():
        processes[0].wait()
    assert "Compiling beforehand failed: no compiler here" in capsys.readouterr().err


def test_what_is_compiled_is_not_compiled_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not was_begun()
    processes = started(monkeypatch, "import time; time.sleep(600)")
    with compiling.compiled_beside():  # a short reading; what is left is compiled by who needs it
        pass
    assert was_begun()
    with compiling.compiled_beside():
        pass
    assert len(processes) == 1
    (tmp_path / "compiled" / "crosstie-compiled").write_text("of another version")
    assert not was_begun()
    assert capsys.readouterr().err == ""
