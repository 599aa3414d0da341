"""What a connection to the record shows, file by file: enough to see whether rows changed since."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import duckdb
import numpy as np
from numpy.typing import NDArray

from crosstie.record.query import rows_of


class Rows(NamedTuple):
    """Some rows.

    Attributes:
        number: how many.
        digests: the sum of their digests: a digest changes with any field of a row.
    """

    number: int
    digests: int

    @classmethod
    def of(cls, digests: NDArray[np.int64]) -> Rows:
        """Return the rows with these digests; their sum may need more bits than each has."""
        high, low = int((digests >> 32).sum()), int((digests & 0xFFFFFFFF).sum())
        return cls(len(digests), (high << 32) + low)


NOTHING = Rows(0, 0)


def together(some: Iterable[Rows]) -> Rows:
    """Return all of them as one."""
    every = list(some)
    return Rows(sum(one.number for one in every), sum(one.digests for one in every))


def files(connection: duckdb.DuckDBPyConnection) -> dict[str, Path]:
    """Return the files that a connection from `Record.connect` shows, by name; one never changes."""
    ((paths,),) = connection.execute("SELECT getvariable('recorded_files')").fetchall()
    return {Path(path).name: Path(path) for path in paths}


def content(connection: duckdb.DuckDBPyConnection, paths: Iterable[Path]) -> dict[str, Rows]:
    """Return the rows of some of these files, by name."""
    return {path.name: Rows.of(_digests(connection, path)) for path in paths}


def _digests(connection: duckdb.DuckDBPyConnection, path: Path) -> NDArray[np.int64]:
    found = connection.execute(f"SELECT digest FROM {rows_of([path])}").fetchnumpy()  # noqa: S608 - quoted
    return np.asarray(found["digest"], dtype=np.int64)


def ids_and_digests(
    connection: duckdb.DuckDBPyConnection,
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return (R,) the hash of source and external id, and (R,) the digest, of every row shown."""
    found = connection.execute("SELECT hash(source, external_id) AS id, digest FROM recorded").fetchnumpy()
    return np.asarray(found["id"], dtype=np.uint64), np.asarray(found["digest"], dtype=np.int64)
