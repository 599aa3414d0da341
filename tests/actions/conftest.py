"""An open workspace for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.actions import company

from crosstie.actions import reading
from crosstie.actions.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with Home(tmp_path / "workspace") as opened:
        yield opened


@pytest.fixture
def firm(home: Home) -> Home:
    """The made-up firm, read as Ada."""
    reading.read(home, company.plan(), viewer=company.address("Ada Berg"))
    return home


@pytest.fixture
def open_firm(home: Home) -> Home:
    """The made-up firm, read as nobody: open places only."""
    reading.read(home, company.plan())
    return home
