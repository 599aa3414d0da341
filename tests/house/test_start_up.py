"""The command answers at once: what is heavy is imported where it is used."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("arro3", "deltalake", "django", "duckdb", "numba", "numpy", "rich", "scipy", "sklearn", "umap")
COMMAND = Path(sys.executable).parent / "crosstie"


def _imported_by(statements: str) -> set[str]:
    code = f"import json, sys\n{statements}\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def _processor_seconds(*command: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.mark.parametrize("statement", ["import crosstie", "import crosstie.cli"])
def test_an_import_brings_nothing_heavy(statement):
    assert sorted(_imported_by(statement) & set(HEAVY)) == []


def test_help_brings_nothing_heavy():
    statements = (
        "import contextlib, io\n"
        "from crosstie.cli import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        "    main(['--help'])"
    )
    assert sorted(_imported_by(statements) & set(HEAVY)) == []


def test_a_heavy_import_would_be_noticed():
    assert "numpy" in _imported_by("import numpy")


def test_help_takes_less_than_three_tenths_of_a_second():
    # The processor's time, since others may be at work on the machine; the first run may write byte code.
    seconds = min(_processor_seconds(str(COMMAND), "--help") for _ in range(4))
    assert seconds < 0.3
