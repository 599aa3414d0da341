"""Look for the texts nearest to one, by the words that say most."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from crosstie.ideas import words

FEW_TEXTS = 100
"""Up to how many texts how rare a word is says nothing."""


def nearest(
    connection: sqlite3.Connection, kind: str, text: str, most: int, before: int
) -> list[tuple[int, float]]:
    """Return numbers of the texts nearest to one, nearest first, with how near they are (`Index`).

    Args:
        connection: of the index.
        kind: `asked` or `answered`.
        text: without names.
        most: how many.
        before: only texts with a smaller number.
    """
    stems = words.stems(text)
    frequency, texts = _frequencies(connection, kind, stems)
    wanted = words.chosen(stems, frequency, texts)
    if not wanted:
        return []
    rows = connection.execute(
        f"SELECT rowid, -rank FROM {kind} WHERE {kind} MATCH ? AND rowid < ? ORDER BY rank LIMIT ?",  # noqa: S608 - our names
        [words.as_query(wanted), before, most],
    ).fetchall()
    if not rows:
        return []
    whole = words.weight(stems, frequency, texts) if texts >= FEW_TEXTS else rows[0][1]
    return [(number, score / whole) for number, score in rows]


def _frequencies(
    connection: sqlite3.Connection, kind: str, stems: Iterable[str]
) -> tuple[dict[str, int], int]:
    """Return in how many texts each of these words stands, and how many texts there are."""
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
    table = {"asked": "question", "answered": "answer"}[kind]
    total = connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]  # noqa: S608 - our names
    return found, total
