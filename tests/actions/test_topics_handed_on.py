"""Topics go from snapshot to snapshot, and leave nothing lying about."""

from __future__ import annotations

from pathlib import Path

from tests.actions.test_topics import read, talk

from crosstie.actions import prepared, snapshots, topics
from crosstie.actions.home import Home


def test_a_snapshot_holds_no_topics_of_before_once_its_own_are_there(home: Home):
    read(home)
    topics.current(home)
    read(home, *talk(9, seed=2, first_day=70))
    after = snapshots.current(home)
    assert (after.folder / snapshots.TOPICS_BEFORE).exists()
    topics.current(home)
    assert not (after.folder / snapshots.TOPICS_BEFORE).exists()


def test_topics_made_with_a_snapshot_are_there_at_once_and_go_on(home: Home):
    """As a worker makes them."""

    def also(opened: Home, folder: Path) -> None:
        prepared.make(opened, folder)
        topics.make(opened, folder)

    read(home)
    snapshots.renewed(home, also=also)
    first = topics.made(home)
    read(home, *talk(9, seed=2, first_day=70))
    second = snapshots.renewed(home, also=also)
    now = topics.made(home)
    assert first is not None
    assert now is not None
    assert now.topics.ids == first.topics.ids
    assert not (second.folder / snapshots.TOPICS_BEFORE).exists()
