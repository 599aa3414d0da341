"""What is imported is declared, what is declared is imported, and the core needs nothing of the pages."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "crosstie"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
# Offered where somebody has them: `.to_pandas()`, `.to_polars()`, `.to_networkx()`.
WHERE_PRESENT = {"pandas", "polars", "networkx"}


def _names(requirements: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(text).name) for text in requirements}


@cache
def _imported(*, by_pages: bool) -> set[str]:
    """Return what the pages and an organisation's actions import, or what all others import."""
    found = set()
    for path in SOURCE.rglob("*.py"):
        inside = path.relative_to(SOURCE).parts
        if (inside[0] == "web" or inside[:2] == ("actions", "organisation")) != by_pages:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.split(".")[0])
    owners = metadata.packages_distributions()
    foreign = found - sys.stdlib_module_names - {"crosstie"}
    return {canonicalize_name(owner) for name in foreign for owner in owners.get(name, [f"unknown-{name}"])}


CORE = _names(PROJECT["dependencies"])
WEB = _names(PROJECT["optional-dependencies"]["web"])
IDEAS = _names(PROJECT["optional-dependencies"]["ideas"])
WITH_IDEAS = {"scipy"}  # comes with scikit-learn, which declares it


def test_every_import_of_the_core_is_declared():
    assert _imported(by_pages=False) - WHERE_PRESENT - CORE - IDEAS - WITH_IDEAS == set()


@pytest.mark.parametrize("name", sorted(IDEAS))
def test_the_extra_for_ideas_is_imported_and_has_its_reason(name):
    assert name in _imported(by_pages=False)
    decision = next((ROOT / "docs" / "decisions").glob("0015-*.md")).read_text("utf-8").lower()
    assert name in decision


def test_every_import_of_the_pages_is_declared():
    assert _imported(by_pages=True) - CORE - WEB == set()


@pytest.mark.parametrize("name", sorted(CORE | WEB))
def test_every_declared_dependency_is_imported(name):
    assert name in _imported(by_pages=False) | _imported(by_pages=True)


def test_every_declared_dependency_has_its_reason():
    decision = next((ROOT / "docs" / "decisions").glob("0004-*.md")).read_text("utf-8").lower()
    for name in CORE | WEB:
        assert re.search(rf"\b{re.escape(name.split('-')[0])}", decision), f"{name} stands in no decision"
