"""Look for the texts nearest to one, by the words that say most."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas import words

FEW_TEXTS = 100
"""Up to how many texts how rare a word is says nothing."""

_SATURATION, _BY_LENGTH = 1.2, 0.75  # BM25's k1 and b, as FTS5 has them
_LEAST_WEIGHT = 1e-6  # of a word that stands in more than half of the texts, likewise


def nearest(
    connection: sqlite3.Connection,
    kind: str,
    text: str,
    *,
    lengths: NDArray[np.unsignedinteger],
    most: int,
    before: int,
) -> list[tuple[int, float]]:
    """Return numbers of the texts nearest to one, nearest first, with how near they are (`Index`).

    Args:
        connection: of the index.
        kind: `asked` or `answered`.
        text: without names.
        lengths: of all texts (`lengths_of`).
        most: how many.
        before: only texts with a smaller number.
    """
    stems = words.stems(text)
    frequency = _frequencies(connection, kind, stems)
    wanted = words.chosen(stems, frequency, len(lengths))
    if not wanted:
        return []
    numbers, scores = _scored(connection, kind, wanted, lengths)
    numbers, scores = numbers[numbers < before], scores[numbers < before]
    if not len(numbers):
        return []
    order = np.argsort(-scores, kind="stable")[:most]
    has_many = len(lengths) >= FEW_TEXTS
    whole = words.weight(stems, frequency, len(lengths)) if has_many else float(scores[order[0]])
    return [
        (number, score / whole)
        for number, score in zip(numbers[order].tolist(), scores[order].tolist(), strict=True)
    ]


def lengths_of(connection: sqlite3.Connection, kind: str) -> NDArray[np.unsignedinteger]:
    """Return (n,) how many words each text has, in order of their numbers, which begin with 1."""
    row = connection.execute("SELECT size, words FROM length WHERE kind = ?", [kind]).fetchone()
    size, kept = row or (1, b"")
    settled = np.frombuffer(kept, dtype=f"<u{size}")
    # Those of texts that were added since.
    rows = connection.execute(f"SELECT sz FROM {kind}_docsize WHERE id > ? ORDER BY id", [len(settled)])  # noqa: S608 - our names
    later = np.fromiter((_number(packed) for (packed,) in rows), dtype=np.uint32)
    return np.concatenate([settled, later]) if len(later) else settled


def _number(packed: bytes) -> int:
    """Return a whole number as SQLite packs it: seven bits a byte, the highest first."""
    number = 0
    for byte in packed:
        number = number << 7 | byte & 0x7F
    return number


def _scored(
    connection: sqlite3.Connection, kind: str, wanted: Sequence[str], lengths: NDArray[np.unsignedinteger]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the numbers of all texts with any of these words, sorted, and their BM25.

    FTS5 gives the same to the last bit, in two to three times as long: it fetches the length of each text by
    itself, and goes through the texts of each word twice.
    """
    found = []
    for stem in wanted:
        rows = connection.execute(f"SELECT doc FROM {kind}_places WHERE term = ?", [stem])  # noqa: S608 - our names
        places = np.fromiter(chain.from_iterable(rows), dtype=np.int64)
        found.append(np.unique(places, return_counts=True))
    numbers = np.unique(np.concatenate([texts for texts, _ in found]))
    middle = lengths.sum(dtype=np.int64) / len(lengths)
    by_length = _SATURATION * (1 - _BY_LENGTH + _BY_LENGTH * lengths[numbers - 1].astype(np.float64) / middle)
    scores = np.zeros(len(numbers))
    for texts, times in found:
        rarity = math.log((len(lengths) - len(texts) + 0.5) / (len(texts) + 0.5))
        row = np.searchsorted(numbers, texts)
        share = times * (_SATURATION + 1) / (times + by_length[row])
        scores[row] += (rarity if rarity > 0 else _LEAST_WEIGHT) * share
    return numbers, scores


def telling(
    connection: sqlite3.Connection, kind: str, text: str, *, lengths: NDArray[np.unsignedinteger]
) -> frozenset[str]:
    """Return those words of a text, as the index has them, that are looked for; see `nearest`."""
    stems = words.stems(text)
    return frozenset(words.chosen(stems, _frequencies(connection, kind, stems), len(lengths)))


def with_rarest(connection: sqlite3.Connection, text: str) -> set[int]:
    """Return the numbers of the questions, and changes, with the rarest word of a text, if all are known."""
    stems = words.stems(text)
    frequency = _frequencies(connection, "asked", stems)
    if not stems or len(frequency) < len(stems):
        return set()
    rarest = min(stems, key=lambda stem: (frequency[stem], stem))
    rows = connection.execute("SELECT DISTINCT doc FROM asked_places WHERE term = ?", [rarest])
    return {number for (number,) in rows}


def _frequencies(connection: sqlite3.Connection, kind: str, stems: Iterable[str]) -> dict[str, int]:
    """Return in how many texts each of these words stands; those that stand in none are not there."""
    found = {}
    for stem in stems:
        row = connection.execute(
            "SELECT texts FROM common WHERE kind = ? AND term = ?", [kind, stem]
        ).fetchone()
        # Counting the texts of a word takes a look at each; the common ones were counted before.
        row = (
            row
            or connection.execute(
                f"SELECT doc FROM {kind}_words WHERE term = ?",  # noqa: S608 - our names
                [stem],
            ).fetchone()
        )
        if row is not None:
            found[stem] = row[0]
    return found
