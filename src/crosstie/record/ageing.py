"""What falls out of the record by age: whole rows, in one commit."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

import duckdb

from crosstie.record.append import rewritten
from crosstie.record.parts import Parts
from crosstie.record.query import literal, rows_of


class Dropped(NamedTuple):
    """What falling out did.

    Attributes:
        removed: rows taken out.
        is_erased: whether nothing of them is left on disk; as in `crosstie.record.forget.Forgotten`.
    """

    removed: int
    is_erased: bool


def is_before(before: datetime) -> str:
    """Return the SQL condition for rows that happened before a time; without a time a row has no age."""
    return f'coalesce("at" < {literal(before.astimezone(UTC).isoformat())}::TIMESTAMPTZ, false)'


def drop_before(parts: Parts, connection: duckdb.DuckDBPyConnection, before: datetime) -> int:
    """Rewrite the parts that hold older rows without them, in one commit; return how many rows went."""
    found = dict(
        connection.execute(
            "SELECT parse_filename(filename), count(*) "  # noqa: S608 - quoted
            f"FROM {rows_of(parts.paths(), with_path=True)} WHERE {is_before(before)} GROUP BY ALL"
        ).fetchall()
    )
    replaced = [part for part in parts.all() if part.name in found]
    if not replaced:
        return 0
    written = rewritten(parts, connection, replaced, f"WHERE NOT {is_before(before)}")
    parts.commit(written, replaced)
    return sum(found.values())
