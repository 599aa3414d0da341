"""The Delta table as files: which belong to it, how one is written, and how a change is committed at once."""

from __future__ import annotations

import json
import os
import time
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import duckdb
from arro3.core import Table
from deltalake import DeltaTable, PostCommitHookProperties
from deltalake.transaction import AddAction, RemoveAction

from crosstie.errors import WorkspaceRefused
from crosstie.record.columns import NAMES, NAMES_AT_FIRST, SCHEMA, rows_at_first
from crosstie.record.locks import settle
from crosstie.record.query import literal, rows_of

FULL_ROWS = 500_000
"""Rows of a part that is left as it is: an edit rewrites little, and a query opens few files."""

_ROWS_A_GROUP = 24_576
"""Rows that are read whole where one of them is: a page of someone's rows costs 40 % of what it does with
DuckDB's 122,880, reading all rows as much as before."""

_CONFIGURATION = {
    # Statistics copy values into the log, where they would outlive their rows. We give the number of rows
    # alone; DuckDB reads the Parquet footers, which go with their file.
    "delta.dataSkippingNumIndexedCols": "0",
    "delta.logRetentionDuration": "interval 0 seconds",
    "delta.deletedFileRetentionDuration": "interval 0 seconds",
    "delta.checkpointInterval": "50",
}
# The log is cleaned where nobody can be reading it, not in passing.
_AFTER_COMMIT = PostCommitHookProperties(create_checkpoint=True, cleanup_expired_logs=False)


@dataclass(frozen=True, slots=True)
class Part:
    """One Parquet file of the table: its name in the folder, its rows and its bytes."""

    name: str
    rows: int
    size: int


