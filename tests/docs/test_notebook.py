"""The notebook of the tutorials runs in a real kernel, and every cell prints what the page shows under it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jupytext
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from crosstie.actions.demo import make
from crosstie.actions.home import Home

pytestmark = pytest.mark.long

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tutorials" / "analyst.md"
SHOWN = re.compile(r"\A```text\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


def _run(page: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a page's cells in order in one kernel that knows nothing of the user's own settings."""
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("IPYTHONDIR", str(folder / ".ipython"))
    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")
    notebook = jupytext.reads(page, fmt="md:myst")
    beside = {"metadata": {"path": str(folder)}}
    return NotebookClient(notebook, kernel_name="python3", timeout=120, resources=beside).execute()


def _shown_and_printed(notebook: Any) -> list[tuple[str, str]]:
    """Return of each cell what the page shows under it, and what it printed."""
    pairs = []
    for cell, after in zip(notebook.cells, [*notebook.cells[1:], None], strict=True):
        if cell.cell_type != "code":
            continue
        found = SHOWN.match(after.source) if after is not None else None
        printed = "".join(output["text"] for output in cell.outputs if output["output_type"] == "stream")
        pairs.append((found["text"] if found else "", printed))
    return pairs


def test_the_notebook_prints_what_its_page_shows(tmp_path, monkeypatch):
    with Home(tmp_path / "demo-workspace") as home:
        make(home)
    pairs = _shown_and_printed(_run(PAGE.read_text("utf-8"), tmp_path, monkeypatch))
    assert [printed for _, printed in pairs] == [shown for shown, _ in pairs]
    assert len(pairs) == PAGE.read_text("utf-8").count("```{code-cell}") > 5
    with Home(tmp_path / "demo-workspace", create=False) as home:
        assert "to a workshop" in home.store.journal_rows()[-1][3]


def test_a_cell_that_prints_something_else_is_noticed(tmp_path, monkeypatch):
    page = "```{code-cell} ipython3\nprint(1)\n```\n\n```text\n2\n```\n"
    assert _shown_and_printed(_run(page, tmp_path, monkeypatch)) == [("2\n", "1\n")]


def test_a_cell_that_fails_is_noticed(tmp_path, monkeypatch):
    with pytest.raises(CellExecutionError):
        _run("```{code-cell} ipython3\nraise ValueError\n```\n", tmp_path, monkeypatch)
