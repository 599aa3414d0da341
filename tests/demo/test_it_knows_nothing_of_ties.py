"""The demo company does not know how ties are made of acts, so it cannot flatter the code that makes them."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

from crosstie import demo

FILES = sorted(Path(inspect.getfile(demo)).parent.glob("*.py"))
MAY_USE = ("crosstie.demo", "crosstie.record", "crosstie.errors", "crosstie.config", "crosstie.saying")


def imported(file: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_of_the_demo_imports_only_the_record_of_the_other_rooms(file: Path):
    ours = {name for name in imported(file) if name.startswith("crosstie")}
    assert all(name.startswith(MAY_USE) for name in ours)
    assert "random" not in imported(file) or file.name == "dice.py"  # one seeded stream of chance per purpose


def test_the_rooms_files_were_found():
    assert {"company", "office", "asking", "trail"} <= {file.stem for file in FILES}
