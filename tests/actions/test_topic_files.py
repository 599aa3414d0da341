"""Topics on disk: read where they lie, of one open file, and missed as a whole or not at all."""

from __future__ import annotations

import os
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from crosstie.actions import snapshots, topic_files, topics
from crosstie.actions.home import Home


@pytest.fixture
def folder(firm: Home) -> Path:
    """Where the topics of the made-up firm lie."""
    topics.current(firm)
    return snapshots.current(firm).folder / snapshots.TOPICS


def open_files() -> int:
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - what the system says


def test_what_is_read_is_what_was_written(folder: Path, tmp_path: Path) -> None:
    kept = topic_files.load(folder)
    topic_files.save(tmp_path, kept)
    again = topic_files.load(tmp_path)
    for table in ("took", "profiles", "learned"):
        here, there = getattr(kept, table), getattr(again, table)
        for one in fields(here):
            assert np.array_equal(getattr(here, one.name), getattr(there, one.name)), one.name
    assert kept.topics.key.tolist() == again.topics.key.tolist()
    assert (kept.people, kept.places, kept.title) == (again.people, again.places, again.title)


def test_each_keeps_one_file_open_and_an_older_one_none(firm: Home, folder: Path) -> None:
    before = open_files()
    kept = [topic_files.load(folder) for _ in range(20)]
    assert open_files() - before <= len(kept)
    del kept
    topics.current(firm)
    before = open_files()
    for number in range(5):
        firm.store.set_domain(f"other{number}.example", "partner")
        topics.current(firm)
    assert open_files() <= before


@pytest.mark.parametrize("gone", ["columns.bin", "facts.json"])
def test_where_some_of_it_is_gone_all_of_it_is(folder: Path, gone: str) -> None:
    (folder / gone).unlink()
    with pytest.raises(FileNotFoundError):
        topic_files.load(folder)
