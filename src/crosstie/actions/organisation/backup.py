"""Back a workspace up into one file while it is used, and restore it into a new one, in either database."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from django.utils import timezone

from crosstie.actions.home import Home
from crosstie.errors import PathUnreadable, UsageRefused, WorkspaceBusy, WorkspaceRefused
from crosstie.store import copying, database

if TYPE_CHECKING:
    from crosstie.store import Store

FORMAT = 1
_MANIFEST = "manifest.json"
_TABLES = "tables.jsonl"
_SECRET = "secret.key"  # noqa: S105 - a file's name
_MAIL = "mail.json"
_NAME = re.compile(r"(?:tables\.jsonl|secret\.key|mail\.json|record/(?:_delta_log/)?[\w.-]+)")
_TRIES = 3
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Backed:
    """What a backup holds.

    Attributes:
        rows: of all tables.
        files: how many files, each with its checksum.
        made_at: when.
        held_back: how many letters were held back when it was restored.
    """

    rows: int
    files: int
    made_at: datetime
    held_back: int = 0


def back_up(home: Home, file: Path) -> Backed:
    """Write all of a workspace into one file that its owner alone can read. Others may go on using it.

    The record is taken first: whom its rows name stands in the tables by then. Where somebody is forgotten
    or opts out in between, both are taken again.

    Raises:
        UsageRefused: the file is there already.
        WorkspaceBusy: people are being forgotten all the time.
    """
    if file.exists():
        raise UsageRefused(f'"{file}" is there already.', hint="Name a new file; nothing is overwritten.")
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        for _ in range(_TRIES):
            before = _removals(home.store)
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as written:
                done = _written(home, written)
                written.flush()
                os.fsync(written.fileno())
            if _removals(home.store) == before:
                os.link(beside, file)  # refuses where another has made it meanwhile
                return done
    except FileExistsError as trouble:
        raise UsageRefused(f'"{file}" is there already.', hint="Name a new file.") from trouble
    finally:
        beside.unlink(missing_ok=True)
    raise WorkspaceBusy("People were taken out while the backup was made.", hint="Make it again.")


def _removals(store: Store) -> tuple[int, int]:
    return len(store.forgotten()), len(store.decisions())


def _written(home: Home, to: IO[bytes]) -> Backed:
    sums: dict[str, str] = {}
    made_at, rows = datetime.now(UTC), 0
    with tarfile.open(fileobj=to, mode="w:gz", compresslevel=3) as tar:

        def add(name: str, file: Path) -> None:
            sums[name] = _digest(file)
            info = tarfile.TarInfo(name)
            info.size, info.mtime, info.mode = file.stat().st_size, int(made_at.timestamp()), 0o600
            with file.open("rb") as opened:
                tar.addfile(info, opened)

        with home.record.held() as files:
            for one in files:
                add(f"record/{one.relative_to(home.record.folder)}", one)
        for name in (_SECRET, _MAIL):
            if (home.folder / name).exists():
                add(name, home.folder / name)
        with tempfile.TemporaryDirectory(dir=home.folder) as own:
            tables = Path(own) / _TABLES
            with tables.open("w", encoding="utf-8") as lines:
                for line in copying.lines(home.store.alias):
                    lines.write(line)
                    rows += 1
            add(_TABLES, tables)
        manifest = {
            "format": FORMAT,
            "made_at": made_at.isoformat(),
            "rows": rows,
            "is_for_organisation": home.is_for_organisation,
            "migrations": sorted(database.known_migrations()),
            "sha256": sums,
        }
        body = json.dumps(manifest, indent=1).encode()
        info = tarfile.TarInfo(_MANIFEST)
        info.size, info.mtime, info.mode = len(body), int(made_at.timestamp()), 0o600
        tar.addfile(info, io.BytesIO(body))
    return Backed(rows=rows, files=len(sums), made_at=made_at)


def restore(file: Path, folder: Path, *, database_url: str = "") -> Backed:
    """Make a workspace from a backup in a new folder, with its tables in SQLite or in an empty PostgreSQL.

    Everything is checked before anything is made; a restore that is refused or killed leaves no workspace.
    Letters that waited in it, and are due by now, may have gone out since: they are held back as *unclear*.

    Raises:
        PathUnreadable: the file is no backup, or damaged.
        UsageRefused: the folder is there already.
        WorkspaceRefused: a newer crosstie made it, or the database holds something.
    """
    if folder.exists():
        raise UsageRefused(f'"{folder}" is there already.', hint="Name a new folder; nothing is overwritten.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        manifest = _unpacked(file, beside)
        newer = set(manifest["migrations"]) - database.known_migrations()
        if manifest["format"] > FORMAT or newer:
            raise WorkspaceRefused("A newer crosstie made this backup.", hint="Install that one.")
        tables = beside / _TABLES
        if database_url:
            database.keep_url(Home.database_of(beside), database_url)
        with _loading(beside, is_for_organisation=manifest["is_for_organisation"]) as alias:
            if not copying.is_empty(alias):
                raise WorkspaceRefused(
                    "The database holds something already.", hint="Name an empty one; nothing is overwritten."
                )
            with tables.open(encoding="utf-8") as lines:
                rows = copying.load(alias, lines)
            held_back = _held_back(alias)
        tables.unlink()
        beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    made_at = datetime.fromisoformat(manifest["made_at"])
    return Backed(rows=rows, files=len(manifest["sha256"]), made_at=made_at, held_back=held_back)


def _held_back(alias: str) -> int:
    """Hold back the letters of a backup that may have gone out since it was made; return how many."""
    from crosstie.store.models import Letter

    waiting = Letter.objects.using(alias).filter(state__in=("waiting", "handed"), due_at__lte=timezone.now())
    return waiting.update(
        state="unclear", claimed_by="", claimed_until=None, trouble="It waited when the backup was made."
    )


@contextmanager
def _loading(folder: Path, *, is_for_organisation: bool) -> Iterator[str]:
    """Make all tables, and let them be filled."""
    alias = database.connect(Home.database_of(folder))
    try:
        if is_for_organisation:
            database.prepare_logins(alias)
        yield alias
    finally:
        database.disconnect(alias)
    path = Home.database_of(folder)
    if path.exists():
        path.chmod(0o600)


def _unpacked(file: Path, folder: Path) -> dict[str, Any]:
    """Unpack a backup and return its manifest; whatever is in it beside what it names is refused.

    Raises:
        PathUnreadable: it is no backup, or damaged.
    """
    sums: dict[str, str] = {}
    manifest: dict[str, Any] = {}
    try:
        with tarfile.open(file, "r:gz") as tar:
            for member in tar:
                content = tar.extractfile(member) if member.isreg() else None
                if content is None or (member.name != _MANIFEST and not _NAME.fullmatch(member.name)):
                    raise _damaged(file)
                if member.name == _MANIFEST:
                    manifest = json.loads(content.read())
                    continue
                target = folder / member.name
                target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
                    shutil.copyfileobj(content, written, _BLOCK)
                sums[member.name] = _digest(target)
    except OSError as trouble:
        if isinstance(trouble, FileNotFoundError | PermissionError | IsADirectoryError):
            raise PathUnreadable(f'"{file}" cannot be read.', hint="Check its name.") from trouble
        raise _damaged(file) from trouble
    except (tarfile.TarError, EOFError, ValueError) as trouble:
        raise _damaged(file) from trouble
    if not manifest or manifest.get("sha256") != sums:
        raise _damaged(file)
    return manifest


def _damaged(file: Path) -> PathUnreadable:
    return PathUnreadable(f'"{file}" is no backup of crosstie, or damaged.', hint="Take another one.")


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
