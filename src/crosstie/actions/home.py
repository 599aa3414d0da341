"""A workspace on disk, opened: the record, the store, and the secret that makes keys of outside ids."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar, cast

from crosstie.actions.absence import Absence
from crosstie.errors import WorkspaceRefused
from crosstie.people import Persons, opted_out, resolve
from crosstie.record.keys import Keyring
from crosstie.record.table import Record
from crosstie.store import Store

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from crosstie.actions.snapshots import Snapshot

T = TypeVar("T")

VERSION = "1"
_DATABASE = "people.sqlite3"
_SECRET = "secret.key"  # noqa: S105 - a file's name


class Home:
    """One workspace. Close it, or use it in a `with` block.

    Attributes:
        folder: where it lies.
        keyring: its secret.
        store: names and decisions.
        record: all interactions.
    """

    def __init__(self, folder: Path, *, create: bool = True) -> None:
        """Open the workspace in a folder.

        Raises:
            WorkspaceRefused: there is none and `create` is false, the folder holds something else, or it was
                made by another version.
        """
        self.folder = folder
        has_one = (folder / _SECRET).exists()
        if not has_one and not create:
            raise WorkspaceRefused(
                f'There is no workspace in "{folder}".',
                hint="Make one with `crosstie try PATH`, or name it with --workspace DIR.",
            )
        if not has_one and folder.exists() and any(folder.iterdir()):
            raise WorkspaceRefused(
                f'"{folder}" holds something that is not a workspace.', hint="Name an empty or a new folder."
            )
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.keyring = _keyring(folder / _SECRET)
        self.store = Store(self.database_of(folder))
        version = self.store.fact("version")
        if not version:
            self.store.set_fact("version", VERSION)
        elif version != VERSION:
            self.store.close()
            raise WorkspaceRefused(
                f'The workspace "{folder}" is of version {version}; this crosstie reads version {VERSION}.',
                hint="Read the sources again into a new workspace.",
            )
        self.record = Record(folder / "record")
        self.loaded: Snapshot | None = None
        self.resolved: tuple[str, Persons] | None = None
        self._kept: dict[str, tuple[str, object]] = {}
        self._queries: DuckDBPyConnection | None = None

    @staticmethod
    def database_of(folder: Path) -> Path:
        """Return where the SQLite file of a workspace lies, or would."""
        return folder / _DATABASE

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database; the files stay."""
        if self._queries is not None:
            self._queries.close()
        self.store.close()

    def queries(self) -> DuckDBPyConnection:
        """Return a cursor for small questions to a snapshot's files; close it after use.

        Opening DuckDB takes ten times as long as such a question, so it is opened once.
        """
        import duckdb

        if self._queries is None:
            self._queries = duckdb.connect(config={"threads": 1})
        return self._queries.cursor()

    @property
    def is_demo(self) -> bool:
        """Say whether this is the invented company, in which one may look as anyone."""
        return self.store.fact("demo") == "yes"

    @property
    def is_for_organisation(self) -> bool:
        """Say whether it was read for an organisation, by consent: nobody alone may see its closed places."""
        return self.store.fact("audience") == "organisation"

    @property
    def viewer_was_forgotten(self) -> bool:
        """Say whether the one it was read for has been forgotten, so that it is nobody's from then on."""
        return self.store.fact("audience") == "forgotten"

    @property
    def viewer_given(self) -> str:
        """Return the `--as` this workspace was read with, "" if none."""
        return self.store.fact("viewer")

    def state(self) -> str:
        """Return what a snapshot depends on: the record's version and what is known and decided of people."""
        return f"{self.record.version}|{self.store.state()}"

    def once(self, name: str, make: Callable[[], T]) -> T:
        """Return what `make` makes, made once for each state of the workspace.

        Pages ask for the same counts and groups again and again; nothing in them depends on the viewer unless
        the name says so.
        """
        state = self.state()
        found = self._kept.get(name)
        if found is None or found[0] != state:
            found = self._kept[name] = (state, make())
        return cast("T", found[1])

    def persons(self) -> Persons:
        """Resolve all accounts to persons, as decided so far; those who opted out are set apart."""
        accounts, decisions = self.store.accounts(), self.store.decisions()
        absence = Absence(self.keyring, opted_out(decisions))
        return resolve(
            accounts,
            entries=self.store.entries(),
            decisions=decisions,
            domains=self.store.domains(),
            opted_out=[row.key for row in accounts if absence.covers(row)] if absence else (),
        )


def _keyring(path: Path) -> Keyring:
    if path.exists():
        return Keyring(path.read_bytes())
    keyring = Keyring.new()
    beside = path.with_suffix(".new")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(keyring.secret)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    return keyring