class Parts:
    """The files of the table in one folder, as of the version last looked at.

    Attributes:
        is_of_before: whether it was made before there were all columns.

    Raises:
        WorkspaceRefused: the folder holds another kind of table.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._table = DeltaTable(str(folder))
        names = tuple(field.name for field in self._table.schema().fields)
        self.is_of_before = names == NAMES_AT_FIRST
        if names != NAMES and not self.is_of_before:
            raise WorkspaceRefused(
                f'The table in "{folder}" does not have the columns of this version of crosstie.',
                hint="Read the exports again into a new workspace.",
            )

    @classmethod
    def exist(cls, folder: Path) -> bool:
        """Return whether a folder holds a table.

        Raises:
            WorkspaceRefused: deltalake would look for it in another folder.
        """
        cls.check_name(folder)
        return DeltaTable.is_deltatable(str(folder))

    @staticmethod
    def check_name(folder: Path) -> None:
        """Refuse a folder that deltalake would look for elsewhere, whether it is there or not.

        Raises:
            WorkspaceRefused: it would.
        """
        if unquote(str(folder)) != str(folder):
            raise WorkspaceRefused(
                f'The folder "{folder}" has a per cent sign in its name that deltalake takes for a code.',
                hint="Put the workspace into a folder whose name has none.",
            )

    @classmethod
    def create(cls, folder: Path) -> None:
        """Make an empty table in a folder, unless it holds one."""
        DeltaTable.create(
            str(folder), SCHEMA, mode="ignore", name="crosstie record", configuration=_CONFIGURATION
        )

    @staticmethod
    def present_version(folder: Path) -> int:
        """Return the present version without opening the table: that of the last entry in its log."""
        entries = (one.stem for one in (folder / "_delta_log").glob("*.json"))
        return max(int(name) for name in entries if name.isdigit())

    @staticmethod
    def is_present(folder: Path, version: int) -> bool:
        """Return whether a version is the present one, however long the log: it is there, and no next one.

        Versions have no gaps but for those before the first that the log still has.
        """
        log = f"{folder}/_delta_log"  # asked some forty times a page: paths cost four times as much
        own, following = (f"{log}/{one:020}.json" for one in (version, version + 1))
        return os.path.exists(own) and not os.path.exists(following)  # noqa: PTH110 - as above

    @property
    def version(self) -> int:
        """The version last looked at."""
        return self._table.version()

    def refresh(self) -> None:
        """Look at the present version."""
        self._table.update_incremental()

    def all(self) -> list[Part]:
        """Return the parts of this version."""
        actions = Table.from_arrow(self._table.get_add_actions(flatten=True))
        columns = (actions[name].to_pylist() for name in ("path", "num_records", "size_bytes"))
        return [Part(name, rows, size) for name, rows, size in zip(*columns, strict=True)]

    def paths(self) -> list[Path]:
        """Return where the parts of this version lie."""
        return self.paths_of(self.all())

    def paths_of(self, parts: Iterable[Part]) -> list[Path]:
        """Return where these parts lie."""
        return [self.folder / part.name for part in parts]

    def written(self, connection: duckdb.DuckDBPyConnection, select: str) -> list[Part]:
        """Write the rows of a query, which names every column, as a part outside the table as yet.

        Returns:
            The part; nothing if the query has no row.
        """
        path = self.folder / f"{uuid.uuid4().hex}.parquet"
        copied = connection.execute(
            f"COPY ({select}) TO {literal(str(path))}"
            f" (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROWS_A_GROUP})"
        )
        ((rows,),) = copied.fetchall()
        if not rows:
            path.unlink()
            return []
        settle(path)
        return [Part(path.name, rows, path.stat().st_size)]

    def commit(self, added: Sequence[Part], removed: Sequence[Part], *, is_change: bool = True) -> None:
        """Put parts into the table and take others out, all at once; on return the disk holds it.

        Args:
            added: written parts.
            removed: parts of this version. Their files stay until `clear`.
            is_change: False where the rows are the same as before.
        """
        now = int(time.time() * 1000)
        actions: list[AddAction | RemoveAction] = [
            AddAction(part.name, part.size, {}, now, is_change, json.dumps({"numRecords": part.rows}))
            for part in added
        ]
        actions += [RemoveAction(part.name, is_change, now, part.size, {}) for part in removed]
        self._table.create_write_transaction(
            actions, "append", SCHEMA, post_commithook_properties=_AFTER_COMMIT
        )
        self._settled()

    def _settled(self) -> None:
        """Look at the version just made, and wait until the disk holds it."""
        self.refresh()
        log = self.folder / "_delta_log"
        settle(log / f"{self.version:020}.json")
        settle(log)
        settle(self.folder)

    def bring_up_to_date(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Write all rows again with the columns that came later, and put those into the table, all at once.

        Delta would take the columns alone, too; but then each query had to look into each file for which
        columns it has.
        """
        written = []
        for group in grouped(self.all()):
            source = rows_of(self.paths_of(group))
            written += self.written(connection, f"SELECT {rows_at_first()} FROM {source}")  # noqa: S608 - our names
        now = int(time.time() * 1000)
        self._table.create_write_transaction(
            [
                AddAction(one.name, one.size, {}, now, True, json.dumps({"numRecords": one.rows}))
                for one in written
            ],
            "overwrite",  # takes the others out, and the schema in
            SCHEMA,
            post_commithook_properties=_AFTER_COMMIT,
        )
        self._settled()
        self.is_of_before = False

    def leftovers(self) -> list[Path]:
        """Return the files outside this version: replaced ones, and those of a killed writer."""
        names = {part.name for part in self.all()}
        return [path for path in self.folder.glob("*.parquet") if path.name not in names]

    def clear(self) -> None:
        """Remove the leftovers."""
        for path in self.leftovers():
            path.unlink()

    def clear_log(self) -> None:
        """Remove the log of earlier versions; what the table is stands in a checkpoint."""
        self._table.create_checkpoint()
        self._table.cleanup_metadata()


def grouped(parts: Iterable[Part], full_rows: int = FULL_ROWS) -> Iterator[list[Part]]:
    """Yield the parts in groups of at most `full_rows` rows (a single larger part is a group of its own)."""
    group: list[Part] = []
    rows = 0
    for part in parts:
        if group and rows + part.rows > full_rows:
            yield group
            group, rows = [], 0
        group.append(part)
        rows += part.rows
    if group:
        yield group
