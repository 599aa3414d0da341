"""The order of the rooms holds, and the test that says so can tell when it does not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINT = Path(sys.executable).parent / "lint-imports"


def _lint(config: Path) -> subprocess.CompletedProcess[str]:
    command = [str(LINT), "--no-cache", str(config)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_no_room_imports_from_a_room_above_it():
    found = _lint(ROOT / "pyproject.toml")
    assert found.returncode == 0, found.stdout + found.stderr
    assert "0 broken" in found.stdout


def test_a_room_that_imports_from_above_is_noticed(tmp_path):
    upside_down = tmp_path / "importlinter.ini"
    upside_down.write_text(
        "[importlinter]\nroot_package = crosstie\n"
        "[importlinter:contract:1]\nname = Upside down\ntype = layers\n"
        "layers =\n  crosstie.errors\n  crosstie.record\n  crosstie.sources\n"
    )
    found = _lint(upside_down)
    assert found.returncode == 1
    assert "1 broken" in found.stdout
