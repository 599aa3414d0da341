"""The forgotten taken out of the record's files, in one commit."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from crosstie.record.append import BATCH_ROWS, rewritten
from crosstie.record.columns import NAMES, columns_of, interactions_from, quoted, selected_rows
from crosstie.record.forget import Forgetting
from crosstie.record.interaction import Interaction
from crosstie.record.parts import Part, Parts
from crosstie.record.query import rows_of
from crosstie.record.rules import digest_of


def take_out(parts: Parts, connection: duckdb.DuckDBPyConnection, forgetting: Forgetting) -> tuple[int, int]:
    """Rewrite the parts that know the forgotten, in one commit; return rows removed and rows blanked."""
    source = rows_of(parts.paths(), with_path=True)
    touched = connection.execute(
        f"SELECT DISTINCT parse_filename(filename) FROM {source} WHERE {forgetting.touched}"  # noqa: S608 - quoted
    ).fetchall()
    names = {name for (name,) in touched}
    replaced = [part for part in parts.all() if part.name in names]
    if not replaced:
        return 0, 0
    removed = blanked = 0
    written = rewritten(parts, connection, replaced, f"WHERE NOT {forgetting.touched}")
    # A second cursor, because writing a part would end the query whose rows are being taken.
    with connection.cursor() as cursor:
        for part in replaced:
            cursor.execute(
                f"SELECT {selected_rows()} FROM {rows_of(parts.paths_of([part]))} "  # noqa: S608 - quoted
                f"WHERE {forgetting.touched}"
            )
            while fetched := cursor.fetchmany(BATCH_ROWS):
                before = interactions_from(fetched)
                pairs = [(row, forgetting.applied_to(row)) for row in before]
                after = [changed for _, changed in pairs if changed is not None]
                removed += len(before) - len(after)
                blanked += sum(changed not in (None, row) for row, changed in pairs)
                if after:
                    written += _written(parts, connection, after)
    parts.commit(written, replaced)
    return removed, blanked


def _written(parts: Parts, connection: duckdb.DuckDBPyConnection, rows: Sequence[Interaction]) -> list[Part]:
    connection.register("batch", columns_of(rows, [digest_of(row) for row in rows]))
    written = parts.written(connection, f"SELECT {quoted(NAMES)} FROM batch")  # noqa: S608 - our names
    connection.unregister("batch")
    return written
