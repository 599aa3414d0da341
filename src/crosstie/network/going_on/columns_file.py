"""Many columns of numbers in one file that is mapped into memory, and says itself when it is damaged.

Two whole numbers of 8 bytes (a checksum of all that follows it, and the length of the head), the head as JSON
(the place, type and length of each column), and the columns, each at a multiple of 64 bytes.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_ALIGNED = 64
_BEFORE = 16


def write(file: Path, columns: Mapping[str, NDArray[Any]]) -> None:
    """Write columns of one dimension into a file."""
    head: dict[str, tuple[int, str, int]] = {}
    place = 0
    for name, column in columns.items():
        head[name] = place, column.dtype.str, len(column)
        place += -(-column.nbytes // _ALIGNED) * _ALIGNED
    packed = json.dumps(head).encode()
    packed += b" " * (-(_BEFORE + len(packed)) % _ALIGNED)
    with file.open("wb") as opened:
        start = len(packed).to_bytes(8, "little") + packed
        opened.write(bytes(8) + start)
        checksum = zlib.crc32(start)
        for column in columns.values():
            for part in (np.ascontiguousarray(column).view(np.uint8).data, bytes(-column.nbytes % _ALIGNED)):
                opened.write(part)
                checksum = zlib.crc32(part, checksum)
        opened.seek(0)
        opened.write(checksum.to_bytes(8, "little"))


def read(file: Path) -> dict[str, NDArray[Any]] | None:
    """Map the columns of a file into memory, to be read; None where it is missing or damaged."""
    try:
        content: NDArray[np.uint8] = np.memmap(file, dtype=np.uint8, mode="r").view(np.ndarray)
    except (FileNotFoundError, ValueError):  # or empty, which cannot be mapped
        return None
    if zlib.crc32(content[8:].data) != int.from_bytes(content[:8].tobytes(), "little"):
        return None
    length = int.from_bytes(content[8:_BEFORE].tobytes(), "little")
    head: dict[str, tuple[int, str, int]] = json.loads(content[_BEFORE : _BEFORE + length].tobytes())
    columns = content[_BEFORE + length :]
    return {
        name: columns[place : place + count * np.dtype(kind).itemsize].view(kind)
        for name, (place, kind, count) in head.items()
    }
