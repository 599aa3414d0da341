"""A frame: Arrow columns that pandas, polars, DuckDB and pyarrow take as they are."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np
from arro3.core import Table
from numpy.typing import NDArray

from crosstie.actions.columns import arrow_table
from crosstie.errors import UsageRefused

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl


class Frame:
    """Named columns of equal length. ``polars.DataFrame(frame)`` works without copying (Arrow PyCapsule)."""

    def __init__(self, named: dict[str, NDArray[Any]]) -> None:
        self._named = named
        self.table: Table = arrow_table(
            {name: _without_times(column) for name, column in named.items()}, times=_times(named)
        )

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self._named[name]

    def __repr__(self) -> str:
        return f"<Frame of {len(self):,} rows: {', '.join(self.columns)}>"

    @property
    def columns(self) -> list[str]:
        """Return the names of the columns."""
        return list(self._named)

    def to_pandas(self) -> pd.DataFrame:
        """Return a pandas DataFrame; pandas must be installed."""
        frame: pd.DataFrame = _library("pandas").DataFrame(self._named)
        for name in _times(self._named):
            frame[name] = frame[name].dt.tz_localize("UTC")
        return frame

    def to_polars(self) -> pl.DataFrame:
        """Return a polars DataFrame; polars must be installed."""
        frame: pl.DataFrame = _library("polars").DataFrame(self.table)
        return frame


def _times(named: dict[str, NDArray[Any]]) -> frozenset[str]:
    return frozenset(name for name, column in named.items() if column.dtype.kind == "M")


def _without_times(column: NDArray[Any]) -> NDArray[Any]:
    return column.astype(np.int64) if column.dtype.kind == "M" else column


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError as missing:
        raise UsageRefused(
            f"{name} is not installed here; crosstie itself does not need it.",
            hint=f"Install it with `pip install {name}`.",
        ) from missing
