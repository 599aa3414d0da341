from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np

from crosstie.network.meetings import Meetings, meetings

HALL, ROOM = "hall", "room"


def trail(folder: Path, rows: list[tuple[int, int, str, str]]) -> Path:
    """Write a trail that says who (low, high) met in which place, and how open it is."""
    file = folder / "trail.parquet"
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE t (low INTEGER, high INTEGER, place VARCHAR, openness VARCHAR)")
        connection.executemany("INSERT INTO t VALUES (?, ?, ?, ?)", rows)
        connection.sql("FROM t").write_parquet(str(file))
    return file


def found(folder: Path, rows: list[tuple[int, int, str, str]], community: list[int]) -> Meetings:
    with duckdb.connect() as connection:
        return meetings(
            connection,
            trail=trail(folder, rows),
            community=np.array(community, dtype=np.int32),
            fewest=3,
        )


def test_a_place_is_that_of_the_community_most_acts_are_within(tmp_path: Path) -> None:
    rows = [(0, 1, HALL, "open"), (1, 2, HALL, "open"), (0, 2, HALL, "open"), (3, 4, HALL, "open")]
    where = found(tmp_path, rows, [0, 0, 0, 1, 1])
    assert where.community.tolist() == [0]
    assert where.place.tolist() == [HALL]
    assert where.people.tolist() == [3]
    assert where.share.tolist() == [0.75]


def test_a_place_where_too_few_of_a_community_meet_is_not_theirs(tmp_path: Path) -> None:
    assert len(found(tmp_path, [(0, 1, HALL, "open")] * 5, [0, 0, 0]).place) == 0


def test_places_that_are_not_open_and_acts_across_communities_do_not_count(tmp_path: Path) -> None:
    rows = [(0, 1, ROOM, "members"), (1, 2, ROOM, "members"), (0, 3, HALL, "open"), (1, 4, HALL, "open")]
    assert len(found(tmp_path, rows, [0, 0, 0, 1, 1]).place) == 0


def test_people_without_a_community_meet_nowhere(tmp_path: Path) -> None:
    rows = [(0, 1, HALL, "open"), (1, 2, HALL, "open"), (0, 2, HALL, "open")]
    assert len(found(tmp_path, rows, [-1, -1, -1]).place) == 0
