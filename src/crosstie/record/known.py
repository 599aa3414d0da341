"""Which rows the record has, in 16 bytes a row: enough to see what a batch adds and what it repeats."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


class KnownRows:
    """Hashes of row keys, each with the digest of its row.

    Sorted runs of falling length, merged like the digits of a binary counter: adding n rows in batches costs
    n log n, and a look-up is one binary search a run. Two keys may share a hash (one pair in some hundred
    thousand records of ten million rows); so a hash found with another digest is a question, not an answer.
    """

    def __init__(self) -> None:
        self._runs: list[tuple[NDArray[np.uint64], NDArray[np.int64]]] = []

    def __len__(self) -> int:
        return sum(len(hashes) for hashes, _ in self._runs)

    def find(self, hashes: NDArray[np.uint64]) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        """Return which hashes are known, and their digests (0 where not)."""
        found = np.zeros(len(hashes), dtype=np.bool_)
        digests = np.zeros(len(hashes), dtype=np.int64)
        for run_hashes, run_digests in self._runs:
            here, places = _places(run_hashes, hashes)
            found |= here
            digests[here] = run_digests[places[here]]
        return found, digests

    def put(self, hashes: NDArray[np.uint64], digests: NDArray[np.int64]) -> None:
        """Set the digests of these hashes, known or new."""
        new = np.ones(len(hashes), dtype=np.bool_)
        for run_hashes, run_digests in self._runs:
            here, places = _places(run_hashes, hashes)
            run_digests[places[here]] = digests[here]
            new &= ~here
        if not new.any():
            return
        self._runs.append(_sorted(hashes[new], digests[new]))
        while len(self._runs) > 1 and len(self._runs[-2][0]) < 2 * len(self._runs[-1][0]):
            newer, older = self._runs.pop(), self._runs.pop()
            self._runs.append(
                _sorted(np.concatenate([older[0], newer[0]]), np.concatenate([older[1], newer[1]]))
            )


def _places(
    run: NDArray[np.uint64], hashes: NDArray[np.uint64]
) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
    """Return which hashes stand in a sorted run, and where."""
    places = np.searchsorted(run, hashes)
    places[places == len(run)] = 0
    return run[places] == hashes, places


def _sorted(
    hashes: NDArray[np.uint64], digests: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    # Stable, because that sort merges two runs in linear time.
    order = np.argsort(hashes, kind="stable")
    return hashes[order], digests[order]
