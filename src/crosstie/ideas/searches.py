"""What was found lately and what every search needs, so that neither is looked for twice."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Key = tuple[str, str, int, int]
"""The kind of rows, the text, how many, and before which number."""

MOST_KEPT = 64


class Searches:
    """The latest searches in one index and what they found; for any number of threads."""

    def __init__(self) -> None:
        self._found: OrderedDict[Key, list[tuple[int, float]]] = OrderedDict()
        self._lengths: dict[str, NDArray[np.unsignedinteger]] = {}
        self._lock = threading.Lock()

    def once(self, key: Key, look: Callable[[], list[tuple[int, float]]]) -> list[tuple[int, float]]:
        """Return what was found, or look for it."""
        with self._lock:
            known = self._found.get(key)
        if known is not None:
            return known
        found = look()
        with self._lock:
            self._found[key] = found
            while len(self._found) > MOST_KEPT:
                self._found.popitem(last=False)
        return found

    def lengths(
        self, kind: str, look: Callable[[], NDArray[np.unsignedinteger]]
    ) -> NDArray[np.unsignedinteger]:
        """Return how many words each text of a kind has, or look."""
        if kind not in self._lengths:  # two at once read the same
            self._lengths[kind] = look()
        return self._lengths[kind]
