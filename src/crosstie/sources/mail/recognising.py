"""Whether a path holds mail, at a glance: a few beginnings are looked at, nothing is read whole."""

from __future__ import annotations

import os
import tarfile
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from crosstie.sources.mail.boxes import is_maildir
from crosstie.sources.mail.splitting import is_mbox, is_single_mail
from crosstie.sources.mail.streams import Watched, unpacked, unpacked_member

_LOOKED_AT = 40  # files of a folder or an archive
_OF_MAIL = (".mbox", ".mbx", ".eml", ".txt", ".gz", ".xz", ".bz2")
_SURE_FILE, _SURE_FOLDER, _SURE_ONE_MAIL = 0.95, 0.8, 0.7


def recognises(path: Path) -> float:
    """Return how sure mail can be read from a path, 0 to 1."""
    try:
        if path.is_dir():
            return _folder(path)
        with path.open("rb") as file:
            if zipfile.is_zipfile(file):
                file.seek(0)
                return _SURE_FOLDER if any(map(_sure, _zip_members(file))) else 0.0
            file.seek(0)
            stream = unpacked(file)
            if stream.beginning()[257:262] == b"ustar":
                return _SURE_FOLDER if any(map(_sure, _tar_members(stream, file))) else 0.0
            return _sure(stream)
    except (OSError, EOFError, tarfile.TarError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return 0.0  # whatever it is, it is not readable as mail; the caller says so


def _sure(stream: Watched) -> float:
    beginning = stream.beginning()
    if is_mbox(beginning):
        return _SURE_FILE
    return _SURE_ONE_MAIL if is_single_mail(beginning) else 0.0


def _folder(path: Path) -> float:
    if is_maildir(path):
        return _SURE_FILE
    if (path / ".git").exists():
        return 0.0
    looked = 0
    for folder, folders, files in os.walk(path):
        folders.sort()
        if is_maildir(Path(folder)):
            return _SURE_FILE
        for name in sorted(files, key=lambda name: not name.lower().endswith(_OF_MAIL)):
            looked += 1
            if looked > _LOOKED_AT:
                return 0.0
            with (Path(folder) / name).open("rb") as file:
                if _sure(unpacked(file)):
                    return _SURE_FOLDER
    return 0.0


def _zip_members(file: BinaryIO) -> Iterator[Watched]:
    with zipfile.ZipFile(file) as archive:
        likely = [member for member in archive.infolist() if member.filename.lower().endswith(_OF_MAIL)]
        for member in likely[:_LOOKED_AT]:
            with archive.open(member) as content:
                yield unpacked_member(content, file)


def _tar_members(stream: Watched, below: BinaryIO) -> Iterator[Watched]:
    with tarfile.open(fileobj=stream, mode="r|") as archive:  # type: ignore[call-overload]  # it only reads
        for member in islice(archive, _LOOKED_AT):
            content = archive.extractfile(member) if member.isfile() else None
            if content is not None:
                yield unpacked_member(content, below)
