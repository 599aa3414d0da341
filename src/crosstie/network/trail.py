"""The trail of every tie: the interactions it rests on, by pair, for the originals behind a figure."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from crosstie.record.query import literal

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_FORMAT = "FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 10_000"
"""The second version holds ids, no two of which are the same, in a sixth less room, in less time."""

_SINCE = """
SELECT least(s.actor, s.other) AS low, greatest(s.actor, s.other) AS high, s.actor < s.other AS by_low,
  s.at_us, tie_act.name AS act, s.share, (s.rank & 1) = 1 AS is_stated, s.is_open, i.kind, i.external_id,
  i.place, i.openness, i.link, s.id
FROM tie_since AS s
JOIN tie_act ON tie_act.number = 31 - ((s.rank >> 1) & 31)
JOIN interactions AS i ON hash(i.source, i.external_id) = s.id
"""

_BEFORE = """
SELECT trail.* REPLACE (one.number AS low, two.number AS high)
FROM read_parquet({earlier}) AS trail
JOIN tie_renumbered AS one ON one.before = trail.low
JOIN tie_renumbered AS two ON two.before = trail.high
"""

_SORTED = "ORDER BY low, high, at_us DESC NULLS LAST, id"


def write_trail(connection: DuckDBPyConnection, file: Path, *, earlier: Path | None = None) -> None:
    """Write the trail as Parquet: one row an interaction and pair, the strongest act between the two.

    Columns: ``low`` and ``high`` (indices into `Network.persons`), ``by_low`` (whether low acted), ``at_us``
    (microseconds, null without a time), ``act`` (a row of the table of acts), ``share`` (what its weights are
    multiplied with), ``is_stated`` (or inferred), ``is_open``, ``kind``, ``external_id``, ``place``,
    ``openness``, ``link``, ``id`` (as `Ties.evidence` has it). Sorted by pair, newest first, of
    one moment by id.

    Args:
        connection: with the tables of a tying that is under way (`crosstie.network.tie`, `also`).
        file: where to write.
        earlier: the trail of the tying that this one goes on from (`crosstie.network.going_on`), to be in it.
    """
    if earlier is None:
        acts = _SINCE.replace("tie_since", "tie_strongest")
    else:
        acts = f"({_SINCE}) UNION ALL ({_BEFORE.format(earlier=literal(str(earlier)))})"
    connection.execute(f"COPY ({acts} {_SORTED}) TO {literal(str(file))} ({_FORMAT})")
