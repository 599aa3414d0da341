"""The checksums of a snapshot's files, by which a damaged one is known and built again."""

from __future__ import annotations

import json
import zlib
from pathlib import Path

SEAL = "checksums.json"
"""The file with the checksums: a snapshot without it is not whole."""


def seal(folder: Path) -> None:
    """Write a checksum of every file of a snapshot.

    What is made of it later, on first use, lies in folders of its own (`crosstie.actions.prepared`).
    """
    (folder / SEAL).write_text(json.dumps(_sums(folder)))


def is_whole(folder: Path) -> bool:
    """Say whether a snapshot is there as it was written."""
    try:
        written = json.loads((folder / SEAL).read_bytes())
    except (FileNotFoundError, ValueError):
        return False
    return bool(written == _sums(folder))


def _sums(folder: Path) -> dict[str, int]:
    files = [file for file in folder.iterdir() if file.is_file() and file.name != SEAL]
    return {file.name: zlib.crc32(file.read_bytes()) for file in files}
