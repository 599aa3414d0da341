"""The notebook of the documentation runs from its first cell to its last, and prints what the page says."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

from crosstie.actions import demo
from crosstie.actions.home import Home

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tutorials" / "analyst.md"
CELL = re.compile(
    r"```\{code-cell\} ipython3\n(?P<code>.*?)```(?:\n\n```text\n(?P<printed>.*?)```)?", re.DOTALL
)


def test_every_cell_runs_and_prints_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    with Home(tmp_path / "demo-workspace") as home:
        demo.make(home)
    cells = list(CELL.finditer(PAGE.read_text("utf-8")))
    assert len(cells) >= 5
    names: dict[str, object] = {}
    for cell in cells:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(cell["code"], str(PAGE), "exec"), names)
        assert printed.getvalue().rstrip() == (cell["printed"] or "").rstrip(), cell["code"]
