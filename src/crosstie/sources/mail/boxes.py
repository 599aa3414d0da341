"""Where mail lies: an mbox, a single mail, a Maildir, a folder of these, or a tar or zip of them."""

from __future__ import annotations

import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NamedTuple

from crosstie.errors import PathUnreadable, SourceRefused
from crosstie.sources.ledger import Ledger
from crosstie.sources.mail.splitting import Piece, is_mbox, is_single_mail, split, whole
from crosstie.sources.mail.streams import Watched, unpacked, unpacked_member

FILES_LIMIT = 5_000_000
_MAILDIR_PARTS = ("cur", "new")
_SUFFIXES = frozenset({".gz", ".bz2", ".xz", ".mbox", ".mbx", ".txt", ".eml"})


class Box(NamedTuple):
    """Mails that lie together.

    Attributes:
        name: name of the file, without suffixes, to tell what folder it was.
        pieces: its mails, once.
        may_be_archive: whether it has the form in which lists are archived (an mbox).
    """

    name: str
    pieces: Iterator[Piece]
    may_be_archive: bool


def boxes(path: Path, ledger: Ledger) -> Iterator[Box]:
    """Yield the boxes of a path; each must be read before the next one is asked for.

    Raises:
        PathUnreadable: the path cannot be read.
        SourceRefused: it is an archive that cannot be read at all.
    """
    try:
        if path.is_dir():
            yield from _folder(path, ledger)
            return
        with path.open("rb") as file:
            yield from _file(file, path, ledger)
    except PermissionError as trouble:
        raise PathUnreadable(
            f'"{trouble.filename or path}" may not be read.', hint="Check who may read the file."
        ) from trouble


def is_maildir(path: Path) -> bool:
    """Say whether a folder is a Maildir."""
    return all((path / part).is_dir() for part in _MAILDIR_PARTS)


def box_name(name: str) -> str:
    """Return a file's name without the suffixes mail archives have: ``Sent.mbox.gz`` is ``Sent``."""
    short = PurePosixPath(name).name
    while (suffix := PurePosixPath(short).suffix.lower()) in _SUFFIXES:
        short = short[: -len(suffix)]
    return short


def _file(file: BinaryIO, path: Path, ledger: Ledger) -> Iterator[Box]:
    if zipfile.is_zipfile(file):
        file.seek(0)
        yield from _zip(file, path, ledger)
        return
    file.seek(0)
    stream = unpacked(file)
    try:
        beginning = stream.beginning()
    except (OSError, EOFError) as trouble:
        raise SourceRefused(
            f'"{path.name}" cannot be unpacked: {trouble}.', hint="Check that the download finished."
        ) from trouble
    if beginning[257:262] == b"ustar":
        yield from _tar(stream, file, ledger)
        return
    yield from _box(stream, path.name, ledger)


def _box(stream: Watched, name: str, ledger: Ledger) -> Iterator[Box]:
    """Yield the box a stream is, if it is one."""
    try:
        beginning = stream.beginning()
    except (OSError, EOFError):
        ledger.leave_out("file that cannot be unpacked")
        return
    if is_mbox(beginning):
        yield Box(box_name(name), split(stream), may_be_archive=True)
    elif is_single_mail(beginning):
        yield Box("", iter([whole(stream, _parent(name))]), may_be_archive=False)
    elif beginning:
        ledger.note("file that holds no mail")


def _parent(name: str) -> str:
    return PurePosixPath(name).parent.name


def _folder(path: Path, ledger: Ledger) -> Iterator[Box]:
    """Yield the boxes of a folder and of those in it, by name; links are not followed."""
    maildir = is_maildir(path)
    if maildir:
        yield Box("", _maildir(path, ledger), may_be_archive=False)
    for entry in sorted(path.iterdir()):
        if entry.is_symlink():
            ledger.note("link, not followed")
        elif entry.is_dir():
            if not (entry.name in {"cur", "new", "tmp"} and maildir):
                yield from _folder(entry, ledger)
        elif entry.is_file() and not maildir:
            with entry.open("rb") as file:
                yield from _box(unpacked(file), f"{path.name}/{entry.name}", ledger)


def _maildir(path: Path, ledger: Ledger) -> Iterator[Piece]:
    for part in _MAILDIR_PARTS:
        for entry in sorted((path / part).iterdir()):
            if entry.is_symlink() or not entry.is_file():
                ledger.note("link, not followed")
                continue
            marks = entry.name.rpartition("2,")[2] if "2," in entry.name else ""
            folder = "trash" if "T" in marks else "drafts" if "D" in marks else path.name
            with entry.open("rb") as file:
                yield whole(unpacked(file), folder)


def _tar(stream: Watched, below: BinaryIO, ledger: Ledger) -> Iterator[Box]:
    """Yield the boxes in a tar, read once from front to back; nothing is unpacked to disk."""
    count = 0
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:  # type: ignore[call-overload]  # it only reads
            for member in archive:
                count += 1
                if count > FILES_LIMIT:
                    ledger.leave_out("file beyond the largest number of files")
                    return
                if not member.isfile():
                    if not member.isdir():
                        ledger.note("link, not followed")
                    continue
                content = archive.extractfile(member)
                if content is not None:
                    yield from _box(unpacked_member(content, below), member.name, ledger)
    except (tarfile.TarError, EOFError, OSError) as trouble:
        if not count:
            raise SourceRefused(
                f"The archive cannot be read: {trouble}.", hint="Check that the download finished."
            ) from trouble
        ledger.leave_out("rest of an archive that breaks off")


def _zip(file: BinaryIO, path: Path, ledger: Ledger) -> Iterator[Box]:
    """Yield the boxes in a zip; nothing is unpacked to disk."""
    try:
        with zipfile.ZipFile(file) as archive:
            for member in archive.infolist():
                if member.is_dir():
                    continue
                if member.flag_bits & 0x1:
                    ledger.leave_out("file under a password")
                    continue
                with archive.open(member) as content:
                    yield from _box(unpacked_member(content, file), member.filename, ledger)
    except (zipfile.BadZipFile, NotImplementedError) as trouble:
        if not ledger.read:
            raise SourceRefused(
                f'"{path.name}" cannot be unpacked: {trouble}.', hint="Check that the download finished."
            ) from trouble
        ledger.leave_out("rest of an archive that breaks off")
