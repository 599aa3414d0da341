"""Edge lists from files: CSV, Parquet and GraphML, as columns to measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crosstie.actions import graphml
from crosstie.errors import PathUnreadable, UsageRefused
from crosstie.sources.door import Door
from crosstie.sources.ledger import Ledger
from crosstie.sources.rows import open_table

GRAPHML = ".graphml"
_ENDS = ("from", "to")


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeFile:
    """The rows of a file.

    Attributes:
        columns: by name, all as texts; None where a GraphML edge has no value.
        directed: whether the file says that edges have a direction; None where it says nothing.
        left_out: rows that could not be read, by reason.
    """

    columns: dict[str, NDArray[Any]]
    directed: bool | None
    left_out: dict[str, int]


def read(path: Path) -> EdgeFile:
    """Return the rows of a CSV, Parquet or GraphML file.

    Raises:
        PathUnreadable: there is no such file.
        SourceRefused: it is damaged, or not what its name says.
        ExportUnsafe: a GraphML file declares a document type.
    """
    if not path.is_file():
        raise PathUnreadable(f'There is no file "{path}".', hint="Give a CSV, Parquet or GraphML file.")
    if path.suffix.lower() == GRAPHML:
        return _graphml(path)
    ledger = Ledger()
    table = open_table(path, Door(ledger))
    rows = list(table.rows)
    columns: dict[str, NDArray[Any]] = {}
    for place, name in enumerate(table.header):
        column = np.empty(len(rows), dtype=object)
        column[:] = [row[place].strip() for row in rows]
        columns[name] = column
    return EdgeFile(columns=columns, directed=None, left_out=dict(ledger.left_out))


def _graphml(path: Path) -> EdgeFile:
    found = graphml.read(path)
    columns: dict[str, NDArray[Any]] = {}
    ends: dict[str, Sequence[str | None]] = dict(zip(_ENDS, (found.sources, found.targets), strict=True))
    for name, values in {**found.values, **ends}.items():
        columns[name] = np.empty(len(values), dtype=object)
        columns[name][:] = values
    return EdgeFile(columns=columns, directed=found.directed, left_out={})


def groups(path: Path) -> dict[str, str]:
    """Return the group of each person from a table whose first column names people and whose second groups.

    Raises:
        UsageRefused: it has fewer than two columns.
    """
    columns = list(read(path).columns.values())
    if len(columns) < 2:  # noqa: PLR2004 - a person and a group
        raise UsageRefused(
            f'"{path.name}" has no two columns.', hint="Its first names people, its second their groups."
        )
    return dict(zip(columns[0].tolist(), columns[1].tolist(), strict=True))
