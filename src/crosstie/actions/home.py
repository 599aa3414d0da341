"""A workspace on disk, opened: the record, the store, and the secret that makes keys of outside ids."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self, TypeVar, cast

from crosstie.actions.who_is_who import who_is_who
from crosstie.errors import CrosstieError, PersonUnclear, WorkspaceRefused
from crosstie.people import AccountRow, Persons, shared_addresses, told_apart
from crosstie.record.keys import Keyring
from crosstie.record.parts import Parts
from crosstie.record.query import cursor
from crosstie.record.table import Record
from crosstie.store import Store

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from crosstie.actions.snapshots import Snapshot

T = TypeVar("T")

VERSION = "1"
_DATABASE = "people.sqlite3"
_SECRET = "secret.key"  # noqa: S105 - a file's name
_GATE = "gate.lock"
_HELD = "open.lock"
_BEFORE_IT_IS_ONE = frozenset({_GATE, _HELD, "secret.new", "database.url"})
"""What a folder holds while somebody is making it a workspace."""


class Home:
    """One workspace. Close it, or use it in a `with` block.

    Attributes:
        folder: where it lies.
        keyring: its secret.
        store: names and decisions.
        record: all interactions.
        is_new: whether it was made by being opened here.
        as_of: the day from which everything shown counts what is active; None for the latest interaction's.
        snapshot_asked_for: the one that a worker was asked for last, so that it is not asked at every page.
    """

    def __init__(self, folder: Path, *, create: bool = True) -> None:
        """Open the workspace in a folder.

        Raises:
            WorkspaceRefused: there is none and `create` is false, the folder holds something else, or it was
                made by another version.
        """
        self.folder = folder
        self.check(folder, create=create)
        self._made = [one for one in (folder, *folder.parents) if not one.exists()]
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _one_at_a_time(folder):
            self.is_new = not self.exists(folder)
            self.keyring = _keyring(folder / _SECRET)
            self.store = Store(self.database_of(folder))
            self._is_open = True
            self._held = (folder / _HELD).open("a")
            fcntl.flock(self._held, fcntl.LOCK_SH)
            try:
                self._check_version()
                self.record = Record(folder / "record")
            except BaseException:
                self.close()
                raise
        self.as_of: datetime | None = None
        self.loaded: Snapshot | None = None
        self.snapshot_asked_for = ""
        self.resolved: tuple[str, Persons] | None = None
        self._kept: tuple[str, dict[str, tuple[object, object]]] = ("", {})

    @staticmethod
    def exists(folder: Path) -> bool:
        """Say whether a folder is a workspace."""
        return (folder / _SECRET).exists()

    @classmethod
    def check(cls, folder: Path, *, create: bool = True) -> None:
        """Refuse a folder that is no workspace and, with `create`, cannot become one; make nothing.

        Raises:
            WorkspaceRefused: there is none and `create` is false, or it holds something, or has a bad name.
        """
        if cls.exists(folder):
            return
        if not create:
            raise WorkspaceRefused(
                f'There is no workspace in "{folder}".',
                hint="Check the name (--workspace DIR), or make one: `crosstie try PATH`, in Python"
                " `crosstie.open(DIR).read(PATH)`.",
            )
        Parts.check_name(folder.absolute())
        if folder.exists() and any(one.name not in _BEFORE_IT_IS_ONE for one in folder.iterdir()):
            raise WorkspaceRefused(
                f'"{folder}" holds something that is not a workspace.', hint="Name an empty or a new folder."
            )

    @staticmethod
    def database_of(folder: Path) -> Path:
        """Return where the SQLite file of a workspace lies, or would."""
        return folder / _DATABASE

    @classmethod
    def is_for_one(cls, folder: Path) -> bool:
        """Say whether a folder holds a workspace that is one person's, nobody's or the invented company's."""
        if not (folder / _SECRET).exists():
            return False
        with cls(folder, create=False) as home:
            return not home.is_for_organisation

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database; the files stay."""
        if not self._is_open:
            return
        self._is_open = False
        self.store.close()
        self._held.close()

    @contextmanager
    def nothing_left_if_refused(self) -> Iterator[None]:
        """Remove a workspace that was made just now if the block is refused before anything in it is of use.

        That is: the viewer of its first reading is nobody, or nothing was read. A workspace that was there
        before, or that someone else has opened meanwhile, stays.
        """
        try:
            yield
        except CrosstieError as refused:
            if self.is_new and (isinstance(refused, PersonUnclear) or not self.record.count()):
                self._discard()
            raise

    def _discard(self) -> None:
        with _one_at_a_time(self.folder):
            try:
                fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:  # someone else has it open
                return
            self.close()
            for one in self.folder.iterdir():
                if one.is_dir():
                    shutil.rmtree(one)
                elif one.name != _GATE:
                    one.unlink()
            (self.folder / _GATE).unlink()
        with suppress(OSError):  # somebody has put something into it since
            for one in self._made:
                one.rmdir()

    def _check_version(self) -> None:
        version = self.store.fact("version")
        if not version:
            self.store.set_fact("version", VERSION)
        elif version != VERSION:
            raise WorkspaceRefused(
                f'The workspace "{self.folder}" is of version {version}, not {VERSION} as this crosstie.',
                hint="Read the sources again into a new workspace.",
            )

    def queries(self) -> DuckDBPyConnection:
        """Return a cursor for small questions to a snapshot's files; close it after use."""
        return cursor()

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

    def shown_state(self) -> str:
        """Return what an answer depends on: the workspace's state, and which snapshots are there."""
        return f"{self.state()}|{self.as_of}|{self._renewed()}"

    def once(self, name: str, make: Callable[[], T], *, of: object = None) -> T:
        """Return what `make` makes, made once for each state of the workspace.

        Pages ask for the same counts and groups again and again; nothing in them depends on the viewer unless
        the name says so.

        Args:
            name: of what is made.
            make: makes it, asking for everything itself.
            of: what it is made of where that was asked for before, and somebody may have opted out since:
                what was made of another object is no answer.
        """
        state = self.shown_state()
        made_of, kept = self._kept
        if made_of != state:  # what was made of another is no answer to anybody, and may be large
            kept = {}
            self._kept = (state, kept)
        found = kept.get(name)
        if found is None or found[0] is not of:
            found = kept[name] = (of, make())
        return cast("T", found[1])

    def _renewed(self) -> str:
        """Return which snapshots are there, where workers make them: pages show an older one until then."""
        # Asked some forty times a page, and paths cost four times as much.
        if not os.path.exists(f"{self.folder}/workers"):  # noqa: PTH110 - as above
            return ""
        try:
            there = os.listdir(f"{self.folder}/snapshots")  # noqa: PTH208 - as above
        except FileNotFoundError:
            return ""
        return " ".join(sorted(name for name in there if not name.startswith(".")))

    def accounts(self) -> Sequence[AccountRow]:
        """Return every account, those of a directory without an address that others there have too."""
        rows = self.store.accounts.all()
        return told_apart(rows, shared_addresses(rows, self.store.accounts.entries()))

    def persons(self) -> Persons:
        """Resolve all accounts to persons, as decided so far; those who opted out are set apart.

        Their names are as they may be shown; the accounts keep what their sources say.
        """
        return who_is_who(self.store, self.keyring, self.store.accounts.all(), self.store.accounts.entries())


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Let one process after the other open the folder, so that two who make a workspace at once make one."""
    while True:
        with (folder / _GATE).open("a") as gate:
            fcntl.flock(gate, fcntl.LOCK_EX)
            if not _is_there(gate, folder / _GATE):  # removed while this waited
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                continue
            yield
            return


def _is_there(file: IO[str], path: Path) -> bool:
    return path.exists() and os.path.samestat(os.fstat(file.fileno()), path.stat())


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
