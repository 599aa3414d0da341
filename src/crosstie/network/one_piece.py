"""Columns side by side in one piece of memory, which the system hands out by large pages.

Page by page, and column by column, it takes as long as filling them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

_ALIGNED = 64


def empty_columns(count: int, kinds: Mapping[str, np.dtype[Any]]) -> dict[str, NDArray[Any]]:
    """Return columns of these kinds, by name, that are yet to be filled in.

    Args:
        count: how many rows.
        kinds: the type of each column.
    """
    sizes = {name: -(-count * kind.itemsize // _ALIGNED) * _ALIGNED for name, kind in kinds.items()}
    piece = np.empty(sum(sizes.values()), dtype=np.uint8)
    columns: dict[str, NDArray[Any]] = {}
    for name, kind in kinds.items():
        columns[name], piece = piece[: count * kind.itemsize].view(kind), piece[sizes[name] :]
    return columns
