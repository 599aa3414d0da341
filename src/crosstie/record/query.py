"""DuckDB over the record's Parquet files: the connection, and the SQL that names files and values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from crosstie.record.columns import INTERACTION_NAMES, no_rows, quoted

THREADS = 2
MEMORY = "1GiB"


@contextmanager
def opened(
    spilled: Path, *, threads: int = THREADS, memory: str = MEMORY
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open DuckDB in memory while the block runs.

    Args:
        spilled: folder for what does not fit into memory; DuckDB's own choice would be the working folder,
            where texts would outlive their forgetting.
        threads: how many threads a query may use.
        memory: DuckDB's own limit, e.g. ``1GiB``.
    """
    connection = duckdb.connect(
        config={
            "threads": threads,
            "memory_limit": memory,
            "temp_directory": str(spilled),
            "autoinstall_known_extensions": False,  # crosstie fetches nothing
            "TimeZone": "UTC",
        }
    )
    try:
        yield connection
    finally:
        connection.close()


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
    """Make the view `interactions`: the rows of these files, one column a field of `Interaction`."""
    # A view cannot take bound values; names are ours, and the paths are quoted.
    connection.execute(
        f"CREATE VIEW interactions AS SELECT {quoted(INTERACTION_NAMES)} FROM {rows_of(paths)}"  # noqa: S608
    )
