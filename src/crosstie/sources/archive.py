"""An export as a stream of members, whatever it came in: a folder, a zip, or a tar (plain, .gz or .xz).

Nothing is ever unpacked to disk. What tries to leave its folder, is a link, or is absurdly large, is an
`ExportUnsafe`; what ends too early or is damaged, is a `SourceRefused`.
"""

from __future__ import annotations

import gzip
import lzma
import os
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import IO, Protocol, cast

from crosstie.errors import ExportUnsafe, PathUnreadable, SourceRefused
from crosstie.sources.limits import Count, Counted, Limits, link

_DAMAGE = (EOFError, zipfile.BadZipFile, tarfile.TarError, lzma.LZMAError, zlib.error, gzip.BadGzipFile)
_LOCAL_HEADER = b"PK\x03\x04"
_LOOKED_AT = 1 << 20
_LOOKED_INTO = 64 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an export.

    Attributes:
        name: its path within the export, checked to stay inside.
        size: its unpacked size in bytes, as declared.
        opener: opens it as a binary stream; of a tar only while it is the current member.
        limits: what `read` holds it to.
    """

    name: PurePosixPath
    size: int
    opener: Callable[[], IO[bytes]]
    limits: Limits

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """Open the file as a binary stream; damage found while reading is a `SourceRefused`."""
        with _damage_named(f'"{self.name}"'), self.opener() as stream:
            yield stream

    def read(self) -> bytes:
        """Return the whole file.

        Raises:
            ExportUnsafe: it is larger than `Limits.member_bytes`.
            SourceRefused: it is damaged or ends too early.
        """
        most = self.limits.member_bytes
        if self.size <= most:
            with self.open() as stream:
                content = stream.read(most + 1)
            if len(content) <= most:
                return content
        raise ExportUnsafe(
            f'"{self.name}" is larger than {most:,} bytes.', hint="Split the export and read its parts."
        )


class Archive(Protocol):
    """An opened export."""

    @property
    def lasting(self) -> bool:
        """Whether members may be read after the pass has moved on (folder and zip, not tar)."""

    def members(self) -> Iterator[Member]:
        """Make one pass over the files: a folder and a zip in order of name, a tar as it stands."""


@contextmanager
def opened(path: Path, limits: Limits | None = None) -> Iterator[Archive]:
    """Open an export for as many passes as wanted.

    Raises:
        PathUnreadable: the path cannot be opened.
        SourceRefused: it is neither folder nor archive, is damaged, or is locked by a password.
        ExportUnsafe: it leaves its folder, holds a link, or is absurdly large (also while reading).
    """
    limits = limits or Limits()
    try:
        if path.is_dir():
            yield _Folder(path, limits)
        elif zipfile.is_zipfile(path) or _starts_with(path, _LOCAL_HEADER):
            with _damage_named(f'"{path.name}"'):
                archive = zipfile.ZipFile(path)
            with archive:
                yield _Zip(path, archive, limits)
        elif _unpacker(path) is not None:
            yield _Tar(path, limits)
        else:
            raise SourceRefused(
                f'"{path.name}" is neither a folder nor an archive.',
                hint="A folder, .zip, .tar, .tar.gz or .tar.xz can be read.",
            )
    except PermissionError as trouble:
        raise PathUnreadable(
            f'"{trouble.filename or path}" may not be read.', hint="Give yourself the right to read it."
        ) from trouble


def names(path: Path, at_most: int = 2_000) -> Iterator[PurePosixPath]:
    """Yield the first names of an export, for recognising it: cheap, in no order, and never raising.

    A damaged archive yields what can still be told, so that its source can refuse it with a reason.
    """
    return islice(_first_names(path, at_most), at_most)


def _first_names(path: Path, at_most: int) -> Iterator[PurePosixPath]:
    # A tar of one huge file must not be unpacked just to see its name; a folder costs nothing to list.
    limits = Limits(members=at_most) if path.is_dir() else Limits(members=at_most, total_bytes=_LOOKED_INTO)
    try:
        if _starts_with(path, _LOCAL_HEADER) and not zipfile.is_zipfile(path):
            yield from _names_without_directory(path)
            return
        with opened(path, limits) as archive:
            if isinstance(archive, _Zip):
                yield from (PurePosixPath(info.filename) for info in archive.archive.infolist())
            else:
                yield from (member.name for member in archive.members())
    except (SourceRefused, PathUnreadable, OSError):
        return


def _names_without_directory(path: Path) -> Iterator[PurePosixPath]:
    """Yield names from the local headers of a zip that lost its end, where the directory stands."""
    with path.open("rb") as file:
        head = file.read(_LOOKED_AT)
    start = head.find(_LOCAL_HEADER)
    while start >= 0 and start + 30 <= len(head):
        (length,) = struct.unpack_from("<H", head, start + 26)
        yield PurePosixPath(head[start + 30 : start + 30 + length].decode(errors="replace"))
        start = head.find(_LOCAL_HEADER, start + 30 + length)


@contextmanager
def _damage_named(what: str) -> Iterator[None]:
    try:
        yield
    except NotImplementedError as trouble:
        raise SourceRefused(
            f"{what} is packed in a way that cannot be read ({trouble}).",
            hint="Pack it again as a plain zip.",
        ) from trouble
    except _DAMAGE as trouble:
        raise SourceRefused(
            f"{what} is damaged or ends too early ({trouble or type(trouble).__name__}).",
            hint="Download or export it again; compare the size with the original's.",
        ) from trouble


@dataclass(frozen=True, slots=True)
class _Folder:
    path: Path
    limits: Limits
    lasting: bool = True

    def members(self) -> Iterator[Member]:
        count = Count(self.limits, 0, self.path.name)
        yield from self._within(self.path, PurePosixPath(), count)

    def _within(self, folder: Path, prefix: PurePosixPath, count: Count) -> Iterator[Member]:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
        for entry in entries:
            name = count.name(str(prefix / entry.name))
            if name is None:
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from self._within(Path(entry.path), name, count)
            elif not entry.is_file(follow_symlinks=False):
                raise link(self.path.name, str(name))
            else:
                size = entry.stat(follow_symlinks=False).st_size
                count.add(size, packed=False)
                yield Member(name, size, _file_opener(entry.path), self.limits)


@dataclass(frozen=True, slots=True)
class _Zip:
    path: Path
    archive: zipfile.ZipFile
    limits: Limits
    lasting: bool = True

    def members(self) -> Iterator[Member]:
        count = Count(self.limits, self.path.stat().st_size, self.path.name)
        for info in sorted(self.archive.infolist(), key=lambda info: info.filename):
            name = count.name(info.filename)
            kind = stat.S_IFMT(info.external_attr >> 16)
            if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
                raise link(self.path.name, info.filename)
            if info.is_dir() or name is None:
                continue
            if info.flag_bits & 1:
                raise SourceRefused(
                    f'"{self.path.name}" is locked by a password.', hint="Unpack it and give the folder."
                )
            count.add(info.file_size, packed=True)
            yield Member(name, info.file_size, _zip_opener(self.archive, info), self.limits)


@dataclass(frozen=True, slots=True)
class _Tar:
    path: Path
    limits: Limits
    lasting: bool = False

    def members(self) -> Iterator[Member]:
        unpacker = _unpacker(self.path)
        if unpacker is None:  # the file changed since it was opened
            raise SourceRefused(f'"{self.path.name}" is no archive.', hint="Export it again.")
        count = Count(self.limits, self.path.stat().st_size, self.path.name)
        with (
            _damage_named(f'"{self.path.name}"'),
            unpacker(self.path) as unpacked,
            Counted(unpacked, count) as counted,
            tarfile.open(fileobj=counted, mode="r|") as archive,
        ):
            for info in archive:
                # A stream needs no look back, and tarfile would keep every header it has met.
                archive.members = []  # type: ignore[attr-defined]  # the stubs leave it out
                if not (info.isfile() or info.isdir()):
                    raise link(self.path.name, info.name)
                if info.isdir() and PurePosixPath(info.name) == PurePosixPath():
                    continue
                name = count.name(info.name)
                if info.isfile() and name is not None:
                    yield Member(name, info.size, _tar_opener(archive, info), self.limits)
            if counted.tail.strip(b"\0"):  # tarfile takes a cut between two files for the end
                raise tarfile.ReadError("no end mark")


def _file_opener(path: str) -> Callable[[], IO[bytes]]:
    return lambda: open(path, "rb")  # noqa: PTH123 -- a Path each is memory for a million files


def _zip_opener(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    return lambda: archive.open(info)


def _tar_opener(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Callable[[], IO[bytes]]:
    def opener() -> IO[bytes]:
        stream = archive.extractfile(info)
        if stream is None:
            raise link(str(archive.name), info.name)
        return stream

    return opener


def _starts_with(path: Path, magic: bytes) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(magic)) == magic


def _unpacker(path: Path) -> Callable[[Path], IO[bytes]] | None:
    """Return what opens this tar, told by its first bytes and not by its name; None for no tar."""
    if _starts_with(path, b"\x1f\x8b"):
        return _open_gzip
    if _starts_with(path, b"\xfd7zXZ\0"):
        return _open_xz
    with path.open("rb") as file:
        return _open_plain if file.read(512)[257:262] == b"ustar" else None


def _open_gzip(path: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path))


def _open_xz(path: Path) -> IO[bytes]:
    return lzma.open(path)


def _open_plain(path: Path) -> IO[bytes]:
    return path.open("rb")
