"""Each line of what is forbidden has tests that try it, and rests on rules that are written down."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from crosstie.privacy.forbidden import FORBIDDEN

HERE = Path(__file__).parent
RULES = (HERE.parents[1] / "docs" / "explanation" / "privacy.md").read_text("utf-8")


def tried() -> Counter[str]:
    """Count the tests of each line."""
    found: Counter[str] = Counter()
    for file in HERE.glob("test_*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                found.update(
                    str(mark.args[0].value)
                    for mark in node.decorator_list
                    if isinstance(mark, ast.Call)
                    and isinstance(mark.func, ast.Attribute)
                    and mark.func.attr == "forbids"
                    and isinstance(mark.args[0], ast.Constant)
                )
    return found


@pytest.mark.parametrize("line", FORBIDDEN, ids=lambda line: line.name)
def test_a_line_is_tried(line):
    assert tried()[line.name] >= 1


def test_no_test_tries_what_is_no_line():
    assert set(tried()) <= {line.name for line in FORBIDDEN}


@pytest.mark.parametrize("line", FORBIDDEN, ids=lambda line: line.name)
def test_a_line_rests_on_rules_that_are_written_down(line):
    assert line.rules
    for number in line.rules:
        assert re.search(rf"^{number}\. ", RULES, re.MULTILINE), number


def test_names_of_lines_are_told_apart():
    assert len({line.name for line in FORBIDDEN}) == len(FORBIDDEN)
