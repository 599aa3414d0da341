"""The reference pages say what the code declares."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs" / "reference").glob("*.md"))
GENERATED = [page for page in PAGES if "[[[cog" in page.read_text("utf-8")]


def _check(*pages: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cogapp", "-P", "-I", str(ROOT / "tools"), "--check", *map(str, pages)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_every_generated_page_says_what_the_code_declares():
    assert len(GENERATED) >= 5
    told = _check(*GENERATED)
    assert told.returncode == 0, f"run make reference\n{told.stdout}{told.stderr}"


@pytest.mark.parametrize("page", GENERATED[:1], ids=lambda page: page.name)
def test_a_page_that_says_something_else_is_noticed(page, tmp_path):
    changed = tmp_path / page.name
    changed.write_text(page.read_text("utf-8").replace("## ", "## Former ", 1))
    assert _check(changed).returncode == 5
