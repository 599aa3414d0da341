"""Many columns of numbers in one file that is mapped into memory, and says itself when it is damaged.

Two whole numbers of 8 bytes (the sum of all that follows it, taken as such numbers, and the length of the
head), the head as JSON (the place, type and length of each column), and the columns, each at a multiple of 64
bytes. The sum changes with whatever is cut off, emptied, or changed in one place; a checksum that also sees
what changed places takes three times as long.
"""

from __future__ import annotations

import json
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
        opened.write(bytes(8) + len(packed).to_bytes(8, "little") + packed)
        for column in columns.values():
            opened.write(np.ascontiguousarray(column).view(np.uint8).data)
            opened.write(bytes(-column.nbytes % _ALIGNED))
    written = _sum(np.memmap(file, dtype=np.uint64, mode="r"))
    with file.open("r+b") as opened:
        opened.write(written.to_bytes(8, "little"))


def read(file: Path) -> dict[str, NDArray[Any]] | None:
    """Map the columns of a file into memory, to be read; None where it is missing or damaged."""
    try:
        content: NDArray[np.uint8] = np.memmap(file, dtype=np.uint8, mode="r").view(np.ndarray)
    except (FileNotFoundError, ValueError):  # or empty, which cannot be mapped
        return None
    written = int.from_bytes(content[:8].tobytes(), "little")
    if len(content) % _ALIGNED or _sum(content.view(np.uint64)) != written:
        return None
    length = int.from_bytes(content[8:_BEFORE].tobytes(), "little")
    head: dict[str, tuple[int, str, int]] = json.loads(content[_BEFORE : _BEFORE + length].tobytes())
    columns = content[_BEFORE + length :]
    return {
        name: columns[place : place + count * np.dtype(kind).itemsize].view(kind)
        for name, (place, kind, count) in head.items()
    }


def _sum(content: NDArray[np.uint64]) -> int:
    return int(np.add.reduce(content[1:]))
