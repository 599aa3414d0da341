"""Files as streams: decompressed as they are read, watched for absurd sizes."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from typing import IO, BinaryIO

from crosstie.errors import ExportUnsafe
from crosstie.sources.mail.splitting import Stream

SAFE_SIZE = 1 << 30  # whatever unpacks to less is harmless
SAFE_RATIO = 300  # mail compresses 4 to 30 times; a bomb a thousand times and more
BEGINNING = 8192


class Watched:
    """A stream that stops where it unpacks to absurdly more than the file below it.

    Raises:
        ExportUnsafe: while reading, if it unpacks to absurdly more than the file is long.
        OSError: while reading, for every way a compressed file can be broken.
    """

    def __init__(self, stream: Stream, below: BinaryIO) -> None:
        self._stream = stream
        self._below = below
        self._unpacked = 0
        self._ahead = b""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes, nothing at the end."""
        if self._ahead:
            ahead, self._ahead = self._ahead, b""
            return ahead
        try:
            chunk = self._stream.read(size)
        except (zlib.error, lzma.LZMAError, tarfile.TarError, zipfile.BadZipFile) as trouble:
            raise OSError(str(trouble)) from trouble
        self._unpacked += len(chunk)
        if self._unpacked > SAFE_SIZE and self._unpacked > SAFE_RATIO * self._below.tell():
            raise ExportUnsafe(
                f"An archive unpacks to more than {SAFE_RATIO} times its own size.",
                hint="No mail archive does that. Unpack it by hand if it is meant to be so.",
            )
        return chunk

    def beginning(self) -> bytes:
        """Return the first bytes, which stay to be read."""
        if not self._ahead:
            self._ahead = self.read(BEGINNING)
        return self._ahead


def unpacked(file: BinaryIO) -> Watched:
    """Return what a seekable file holds, decompressed if it begins like gzip, bzip2 or xz."""
    magic = file.read(6)
    file.seek(0)
    return Watched(_opened(file, magic), file)


def unpacked_member(member: IO[bytes], below: BinaryIO) -> Watched:
    """Return what a member of an archive holds, decompressed; it may be unable to seek."""
    peekable = io.BufferedReader(_Raw(member), BEGINNING)
    return Watched(_opened(peekable, peekable.peek(6)[:6]), below)


def _opened(file: BinaryIO | io.BufferedReader, magic: bytes) -> Stream:
    if magic.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=file, mode="rb")
    if magic.startswith(b"BZh"):
        return bz2.BZ2File(file)
    if magic == b"\xfd7zXZ\x00":
        return lzma.LZMAFile(file)
    return file


class _Raw(io.RawIOBase):
    """A raw stream over anything with `read`, so that it can be buffered and peeked into."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, target: memoryview) -> int:  # type: ignore[override]  # a memoryview is what callers pass
        chunk = self._file.read(len(target))
        target[: len(chunk)] = chunk
        return len(chunk)
