"""Whole numbers found again by a key: what a first pass remembers of millions of posts."""

from __future__ import annotations

from array import array
from bisect import bisect_right

LARGEST = (1 << 63) - 1
"""What a key or a value may be at most; a source passes over ids beyond it as broken."""


class Lookup:
    """Rows of whole numbers by a key, eight bytes a number; of rows with the same key the last one counts.

    A dict of a million such rows takes a quarter of a gigabyte.

    Args:
        width: how many values a row has.
    """

    def __init__(self, width: int) -> None:
        self._width = width
        self._keys = array("q")
        self._values = array("q")
        self._is_sorted = True

    def add(self, key: int, *values: int) -> None:
        """Add a row; quickest in order of the keys."""
        if self._keys and key < self._keys[-1]:
            self._is_sorted = False
        self._keys.append(key)
        self._values.extend(values)

    def get(self, key: int) -> tuple[int, ...] | None:
        """Return the values of a key, None where there are none."""
        if not self._is_sorted:
            self._sort()
        at = bisect_right(self._keys, key) - 1
        if at < 0 or self._keys[at] != key:
            return None
        return tuple(self._values[at * self._width : (at + 1) * self._width])

    def _sort(self) -> None:
        import numpy as np  # imported late: posts come in order of their ids, and need no sorting

        keys = np.array(self._keys, dtype=np.int64)
        order = np.argsort(keys, kind="stable")
        values = np.array(self._values, dtype=np.int64).reshape(-1, self._width)
        self._keys = array("q", keys[order].tobytes())
        self._values = array("q", values[order].tobytes())
        self._is_sorted = True
