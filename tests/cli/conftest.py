"""A small table, and a folder where a workspace may come to be."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.calls import TIES


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "ties.csv"
    file.write_text(TIES)
    return file


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "workspace"
