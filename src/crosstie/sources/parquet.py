"""Rows of a Parquet file as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crosstie.errors import SourceRefused
from crosstie.sources.separated import Row

PART = "\x1e"
"""Stands between the parts of a list."""

_ROWS_A_FETCH = 4_096
_NESTED = re.compile(r"(STRUCT|MAP|UNION)\(|.*\]$", re.DOTALL)
_END_OF_LIST = re.compile(r"\[\d*\]$")


@dataclass(frozen=True, slots=True)
class Parquet:
    """What a file holds.

    Attributes:
        header: the names of the columns.
        rows: every value as text, times in UTC; lists of single values with `PART` between them.
        lists: places of the columns that hold such lists.
        nested: places of the columns that hold more than that, as a struct does; their text is DuckDB's.
    """

    header: tuple[str, ...]
    rows: Iterator[Row]
    lists: frozenset[int]
    nested: frozenset[int]


def is_parquet(path: Path) -> bool:
    """Say whether a file calls itself Parquet, by its name or its first bytes."""
    if path.suffix.lower() in {".parquet", ".pq"}:
        return True
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


def read(path: Path) -> Parquet:
    """Open a Parquet file for streaming.

    Raises:
        SourceRefused: it is damaged, or cut off.
    """
    import duckdb  # imported late: heavy, and needed for Parquet only

    def damaged(trouble: Exception) -> SourceRefused:
        return SourceRefused(
            f'"{path.name}" cannot be read as Parquet ({str(trouble).splitlines()[0][:120]}).',
            hint="Check that the download finished, or save the table as CSV.",
        )

    connection = duckdb.connect()
    try:
        connection.execute("SET TimeZone='UTC'")
        connection.execute("SELECT * FROM read_parquet(?) LIMIT 0", [str(path)])
        columns = [(str(column[0]), str(column[1])) for column in connection.description or ()]
        lists = frozenset(place for place, (_, kind) in enumerate(columns) if _is_list(kind))
        nested = frozenset(
            place for place, (_, kind) in enumerate(columns) if _NESTED.match(kind) and place not in lists
        )
        names = [f"c{place}" for place in range(len(columns))]
        texts = [
            f"array_to_string({name}::VARCHAR[], chr({ord(PART)}))" if place in lists else f"{name}::VARCHAR"
            for place, name in enumerate(names)
        ]
        connection.execute(
            f"SELECT {', '.join(texts)} FROM read_parquet(?) AS file({', '.join(names)})",  # noqa: S608 -- our names
            [str(path)],
        )
    except duckdb.Error as trouble:
        connection.close()
        raise damaged(trouble) from trouble

    def rows() -> Iterator[Row]:
        with connection:
            try:
                while fetched := connection.fetchmany(_ROWS_A_FETCH):
                    for cells in fetched:
                        yield ["" if cell is None else cell for cell in cells]
            except duckdb.Error as trouble:
                raise damaged(trouble) from trouble

    return Parquet(tuple(name for name, _ in columns), rows(), lists, nested)


def _is_list(kind: str) -> bool:
    """Say whether a type is a list of single values."""
    value, ends = _END_OF_LIST.subn("", kind)
    return bool(ends) and not _NESTED.match(value)
