"""What a connection to the record shows, file by file: enough to see whether rows changed since."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import duckdb

from crosstie.record.query import rows_of


class Rows(NamedTuple):
    """Some rows.

    Attributes:
        number: how many.
        digests: the sum of their digests: a digest changes with any field of a row.
    """

    number: int
    digests: int


NOTHING = Rows(0, 0)


def together(some: Iterable[Rows]) -> Rows:
    """Return all of them as one."""
    every = list(some)
    return Rows(sum(one.number for one in every), sum(one.digests for one in every))


def files(connection: duckdb.DuckDBPyConnection) -> dict[str, Path]:
    """Return the files that a connection from `Record.connect` shows, by name; one never changes."""
    ((paths,),) = connection.execute("SELECT getvariable('recorded_files')").fetchall()
    return {Path(path).name: Path(path) for path in paths}


def count(connection: duckdb.DuckDBPyConnection, paths: Iterable[Path]) -> int:
    """Return how many rows lie in some of these files; reads none."""
    ((number,),) = connection.execute(f"SELECT count(*) FROM {rows_of(paths)}").fetchall()  # noqa: S608 - quoted
    return int(number)


def content(connection: duckdb.DuckDBPyConnection, paths: Iterable[Path]) -> dict[str, Rows]:
    """Return the rows of some of these files, by name."""
    found = connection.execute(
        "SELECT parse_filename(filename) AS name, count(*), sum(digest::HUGEINT)::VARCHAR"  # noqa: S608 - quoted
        f" FROM {rows_of(paths, with_path=True)} GROUP BY name"
    ).fetchall()
    return {name: Rows(count, int(digests)) for name, count, digests in found}


def rows_among(connection: duckdb.DuckDBPyConnection, ids: str) -> Rows:
    """Return the rows shown whose id stands in a relation.

    Args:
        connection: from `Record.connect`.
        ids: the name of a relation with a column ``id``, hashes of source and external id.
    """
    ((count, digests),) = connection.execute(
        "SELECT count(*), coalesce(sum(digest::HUGEINT), 0)::VARCHAR FROM recorded"  # noqa: S608 - our own name
        f" SEMI JOIN {ids} ON {ids}.id = hash(source, external_id)"
    ).fetchall()
    return Rows(count, int(digests))
