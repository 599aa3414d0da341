"""Columns out of anybody's table: Arrow from wherever it comes, pandas, or a mapping of columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crosstie.errors import UsageRefused


def opened(table: Any) -> Any:
    """Return a table whose columns `column` can take one after the other: a stream can be read only once.

    Raises:
        UsageRefused: it is no table.
    """
    if isinstance(table, dict) or _is_pandas(table):
        return table
    if hasattr(table, "__arrow_c_stream__"):
        from arro3.core import Table

        return Table.from_arrow(table)
    raise UsageRefused(
        f"A {type(table).__name__} is no table of ties.",
        hint="Give a pandas or polars frame, an Arrow table, or a mapping of columns.",
    )


def column(table: Any, name: str, *, option: str, otherwise: str = "") -> NDArray[Any]:
    """Return one column of a table as numpy has it: numbers as they are, texts as objects, gaps as None.

    Args:
        table: from `opened`.
        name: the column.
        option: what the column is for, in words, for the refusal.
        otherwise: what one can do without it.

    Raises:
        UsageRefused: there is no such column.
    """
    names = list(table) if isinstance(table, dict) else list(_names(table))
    if name not in names:
        there = ", ".join(map(str, names)) or "none"
        raise UsageRefused(
            f'The table has no column "{name}" for {option}.',
            hint=f"Its columns are {there}: name the one that is meant{otherwise}.",
        )
    if isinstance(table, dict) or _is_pandas(table):
        values = np.asarray(table[name])
        return values.astype(object) if values.dtype.kind in "US" else values
    return _from_arrow(table.column(name))


def described(kinds: Iterable[type]) -> str:
    """Return the names of types as a list in words."""
    return ", ".join(sorted(kind.__name__ for kind in kinds))


def _is_pandas(table: Any) -> bool:
    # pandas hands over Arrow only where pyarrow is installed, which nothing here needs.
    return type(table).__module__.partition(".")[0] == "pandas"


def _names(table: Any) -> list[Any]:
    return list(table.columns if _is_pandas(table) else table.column_names)


def _from_arrow(found: Any) -> NDArray[Any]:
    from arro3.core import DataType

    if found.null_count == 0 and (DataType.is_integer(found.type) or DataType.is_floating(found.type)):
        return np.asarray(found.to_numpy())
    values = np.empty(len(found), dtype=object)
    values[:] = found.to_pylist()
    return values
