"""Who answers whom where no source says so: inferred from flat chat in open places, for a tying.

The record stays as it was read. What is inferred lies in a file of its own, as snapshots do, and is made anew
only for places in which something has changed. It holds ids and probabilities, no text and no account.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from crosstie.actions.columns import arrow_table
from crosstie.actions.corrections import Corrections, corrected
from crosstie.actions.home import Home
from crosstie.actions.settings import Chosen
from crosstie.record.content import NOTHING, Rows
from crosstie.sources import every_source

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FOLDER = "replies"
"""The folder of what is inferred: it goes as snapshots go."""

OFF = 1.0
"""The least probability with which nothing is inferred: nothing inferred is certain."""

KEPT_FROM = 0.1
"""What is less likely is not kept, whatever is asked for."""

_FORMAT = "1"
Columns = dict[str, NDArray[Any]]

_NOTHING: Columns = {
    name: np.zeros(0, dtype=object) for name in ("source", "place", "state", "external_id", "replies_to")
} | {"probability": np.zeros(0)}

# Messages of a channel that stand side by side. What is addressed to somebody, or answers something, says so.
_FLAT = """
CREATE TEMP TABLE flat_chat AS
SELECT source, place, external_id, actor, epoch_us("at") AS at_us, mentioned, text
FROM interactions
WHERE kind = 'said' AND openness = 'open' AND text IS NOT NULL AND "at" IS NOT NULL AND place <> ''
  AND len(addressed) = 0 AND len(copied) = 0 AND source IN (SELECT unnest(?))
"""

_PLACES = """
SELECT source, place,
  count(*) || ' ' || bit_xor(hash(external_id, actor, at_us, mentioned, text)) AS state
