"""The trail of every tie: the interactions it rests on, by pair, for the originals behind a figure."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_ROWS_A_GROUP = 10_000

_QUERY = """
SELECT least(s.actor, s.other) AS low, greatest(s.actor, s.other) AS high, s.actor < s.other AS by_low,
  s.at_us, tie_act.name AS act, (s.rank & 1) = 1 AS is_stated, s.is_open, i.kind, i.external_id, i.place,
  i.openness, i.link
FROM tie_strongest AS s
JOIN tie_act ON tie_act.number = 31 - ((s.rank >> 1) & 31)
JOIN interactions AS i ON hash(i.source, i.external_id) = s.id
ORDER BY low, high, s.at_us DESC NULLS LAST, i.external_id
"""


def write_trail(connection: DuckDBPyConnection, file: Path) -> None:
    """Write the trail as Parquet: one row an interaction and pair, the strongest act between the two.

    Columns: ``low`` and ``high`` (indices into `Network.persons`), ``by_low`` (whether low acted), ``at_us``
    (microseconds, null without a time), ``act`` (a row of the table of acts), ``is_stated`` (or inferred),
    ``is_open``, ``kind``, ``external_id``, ``place``, ``openness``, ``link``. Sorted by pair, newest first.

    Args:
        connection: with the tables of a tying that is under way (`crosstie.network.tie`, `also`).
        file: where to write.
    """
    connection.sql(_QUERY).write_parquet(str(file), compression="zstd", row_group_size=_ROWS_A_GROUP)
