"""Snapshots: whatever happens to their files, the record builds them again."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from crosstie.actions import looking, pages, snapshots
from crosstie.actions.home import Home


def circle(home: Home) -> object:
    """The circle as someone sees it who opens the workspace anew."""
    with Home(home.folder, create=False) as again:
        return pages.circle(again, looking.viewer(again))


@pytest.fixture
def folder(firm: Home) -> Path:
    return snapshots.current(firm).folder


@pytest.mark.parametrize(
    "name", ["people.arrow", "ties.arrow", "months.arrow", "network.json", "trail.parquet"]
)
@pytest.mark.parametrize("damage", ["cut", "turned", "gone"])
def test_a_damaged_file_is_built_again(firm: Home, folder: Path, name: str, damage: str):
    before = circle(firm)
    file = folder / name
    content = file.read_bytes()
    middle = len(content) // 2
    if damage == "gone":
        file.unlink()
    else:
        turned = bytes([content[middle] ^ 0xFF]) if damage == "turned" else b""
        file.write_bytes(content[:middle] + turned + (content[middle + 1 :] if turned else b""))
    assert circle(firm) == before


def test_a_folder_that_is_gone_is_built_again(firm: Home, folder: Path):
    before = circle(firm)
    shutil.rmtree(folder.parent)
    assert circle(firm) == before
    assert folder.exists()


def test_what_a_killed_builder_left_is_cleared_away(firm: Home, folder: Path):
    left = folder.parent / f".{folder.name}.0badcafe"
    left.mkdir()
    firm.loaded = None
    snapshots.current(firm)
    assert not left.exists()


def test_several_at_once_get_the_same_snapshot(firm: Home):
    found: list[Path] = []

    def look() -> None:
        with Home(firm.folder, create=False) as other:
            found.append(snapshots.current(other).folder)

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [snapshots.current(firm).folder] * 3
