"""The examples of the documentation run, in the order of their page; one that does not hold is noticed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.house import examples as shown

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
PAGES = [
    *sorted(ROOT.glob("*.md")),
    *sorted(page for page in (ROOT / "docs").rglob("*.md") if "_build" not in page.parts),
]
RUNNER = Path(__file__).parent / "examples.py"
RUNNING = [
    pytest.param(page, id=str(page.relative_to(ROOT)))
    for page in PAGES
    if any(example.mark.startswith("runs") for example in shown.examples(page))
]


def _environment(home: Path) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("CROSSTIE_")},
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "COLUMNS": "100",
        "NO_COLOR": "1",
    }


def _run_page(page: Path, folder: Path) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, str(RUNNER), str(page)],
        cwd=folder,
        env=_environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="session")
def made_up_company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the company once for all pages; making it is the slow part."""
    folder = tmp_path_factory.mktemp("made-up")
    command = [str(BIN / "crosstie"), "demo", "--no-pages", "--workspace", str(folder / "demo-workspace")]
    done = subprocess.run(command, env=_environment(folder), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "demo-workspace"


@pytest.mark.parametrize("page", RUNNING)
def test_the_examples_of_a_page_run(page, tmp_path, request):
    wanted = [example for example in shown.examples(page) if example.mark]
    if any(example.mark == "runs: demo" for example in wanted):
        shutil.copytree(request.getfixturevalue("made_up_company"), tmp_path / "demo-workspace")
    told = _run_page(page, tmp_path)
    for one in told:
        assert not one["trouble"], f"{page.name}, line {one['line']}:\n{one['trouble']}"
    assert len(told) == len(wanted)


def test_some_examples_of_the_first_pages_run():
    running = {str(parameter.id) for parameter in RUNNING}
    assert {"README.md", "docs/tutorials/first-circle.md"} <= running


@pytest.mark.parametrize(
    "text",
    [
        "```console\n$ echo one\ntwo\n```\n",
        "```console\n$ exit 3\n```\n",
        "```python\nraise ValueError\n```\n",
        "```python\n>>> 1 + 1\n3\n```\n",
    ],
)
def test_an_example_that_does_not_hold_is_noticed(text, tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"# Page\n\n<!-- runs -->\n{text}\n<!-- runs -->\n```console\n$ true\n```\n")
    (told,) = _run_page(page, tmp_path)
    assert told["trouble"]
    assert told["line"] == 4


def test_examples_share_files_and_names_in_the_order_of_the_page(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        "<!-- file: a.txt -->\n```text\nhello\n```\n\n<!-- runs -->\n```console\n$ cat a.txt\nhel...\n```\n"
        "<!-- runs -->\n```python\nx = open('a.txt').read()\n```\n"
        "<!-- runs -->\n```python\n>>> x.strip()\n'hello'\n```\n"
    )
    assert [told["trouble"] for told in _run_page(page, tmp_path)] == ["", "", "", ""]