FROM flat_chat GROUP BY source, place ORDER BY source, place
"""

_MESSAGES = """
SELECT external_id, actor, at_us / 1000000, text, mentioned
FROM flat_chat WHERE source = ? AND place = ? ORDER BY at_us, external_id
"""

# Whoever was taken out of a message by "not me" is nobody there, and so is tied to nobody.
_LINKS = """
CREATE TABLE inferred AS
SELECT link.source, link.external_id, link.replies_to, link.probability, parent.actor AS parent_author
FROM inferred_links AS link
JOIN told_interactions AS parent ON parent.source = link.source AND parent.external_id = link.replies_to
WHERE link.probability >= ?
"""

_SHOWN = """
CREATE VIEW interactions AS
SELECT i.* REPLACE (
  CASE WHEN inferred.source IS NULL THEN i.kind ELSE 'replied' END AS kind,
  coalesce(inferred.replies_to, i.replies_to) AS replies_to,
  coalesce(inferred.parent_author, i.parent_author) AS parent_author,
  CASE WHEN inferred.source IS NULL THEN i.known_how ELSE 'inferred' END AS known_how,
  coalesce(inferred.probability, i.probability) AS probability
)
FROM told_interactions AS i
LEFT JOIN inferred ON inferred.source = i.source AND inferred.external_id = i.external_id
"""


@cache
def flat_sources() -> tuple[str, ...]:
    """Return the sources in whose places messages stand side by side, by the name before the colon."""
    return tuple(source.name for source in every_source().values() if source.is_flat)


@contextmanager
def with_inferred(home: Home, corrections: Corrections, chosen: Chosen) -> Iterator[DuckDBPyConnection]:
    """Query the record as people corrected it, and with who answers whom inferred where no source says so.

    Args:
        home: the workspace.
        corrections: what stands corrected.
        chosen: the least probability that counts (`NetworkSettings.inferred_from`).
    """
    least = chosen.network.inferred_from
    links = _links(home) if least < OFF else _NOTHING
    with corrected(home, corrections) as connection:
        # Where nothing is inferred, nobody's tying has to look for it.
        if (links["probability"] >= least).any():
            connection.register("inferred_links", arrow_table(links))
            connection.execute("ALTER VIEW interactions RENAME TO told_interactions")
            connection.execute(_LINKS, [least])
            connection.execute(_SHOWN)
        yield connection


def links_in(connection: DuckDBPyConnection, *, shown: bool = True) -> Rows:
    """Return what is inferred, as counted and summed: another reply, or another chance of it, is another sum.

    Args:
        connection: from `with_inferred`.
        shown: whether of all interactions, or of those alone that the connection does not show just now.
    """
    ((is_there,),) = connection.execute(
        "SELECT count(*) > 0 FROM duckdb_tables() WHERE table_name = 'inferred'"
    ).fetchall()
    if not is_there:
        return NOTHING
    without = "" if shown else "ANTI JOIN recorded USING (source, external_id)"
    ((number, digests),) = connection.execute(
        "SELECT count(*), coalesce(sum(hash(inferred.source, inferred.external_id, replies_to, probability)"  # noqa: S608 - our own names
        f"::HUGEINT), 0)::VARCHAR FROM inferred {without}"
    ).fetchall()
    return Rows(number, int(digests))


def counted(home: Home, chosen: Chosen) -> int:
    """Return how many replies the snapshots of the record as it is now have that no source states."""
    least = chosen.network.inferred_from
    # Whichever sources it was made with: loading them all takes longer than counting.
    made = list((home.folder / FOLDER).glob(f"{_of_record(home)}-*.parquet"))
    if least >= OFF or not made:
        return 0
    newest = max(made, key=lambda one: one.stat().st_mtime_ns)
    with home.queries() as connection:
        (count,) = connection.execute(
            "SELECT count(*) FROM read_parquet(?) WHERE probability >= ?", [str(newest), least]
        ).fetchall()[0]
    return int(count)


def _file(home: Home) -> Path:
    return home.folder / FOLDER / f"{_of_record(home)}-{_digest(str(flat_sources()))}.parquet"


def _of_record(home: Home) -> str:
    return _digest(f"{_FORMAT}|{home.record.version}")


def _digest(state: str) -> str:
    return hashlib.blake2b(state.encode(), digest_size=10).hexdigest()


def _links(home: Home) -> Columns:
    """Return what is inferred of the record as it is now: as it was kept, or made and kept."""
    # Whoever wrote has an account, and those are fewer than the rows.
    if not home.store.accounts.are_of(flat_sources()):
        return _NOTHING
    file = _file(home)
    folder = file.parent
    kept = _read(home, file)
    if kept is not None:
        return kept
    folder.mkdir(exist_ok=True)
    older = max(folder.glob("[!.]*"), key=lambda one: one.stat().st_mtime_ns, default=None)
    with home.record.connect() as connection:
        links = _made(connection, (None if older is None else _read(home, older)) or _NOTHING)
        beside = file.with_name(f".{file.stem}.{uuid.uuid4().hex[:8]}")
        connection.register("made_links", arrow_table(links))
        connection.sql("SELECT * FROM made_links").write_parquet(str(beside), compression="zstd")
    beside.rename(file)
    for one in folder.glob("[!.]*"):
        if one != file:
            one.unlink(missing_ok=True)
    return links


def _read(home: Home, file: Path) -> Columns | None:
    if not file.exists():
        return None
    with home.queries() as connection:
        return dict(connection.execute("SELECT * FROM read_parquet(?)", [str(file)]).fetchnumpy())


def _made(connection: DuckDBPyConnection, older: Columns) -> Columns:
    """Infer place by place; a place in which nothing changed is taken as it was."""
    sources = [
        source
        for (source,) in connection.execute("SELECT DISTINCT source FROM interactions").fetchall()
        if source.partition(":")[0] in flat_sources()
    ]
    if not sources:
        return _NOTHING
    connection.execute(_FLAT, [sources])
    ends: dict[tuple[str, str, str], tuple[int, int]] = {}
    for row, key in enumerate(zip(older["source"], older["place"], older["state"], strict=True)):
        ends[key] = (ends.get(key, (row, row))[0], row + 1)
    parts = [_NOTHING]
    for key in connection.execute(_PLACES).fetchall():
        if key in ends:
            parts.append({name: column[slice(*ends[key])] for name, column in older.items()})
        else:
            parts.append(_of_place(connection, *key))
    return {name: np.concatenate([part[name] for part in parts]) for name in _NOTHING}


def _of_place(connection: DuckDBPyConnection, source: str, place: str, state: str) -> Columns:
    """Infer the links of one place; a first row without a link says that it was looked at."""
    from crosstie.ideas.replies import answered, replies, stream

    ids, actors, seconds, texts, named = zip(
        *connection.execute(_MESSAGES, [source, place]).fetchall(), strict=True
    )
    messages = stream(authors=actors, seconds=seconds, texts=texts, named=named)
    found = answered(replies(messages), messages.author)
    counts = found.probability >= KEPT_FROM
    outside = np.array(ids, dtype=object)
    links = int(counts.sum()) + 1
    return {
        "source": np.full(links, source, dtype=object),
        "place": np.full(links, place, dtype=object),
        "state": np.full(links, state, dtype=object),
        "external_id": np.append([""], outside[found.message[counts]]).astype(object),
        "replies_to": np.append([""], outside[found.parent[counts]]).astype(object),
        "probability": np.append([0.0], found.probability[counts].astype(np.float64)),
    }
