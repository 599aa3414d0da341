"""The record's columns: their types in Delta, and rows into columns and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from typing import Any

import numpy as np
from arro3.core import Array, DataType, Table, list_array
from deltalake import Field, Schema
from deltalake.schema import ArrayType, PrimitiveType

from crosstie.record.interaction import Interaction, Kind, KnownHow, Openness

_TEXT = PrimitiveType("string")
_TEXTS = ArrayType(_TEXT, contains_null=False)
_TIME = PrimitiveType("timestamp")
_NUMBER = PrimitiveType("double")

SCHEMA = Schema(
    [
        Field("source", _TEXT, nullable=False),
        Field("external_id", _TEXT, nullable=False),
        Field("kind", _TEXT, nullable=False),
        Field("at", _TIME),
        Field("actor", _TEXT, nullable=False),
        Field("place", _TEXT, nullable=False),
        Field("openness", _TEXT, nullable=False),
        Field("addressed", _TEXTS, nullable=False),
        Field("copied", _TEXTS, nullable=False),
        Field("mentioned", _TEXTS, nullable=False),
        Field("thread", _TEXT, nullable=False),
        Field("replies_to", _TEXT, nullable=False),
        Field("parent_author", _TEXT, nullable=False),
        Field("link", _TEXT, nullable=False),
        Field("known_how", _TEXT, nullable=False),
        Field("probability", _NUMBER, nullable=False),
        Field("strength", _NUMBER, nullable=False),
        Field("asks", PrimitiveType("boolean")),
        Field("text", _TEXT),
        Field("edited_at", _TIME),
        Field("digest", PrimitiveType("long"), nullable=False),
        Field("files", _TEXTS, nullable=False),
    ]
)
"""One column a field of `Interaction`, in its order, and the digest by which an unchanged row is known.

What came later stands behind the digest, where it is in tables that were made before.
"""

NAMES = tuple(field.name for field in SCHEMA.fields)
INTERACTION_NAMES = tuple(name for name in NAMES if name != "digest")
NAMES_AT_FIRST = NAMES[: NAMES.index("digest") + 1]
_LISTS = frozenset({"addressed", "copied", "mentioned", "files"})

_SQL_TYPES = {
    "string": "VARCHAR",
    "timestamp": "TIMESTAMPTZ",
    "double": "DOUBLE",
    "boolean": "BOOLEAN",
    "long": "BIGINT",
}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def quoted(names: Iterable[str]) -> str:
    """Return column names for SQL; all quoted, because `at` is a reserved word."""
    return ", ".join(f'"{name}"' for name in names)


def no_rows() -> str:
    """Return SQL that selects every column and no row."""
    columns = []
    for field in SCHEMA.fields:
        sql_type = _SQL_TYPES[field.type.type] if isinstance(field.type, PrimitiveType) else "VARCHAR[]"
        columns.append(f'NULL::{sql_type} AS "{field.name}"')
    return f"SELECT {', '.join(columns)} WHERE false"


def rows_at_first() -> str:
    """Return the select list that makes rows of `NAMES` out of such as have `NAMES_AT_FIRST` alone."""
    return f'{quoted(NAMES_AT_FIRST)}, []::VARCHAR[] AS "files"'


def selected_rows() -> str:
    """Return the select list that `interactions_from` takes apart: times as microseconds since 1970."""
    return ", ".join(
        f'epoch_us("{name}")' if name in {"at", "edited_at"} else f'"{name}"' for name in INTERACTION_NAMES
    )


def columns_of(rows: Sequence[Interaction], digests: Sequence[int]) -> Table:
    """Return rows as an Arrow table with the columns of `SCHEMA`, in the same order of rows."""
    columns: dict[str, Array] = {}
    for name in INTERACTION_NAMES:
        values = list(map(attrgetter(name), rows))
        if name in {"at", "edited_at"}:
            columns[name] = _times(values)
        elif name in _LISTS:
            columns[name] = _lists(values)
        elif name in {"probability", "strength"}:
            columns[name] = Array.from_numpy(np.array(values, dtype=np.float64))
        elif name == "asks":
            columns[name] = Array(values, type=DataType.bool())
        else:
            columns[name] = Array(values, type=DataType.string())
    columns["digest"] = Array.from_numpy(np.array(digests, dtype=np.int64))
    return Table.from_arrays(list(columns.values()), names=list(columns))


def interactions_from(fetched: Iterable[Sequence[Any]]) -> list[Interaction]:
    """Return the interactions in rows that were selected with `selected_rows`."""
    return [_interaction(dict(zip(INTERACTION_NAMES, row, strict=True))) for row in fetched]


def _interaction(values: dict[str, Any]) -> Interaction:
    for name in ("at", "edited_at"):
        if values[name] is not None:
            values[name] = _EPOCH + timedelta(microseconds=values[name])
    for name in _LISTS:
        values[name] = tuple(values[name])
    values["kind"] = Kind(values["kind"])
    values["openness"] = Openness(values["openness"])
    values["known_how"] = KnownHow(values["known_how"])
    return Interaction(**values)


def _times(values: Sequence[datetime | None]) -> Array:
    # Not `timestamp()`: it is a float, and loses microseconds far from 1970.
    microseconds = [None if value is None else (value - _EPOCH) // _MICROSECOND for value in values]
    return Array(microseconds, type=DataType.int64()).cast(DataType.timestamp("us", tz="UTC"))


def _lists(values: Sequence[tuple[str, ...]]) -> Array:
    offsets = np.zeros(len(values) + 1, dtype=np.int32)
    np.cumsum([len(value) for value in values], out=offsets[1:])
    flat = [item for value in values for item in value]
    return list_array(Array.from_numpy(offsets), Array(flat, type=DataType.string()))
