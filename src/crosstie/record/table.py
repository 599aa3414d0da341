"""The record: an append-only Delta table of interactions, and the one door through which it changes.

    folder/_delta_log/      which files make up the table, version by version
    folder/*.parquet        the rows
    folder/_crosstie/       the writer's lock and the readers' leases

One writer at a time; readers never wait and never see half a batch.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import duckdb

from crosstie.errors import WorkspaceBusy
from crosstie.record.ageing import Dropped, drop_before, is_before
from crosstie.record.append import BATCH_ROWS, Appended, Appender, batched, rewritten
from crosstie.record.columns import interactions_from, selected_rows
from crosstie.record.forget import Forgetting, Forgotten
from crosstie.record.interaction import Interaction
from crosstie.record.locks import Leases, only_writer
from crosstie.record.parts import FULL_ROWS, Part, Parts, grouped
from crosstie.record.query import MEMORY, THREADS, opened, show_interactions
from crosstie.record.taking_out import take_out

_MANY_PARTS = 16
"""As many parts of one size are joined: a large one is not written again for the sake of some small ones."""

_SIZES = (0, FULL_ROWS // 2 // _MANY_PARTS, FULL_ROWS // 2)
"""Rows from which a part is of the next size; of the last, it stays as it is."""
_PATIENCE_SECONDS = 30.0
_PAUSE_SECONDS = 0.1


class Record:
    """All interactions of a workspace.

    Args:
        folder: opened, or created where it is missing.

    Raises:
        WorkspaceRefused: the folder holds a table of another kind.
        WorkspaceBusy: (every method that changes something, and opening a record that an earlier version of
            crosstie made, which is brought up to date) another process is writing.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        exists = Parts.exist(self.folder)
        own = self.folder / "_crosstie"
        own.mkdir(parents=True, exist_ok=True)
        self._lock = own / "writer"
        self._writer_spills = own / "spilled"
        self._leases = Leases(own / "leases")
        if not exists:
            with only_writer(self._lock):
                Parts.create(self.folder)
        self._bring_up_to_date()
        self._seen: tuple[int, tuple[Path, ...]] = -1, ()  # the version opened last, and its files
        self._version = -1  # told last

    def _bring_up_to_date(self) -> None:
        """Give a record of before the columns that came later; wait while another process does, or writes."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while Parts(self.folder).is_of_before:
            try:
                with self._writing() as (parts, connection):
                    if parts.is_of_before:
                        parts.bring_up_to_date(connection)
                        self._clear(parts, patience_seconds=0, with_log=True)
            except WorkspaceBusy:
                if time.monotonic() >= deadline:
                    raise
                time.sleep(_PAUSE_SECONDS)

    @property
    def version(self) -> int:
        """The present version; every change makes a higher one."""
        if not Parts.is_present(self.folder, self._version):
            self._version = Parts.present_version(self.folder)
        return self._version

    def count(self) -> int:
        """Return the number of interactions; reads no row."""
        parts: list[Part] = []

        def look() -> int:
            present = Parts(self.folder)
            parts.extend(present.all())
            return present.version

        with self._leases.taken(look):
            return sum(part.rows for part in parts)

    def sources(self) -> tuple[str, ...]:
        """Return the sources that have interactions, sorted."""
        with self.connect() as connection:
            found = connection.execute("SELECT DISTINCT source FROM interactions ORDER BY source").fetchall()
        return tuple(source for (source,) in found)

    def latest(self) -> datetime | None:
        """Return the time of the latest interaction; None if none has a time."""
        with self.connect() as connection:
            ((latest,),) = connection.execute('SELECT max("at") FROM interactions').fetchall()
        return None if latest is None else latest.astimezone(UTC)

    def find(self, source: str, external_id: str) -> Interaction | None:
        """Return one interaction, if it is there."""
        with self.connect() as connection:
            found = connection.execute(
                f"SELECT {selected_rows()} FROM interactions WHERE source = ? AND external_id = ?",  # noqa: S608 - our names
                [source, external_id],
            ).fetchall()
        return next(iter(interactions_from(found)), None)

    @contextmanager
    def connect(
        self, *, threads: int = THREADS, memory: str = MEMORY, only: Collection[str] | None = None
    ) -> Iterator[duckdb.DuckDBPyConnection]:
        """Query the record as it is now, whatever is written or forgotten meanwhile.

        Args:
            threads: how many threads a query may use.
            memory: DuckDB's own limit; what exceeds it is spilled to a folder that goes with the connection.
            only: names of files outside of which nothing is looked for, as `recorded` told them: each other
                file costs half a millisecond. All are shown where one of these is there no more.

        Yields:
            A DuckDB connection with the view `interactions`, one column a field of `Interaction`. `"at"` must
            be quoted. A long stay keeps forgotten rows on disk until it ends.
        """
        paths: list[Path] = []

        def look() -> int:
            if self._seen[0] != self.version:
                parts = Parts(self.folder)
                self._seen = parts.version, tuple(parts.paths())
            version, seen = self._seen
            wanted = seen if only is None else [path for path in seen if path.name in only]
            paths.extend(wanted if only is None or len(wanted) == len(only) else seen)
            return version

        with (
            self._leases.taken(look) as (_, spilled),
            opened(spilled, threads=threads, memory=memory) as connection,
        ):
            show_interactions(connection, paths)
            yield connection

    @contextmanager
    def held(self) -> Iterator[list[Path]]:
        """Keep the files that make up the present version while the block runs, to copy them; yield them."""
        paths: list[Path] = []

        def look() -> int:
            parts = Parts(self.folder)
            paths.extend(parts.paths())
            paths.extend(sorted(one for one in (self.folder / "_delta_log").iterdir() if one.is_file()))
            return parts.version

        with self._leases.taken(look):
            yield paths

    def append(
        self,
        interactions: Iterable[Interaction],
        *,
        batch_rows: int = BATCH_ROWS,
        before_commit: Callable[[], None] | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> Appended:
        """Append interactions, streaming; what is known by (source, external id) is updated or left.

        A row that was edited later than the given one stays. Each batch is one commit: it is there as a
        whole or not at all, and what was committed stays when a later batch is refused or interrupted.

        Args:
            interactions: in any order; accounts and places are opaque keys.
            batch_rows: rows a commit.
            before_commit: called before each commit, to keep elsewhere first what its rows point at.
            progress: called after each commit with the number of rows settled so far; they are safe then.

        Raises:
            RecordRefused: a row breaks a rule; its batch was not kept.
        """
        total = Appended()
        with self._writing() as (parts, connection):
            appender = Appender(parts, connection)
            for batch in batched(interactions, batch_rows):
                if before_commit is not None:
                    before_commit()
                # Before it comes: what is joined is then what was there, and whoever saw that need not look.
                for some in _by_size(parts):
                    if len(some) >= _MANY_PARTS:
                        _join(some, parts, connection)
                counts = appender.append(batch)
                total = Appended(*(sum(pair) for pair in zip(total, counts, strict=True)))
                self._clear(parts, patience_seconds=0)
                if progress is not None:
                    progress(sum(total))
        return total

    def forget(
        self,
        accounts: Collection[str],
        *,
        words: Mapping[str, Collection[str]] | None = None,
        patience_seconds: float = _PATIENCE_SECONDS,
        afterwards: Callable[[], None] | None = None,
    ) -> Forgotten:
        """Erase accounts: their rows, their keys in the rows of others, and the words for them in all texts.

        One commit; then the old files and the old log go from disk, as soon as nobody reads them.

        Args:
            accounts: opaque keys.
            words: by account, names, addresses and handles that mean nobody else; see `Forgetting`.
            patience_seconds: how long to wait for readers of the old files.
            afterwards: called once they are out of the record and nobody else may write yet, to forget them
                elsewhere too.
        """
        forgetting = Forgetting.of(accounts, words)
        with self._writing() as (parts, connection):
            removed, blanked = take_out(parts, connection, forgetting)
            is_erased = self._clear(parts, patience_seconds=patience_seconds, with_log=True)
            if afterwards is not None:
                afterwards()
        return Forgotten(removed, blanked, is_erased)

    def holds_before(self, before: datetime) -> bool:
        """Say whether there is a row that happened before a time."""
        with self.connect() as connection:
            query = f"SELECT 1 FROM interactions WHERE {is_before(before)} LIMIT 1"  # noqa: S608 - quoted
            return bool(connection.execute(query).fetchall())

    def drop_before(self, before: datetime, *, patience_seconds: float = _PATIENCE_SECONDS) -> Dropped:
        """Take out every row that happened before a time, and then the old files and the old log from disk.

        Args:
            before: aware. A row without a time has no age, and stays.
            patience_seconds: how long to wait for readers of the old files.
        """
        with self._writing() as (parts, connection):
            removed = drop_before(parts, connection, before)
            is_erased = self._clear(parts, patience_seconds=patience_seconds, with_log=True)
        return Dropped(removed, is_erased)

    def compact(self) -> None:
        """Join small files, and clear away old ones and the old log; the rows stay the same."""
        with self._writing() as (parts, connection):
            _join([part for some in _by_size(parts) for part in some], parts, connection)
            self._clear(parts, patience_seconds=0, with_log=True)

    @contextmanager
    def _writing(self) -> Iterator[tuple[Parts, duckdb.DuckDBPyConnection]]:
        """Be the one writer; begin by clearing away what a killed one left."""
        with only_writer(self._lock):
            shutil.rmtree(self._writer_spills, ignore_errors=True)
            parts = Parts(self.folder)
            self._clear(parts, patience_seconds=0)
            try:
                with opened(self._writer_spills) as connection:
                    yield parts, connection
            finally:
                shutil.rmtree(self._writer_spills, ignore_errors=True)

    def _clear(self, parts: Parts, *, patience_seconds: float, with_log: bool = False) -> bool:
        """Remove files that are not part of the table; return False if readers hold them too long."""
        if not with_log and not parts.leftovers():
            return True

        def take_away() -> None:
            parts.clear()
            if with_log:
                parts.clear_log()

        return self._leases.when_unread(parts.version, take_away, patience_seconds=patience_seconds)


def _by_size(parts: Parts) -> list[list[Part]]:
    """Return the parts that are not full, those of one size together."""
    every = parts.all()
    return [[part for part in every if least <= part.rows < full] for least, full in pairwise(_SIZES)]


def _join(some: list[Part], parts: Parts, connection: duckdb.DuckDBPyConnection) -> None:
    """Write parts together as larger ones, each in one commit."""
    for group in grouped(some):
        if len(group) > 1:
            parts.commit(rewritten(parts, connection, group, ""), group, is_change=False)
