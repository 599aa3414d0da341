"""DuckDB over the record's Parquet files: the connection, and the SQL that names files and values."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb

from crosstie.record.columns import INTERACTION_NAMES, no_rows, quoted

THREADS = 2
MEMORY = "1GiB"
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,  # crosstie fetches nothing
    "enable_external_file_cache": False,  # nothing of the record stays in memory between two uses
    "TimeZone": "UTC",
}
_MADE = """
    SELECT 'VIEW', view_name FROM duckdb_views() WHERE NOT internal
    UNION ALL SELECT 'TABLE', table_name FROM duckdb_tables()
"""
_FOR_SMALL: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "threads": 1,
}
_MOST_KEPT = 4
_idle: dict[int, list[duckdb.DuckDBPyConnection]] = {}
_small: dict[int, duckdb.DuckDBPyConnection] = {}


@contextmanager
def opened(
    spilled: Path, *, threads: int = THREADS, memory: str = MEMORY
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open DuckDB in memory while the block runs; it is empty at first.

    Opening takes 20 ms and making one empty again 3, so a few are kept for those who come next. One in which
    something failed, or that spilled, is not.

    Args:
        spilled: folder for what does not fit into memory; DuckDB's own choice would be the working folder,
            where texts would outlive their forgetting.
        threads: how many threads a query may use.
        memory: DuckDB's own limit, e.g. ``1GiB``.
    """
    kept = _kept()
    try:
        database = kept.pop()
    except IndexError:
        database = duckdb.connect(config=_CONFIG)
    is_clean = False
    try:
        database.execute(
            f"SET threads = {threads}; SET memory_limit = {literal(memory)};"
            f"SET temp_directory = {literal(str(spilled))}"
        )
        with closing(database.cursor()) as connection:  # what is temporary goes with it
            yield connection
        _empty(database)
        is_clean = not spilled.exists()
    finally:
        if is_clean and len(kept) < _MOST_KEPT:
            kept.append(database)
        else:
            database.close()


def _kept() -> list[duckdb.DuckDBPyConnection]:
    """Return those that are kept for this process; its parent's, before a fork, are left to the parent."""
    return _idle.setdefault(os.getpid(), [])


def _empty(database: duckdb.DuckDBPyConnection) -> None:
    for kind, name in database.execute(_MADE).fetchall():
        database.execute(f'DROP {kind} "{name}"')


def cursor() -> duckdb.DuckDBPyConnection:
    """Return a cursor for small questions to files that never change; close it after use.

    Opening DuckDB takes ten times as long as such a question, so a process opens it once. It keeps what it
    knows of the files, and reads each once: looking for the few rows first, so as to read no others, costs
    twice as much with files like these.
    """
    opened_before = _small.get(os.getpid())
    if opened_before is None:
        opened_before = duckdb.connect(config=_FOR_SMALL)
        opened_before.execute("SET GLOBAL parquet_metadata_cache = true")
        opened_before.execute("SET GLOBAL late_materialization_max_rows = 0")
        _small[os.getpid()] = opened_before
    return opened_before.cursor()


def literal(value: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + value.replace("'", "''") + "'"


def literals(values: Iterable[str]) -> str:
    """Return texts as an SQL list."""
    return f"[{', '.join(literal(value) for value in values)}]::VARCHAR[]"


def rows_of(paths: Iterable[Path], *, with_path: bool = False) -> str:
    """Return what stands after FROM to read the rows of these files, all columns; no file gives no row.

    With `with_path` there is one column more, `filename`.
    """
    # DuckDB takes each name for a pattern.
    names = ["".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path)) for path in paths]
    if not names:
        empty = no_rows()
        return (
            f"({empty.replace('SELECT ', 'SELECT NULL::VARCHAR AS filename, ', 1) if with_path else empty})"
        )
    return f"read_parquet({literals(names)}, filename = {with_path}, hive_partitioning = false)"


def show_interactions(connection: duckdb.DuckDBPyConnection, paths: Iterable[Path]) -> None:
    """Make the views `interactions` and `recorded`.

    `interactions` has one column a field of `Interaction`; `recorded`, on which it rests, has the digest of
    each row and the file it lies in (``filename``) as well. The variable `recorded_files` has those files.
    """
    every = list(paths)
    show_only(connection, every)
    connection.execute(f"SET VARIABLE recorded_files = {literals(str(path) for path in every)}")
    connection.execute(f"CREATE VIEW interactions AS SELECT {quoted(INTERACTION_NAMES)} FROM recorded")  # noqa: S608 - our names


def show_only(connection: duckdb.DuckDBPyConnection, paths: Iterable[Path], *, condition: str = "") -> None:
    """Let `recorded`, and whatever rests on it, show the rows of these files alone.

    Args:
        connection: from `Record.connect`.
        paths: of those that it showed at first.
        condition: what follows in SQL, to choose among their rows.
    """
    # A view cannot take bound values; the paths are quoted.
    connection.execute(
        f"CREATE OR REPLACE VIEW recorded AS SELECT * FROM {rows_of(paths, with_path=True)} {condition}"  # noqa: S608
    )


def hold(connection: duckdb.DuckDBPyConnection) -> None:
    """Hold the rows that `interactions` shows just now in memory, without texts and files, and show them so.

    What shows them is a table: through views a query of few rows takes longer for all their columns than for
    its answer.
    """
    connection.execute(
        "CREATE TABLE held AS SELECT * REPLACE (NULL::VARCHAR AS text, []::VARCHAR[] AS files) "
        "FROM memory.main.interactions"
    )
    show_held(connection)


def show_held(connection: duckdb.DuckDBPyConnection) -> None:
    """Let `interactions` be what is held, after `show_again`."""
    connection.execute(
        "ALTER VIEW memory.main.interactions RENAME TO interactions_aside;"
        "ALTER TABLE memory.main.held RENAME TO interactions"
    )


def show_again(connection: duckdb.DuckDBPyConnection) -> None:
    """Let `interactions` be what it was before `hold`, for what `recorded` shows now."""
    connection.execute(
        "ALTER TABLE memory.main.interactions RENAME TO held;"
        "ALTER VIEW memory.main.interactions_aside RENAME TO interactions"
    )


def for_few(connection: duckdb.DuckDBPyConnection) -> None:
    """Let queries be about few rows that are held: to plan them well takes longer than to carry them out."""
    connection.execute("SET threads = 1; PRAGMA disable_optimizer")


def for_many(connection: duckdb.DuckDBPyConnection) -> None:
    """Let queries be about many rows again, as they are at first."""
    connection.execute(f"SET threads = {THREADS}; PRAGMA enable_optimizer")
