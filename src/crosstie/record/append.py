"""How a batch of interactions comes into the record: what is new, what was edited, what is only repeated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

import duckdb
import numpy as np
from arro3.core import Array, DataType, Table
from numpy.typing import NDArray

from crosstie.record.columns import NAMES, columns_of, quoted
from crosstie.record.interaction import Interaction
from crosstie.record.known import KnownRows
from crosstie.record.parts import Part, Parts, grouped
from crosstie.record.query import literals, rows_of
from crosstie.record.rules import check, digest_of

BATCH_ROWS = 50_000
BATCH_TEXT = 32_000_000
"""Characters of text at which a batch is full, so that long mails do not make a batch large."""

_NEVER = datetime.min.replace(tzinfo=UTC)


class Appended(NamedTuple):
    """How many of the interactions given were added, changed a row, or changed nothing.

    A row that is given several times counts each time. Of several readings in one batch only the last is
    compared with the record; the others count as updated if it changed something.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass(slots=True)
class Batch:
    """Checked rows that will be committed together, one a key.

    Attributes:
        rows: the row to keep of each (source, external id).
        digests: the row's digest.
        repeated: rows that said nothing new.
        superseded: by key, rows that another of the batch took the place of.
        text: characters of text, and of the names of files, in all.
    """

    rows: dict[tuple[str, str], Interaction] = field(default_factory=dict)
    digests: dict[tuple[str, str], int] = field(default_factory=dict)
    repeated: int = 0
    superseded: dict[tuple[str, str], int] = field(default_factory=dict)
    text: int = 0

    def add(self, row: Interaction) -> None:
        """Check a row and put it in, unless a later reading of it is there.

        Raises:
            RecordRefused: it breaks a rule.
        """
        check(row)
        digest = digest_of(row)
        key = (row.source, row.external_id)
        present = self.rows.get(key)
        if present is not None:
            if digest == self.digests[key] or edited(row) < edited(present):
                self.repeated += 1
                return
            self.superseded[key] = self.superseded.get(key, 0) + 1
        self.rows[key] = row
        self.digests[key] = digest
        self.text += len(row.text or "") + sum(map(len, row.files))


def edited(row: Interaction) -> datetime:
    """Return when a row was last changed at its source; before all times if it never was."""
    return row.edited_at or _NEVER


def batched(interactions: Iterable[Interaction], batch_rows: int) -> Iterator[Batch]:
    """Yield the interactions as batches of at most `batch_rows` keys and about `BATCH_TEXT` characters."""
    batch = Batch()
    for row in interactions:
        batch.add(row)
        if len(batch.rows) >= batch_rows or batch.text >= BATCH_TEXT:
            yield batch
            batch = Batch()
    if batch.rows:
        yield batch


