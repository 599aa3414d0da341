"""Whole numbers found again by a key: what a first pass remembers of millions of posts."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator

LARGEST = (1 << 63) - 1
"""What a key or a value may be at most; a source passes over ids beyond it as broken."""


class Lookup:
    """Rows of whole numbers by a key, eight bytes a number; a key may have several, and the greatest counts.

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
        if self._keys and (key, *values) < self._row(len(self._keys) - 1):
            self._is_sorted = False
        self._keys.append(key)
        self._values.extend(values)

    def get(self, key: int) -> tuple[int, ...] | None:
        """Return the greatest values of a key, None where there are none."""
        if not self._is_sorted:
            self._sort()
        at = bisect_right(self._keys, key) - 1
        return self._row(at)[1:] if at >= 0 and self._keys[at] == key else None

    def every(self, key: int) -> Iterator[tuple[int, ...]]:
        """Yield the values of each row of a key, the greatest first."""
        if not self._is_sorted:
            self._sort()
        at = bisect_right(self._keys, key) - 1
        while at >= 0 and self._keys[at] == key:
            yield self._row(at)[1:]
            at -= 1

    def _row(self, at: int) -> tuple[int, ...]:
        return self._keys[at], *self._values[at * self._width : (at + 1) * self._width]

    def _sort(self) -> None:
        import numpy as np  # imported late: posts come in order of their ids, and need no sorting

        keys = np.array(self._keys, dtype=np.int64)
        values = np.array(self._values, dtype=np.int64).reshape(-1, self._width)
        order = np.lexsort((*values.T[::-1], keys))
        self._keys = array("q", keys[order].tobytes())
        self._values = array("q", values[order].tobytes())
        self._is_sorted = True
