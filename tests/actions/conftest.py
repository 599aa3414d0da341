"""An open workspace for each test: a copy of one that was made once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.actions import company

from crosstie.actions import reading, snapshots
from crosstie.actions.home import Home


@pytest.fixture(scope="session")
def empty_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace into which nothing was read."""
    folder = tmp_path_factory.mktemp("empty") / "workspace"
    Home(folder).close()
    return folder


@pytest.fixture(scope="session")
def firm_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up firm's, read as Ada, with its snapshot."""
    return _read(tmp_path_factory.mktemp("firm") / "workspace", viewer=company.address("Ada Berg"))


@pytest.fixture(scope="session")
def open_firm_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up firm's, read as nobody, with its snapshot: open places only."""
    return _read(tmp_path_factory.mktemp("open_firm") / "workspace", viewer="")


def _read(folder: Path, *, viewer: str) -> Path:
    with Home(folder) as home:
        reading.read(home, company.plan(), viewer=viewer)
        snapshots.current(home)
    return folder


@pytest.fixture
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Home]:
    """A workspace: empty, or the firm's where a test asks for that."""
    name = next((one for one in ("firm", "open_firm") if one in request.fixturenames), "empty")
    made: Path = request.getfixturevalue(f"{name}_workspace")
    shutil.copytree(made, tmp_path / "workspace")
    with Home(tmp_path / "workspace") as opened:
        yield opened


@pytest.fixture
def firm(home: Home) -> Home:
    """The made-up firm, read as Ada."""
    return home


@pytest.fixture
def open_firm(home: Home) -> Home:
    """The made-up firm, read as nobody: open places only."""
    return home