class Appender:
    """Appends batches, one commit each, while its maker is the only writer."""

    def __init__(self, parts: Parts, connection: duckdb.DuckDBPyConnection) -> None:
        self._parts = parts
        self._connection = connection
        self._known = KnownRows()
        self._sources: set[str] = set()

    def append(self, batch: Batch) -> Appended:
        """Bring a batch into the record in one commit; on return the disk holds it."""
        keys = list(batch.rows)
        digests = np.fromiter((batch.digests[key] for key in keys), dtype=np.int64, count=len(keys))
        self._learn({source for source, _ in keys})
        hashes = self._hashes(keys)
        found, known_digests = self._known.find(hashes)
        in_question = np.flatnonzero(found & (known_digests != digests))
        stored = self._stored(keys, in_question) if len(in_question) else {}

        added = ~found
        updated = np.zeros(len(keys), dtype=np.bool_)
        replaced: set[str] = set()
        for place in in_question.tolist():
            row = batch.rows[keys[place]]
            if place not in stored:  # another key with the same hash
                added[place] = True
                continue
            digest, edited_at, name = stored[place]
            if digest != digests[place] and not _is_older(row, edited_at):
                updated[place] = True
                replaced.add(name)

        kept = np.flatnonzero(added | updated)
        if len(kept):
            self._write(batch, keys, kept, updated, replaced)
            self._known.put(hashes[kept], digests[kept])
        return _counted(batch, keys, added, updated)

    def _write(
        self,
        batch: Batch,
        keys: list[tuple[str, str]],
        kept: NDArray[np.intp],
        updated: NDArray[np.bool_],
        replaced: set[str],
    ) -> None:
        """Write the kept rows and, without the rows they replace, the parts where those stood."""
        kept_keys = [keys[place] for place in kept.tolist()]
        rows = columns_of([batch.rows[key] for key in kept_keys], [batch.digests[key] for key in kept_keys])
        self._connection.register("batch", rows)
        written = self._parts.written(self._connection, f"SELECT {quoted(NAMES)} FROM batch")  # noqa: S608 - our names
        self._connection.unregister("batch")
        removed = [part for part in self._parts.all() if part.name in replaced]
        if removed:
            self._connection.register("asked", _table_of(keys, np.flatnonzero(updated).tolist()))
            written += rewritten(
                self._parts, self._connection, removed, "ANTI JOIN asked USING (source, external_id)"
            )
            self._connection.unregister("asked")
        self._parts.commit(written, removed)

    def _learn(self, sources: set[str]) -> None:
        """Make the rows of these sources known."""
        unknown = sources - self._sources
        if not unknown:
            return
        self._sources |= unknown
        columns = self._connection.execute(
            f"SELECT hash(source, external_id) AS hash, digest FROM {rows_of(self._parts.paths())} "  # noqa: S608 - quoted
            f"WHERE source IN {literals(sorted(unknown))}"
        ).fetchnumpy()
        if len(columns["hash"]):
            self._known.put(np.asarray(columns["hash"]), np.asarray(columns["digest"]))

    def _hashes(self, keys: list[tuple[str, str]]) -> NDArray[np.uint64]:
        """Return DuckDB's hash of each key: the one that `_learn` compares with."""
        self._connection.register("asked", _table_of(keys, range(len(keys))))
        columns = self._connection.execute("SELECT hash(source, external_id) AS hash FROM asked").fetchnumpy()
        self._connection.unregister("asked")
        return np.asarray(columns["hash"], dtype=np.uint64)

    def _stored(
        self, keys: list[tuple[str, str]], places: NDArray[np.intp]
    ) -> dict[int, tuple[int, Any, str]]:
        """Return what the record has under these keys: by place, digest, `edited_at` and part's name."""
        self._connection.register("asked", _table_of(keys, places.tolist()))
        sources = sorted({keys[place][0] for place in places.tolist()})
        found = self._connection.execute(
            "SELECT asked.place, stored.digest, stored.edited_at, parse_filename(stored.filename) "  # noqa: S608 - quoted
            f"FROM {rows_of(self._parts.paths(), with_path=True)} AS stored "
            f"JOIN asked USING (source, external_id) WHERE stored.source IN {literals(sources)}"
        ).fetchall()
        self._connection.unregister("asked")
        return {place: (digest, edited_at, name) for place, digest, edited_at, name in found}


def rewritten(
    parts: Parts, connection: duckdb.DuckDBPyConnection, replaced: list[Part], condition: str
) -> list[Part]:
    """Write parts again with only the rows that meet a condition, small ones joined; commits nothing.

    What is joined is put in order of time: whoever looks for rows of some days then opens the groups of rows
    of those days, and not one in which rows of two parts that are months apart stand together.
    """
    written = []
    for group in grouped(replaced):
        source = rows_of(parts.paths_of(group))
        order = 'ORDER BY "at", source, external_id' if len(group) > 1 else ""
        written += parts.written(connection, f"SELECT {quoted(NAMES)} FROM {source} {condition} {order}")  # noqa: S608 - quoted
    return written


def _is_older(row: Interaction, stored_at: datetime | None) -> bool:
    return edited(row) < (stored_at or _NEVER)


def _table_of(keys: list[tuple[str, str]], places: Iterable[int]) -> Table:
    """Return the keys at these places as an Arrow table: place, source, external_id."""
    chosen = list(places)
    return Table.from_pydict(
        {
            "place": Array(chosen, type=DataType.int64()),
            "source": Array([keys[place][0] for place in chosen], type=DataType.string()),
            "external_id": Array([keys[place][1] for place in chosen], type=DataType.string()),
        }
    )


def _counted(
    batch: Batch, keys: list[tuple[str, str]], added: NDArray[np.bool_], updated: NDArray[np.bool_]
) -> Appended:
    counts = {
        "added": int(added.sum()),
        "updated": int(updated.sum()),
        "unchanged": len(keys) - int(added.sum()) - int(updated.sum()) + batch.repeated,
    }
    if batch.superseded:
        has_changed = {keys[place] for place in np.flatnonzero(added | updated).tolist()}
        for key, times in batch.superseded.items():
            counts["updated" if key in has_changed else "unchanged"] += times
    return Appended(**counts)
