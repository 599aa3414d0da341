"""DuckDB is opened once for several uses, and none of them sees anything of another."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import duckdb
import pytest
from arro3.core import Array, DataType, Table

from crosstie.record import query
from crosstie.record.query import opened


@pytest.fixture(autouse=True)
def _none_kept(monkeypatch):
    monkeypatch.setattr(query, "_idle", {})


def kept() -> list[duckdb.DuckDBPyConnection]:
    return query._idle.get(os.getpid(), [])


def names(connection: duckdb.DuckDBPyConnection) -> set[str]:
    found = connection.execute("SELECT table_name FROM information_schema.tables").fetchall()
    return {name for (name,) in found}


def test_what_one_use_made_the_next_does_not_find(tmp_path: Path):
    with opened(tmp_path / "spilled") as connection:
        connection.execute(
            "CREATE TABLE kept AS SELECT 'Ada' AS name; CREATE TEMP TABLE passing AS FROM kept"
        )
        connection.execute("CREATE VIEW interactions AS FROM kept; CREATE VIEW over AS FROM interactions")
        connection.register("given", Table.from_pydict({"number": Array([1], DataType.int64())}))
        assert {"kept", "passing", "interactions", "over"} <= names(connection)
    (before,) = kept()
    with opened(tmp_path / "spilled") as connection:
        assert kept() == []
        assert names(connection) == set()
        with pytest.raises(duckdb.CatalogException):
            connection.execute("FROM given")
    assert kept() == [before]


def test_each_use_has_its_own_limits(tmp_path: Path):
    for threads, memory in ((1, "100MiB"), (2, "1GiB")):
        with opened(tmp_path / str(threads), threads=threads, memory=memory) as connection:
            settings = connection.execute("SELECT name, value FROM duckdb_settings()").fetchall()
        found = dict(settings)
        assert (found["threads"], found["temp_directory"]) == (str(threads), str(tmp_path / str(threads)))
        assert found["memory_limit"] == f"{float(memory[:-3])} {memory[-3:]}"


def test_what_failed_is_not_used_again(tmp_path: Path):
    with pytest.raises(duckdb.BinderException), opened(tmp_path / "spilled") as connection:
        connection.execute("SELECT missing")
    assert kept() == []


def test_what_spilled_is_not_used_again(tmp_path: Path):
    with opened(tmp_path / "spilled", memory="60MiB") as connection:
        connection.execute(
            "CREATE TEMP TABLE big AS SELECT hash(i)::VARCHAR || i AS word FROM range(4_000_000) t(i)"
        )
        assert list((tmp_path / "spilled").iterdir()), "this must spill, or the test shows nothing"
    assert kept() == []


def test_two_at_once_see_nothing_of_each_other(tmp_path: Path):
    meeting = threading.Barrier(4, timeout=120)
    seen: list[list[tuple[int]]] = []

    def use(number: int) -> None:
        for _ in range(3):
            with opened(tmp_path / f"spilled-{number}") as connection:
                connection.execute(f"CREATE VIEW interactions AS SELECT {number} AS number")
                meeting.wait()
                seen.append([*connection.execute("FROM interactions").fetchall(), (number,)])

    threads = [threading.Thread(target=use, args=(number,)) for number in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(seen) == 12
    assert all(found == told for found, told in seen)


def test_nothing_of_the_record_stays_in_memory_between_two_uses(tmp_path: Path):
    with opened(tmp_path / "spilled") as connection:
        file = tmp_path / "rows.parquet"
        connection.execute(f"COPY (SELECT 'Ada''s words' AS text FROM range(100000)) TO '{file}'")
        connection.execute(f"SELECT count(DISTINCT text) FROM '{file}'").fetchall()
    (database,) = kept()
    ((cached,),) = database.execute("SELECT count(*) FROM duckdb_external_file_cache()").fetchall()
    assert cached == 0
