"""Which words of a text to look for: those that say most, as many as a quick answer allows."""

from __future__ import annotations

import math
import re
import sqlite3
import threading
from collections.abc import Collection, Iterable
from typing import cast

TOKENS = "porter unicode61 remove_diacritics 2"
"""How FTS5 takes words apart: English endings off, accents off, in any script that puts spaces."""

MOST_WORDS = 24
"""Words looked for at most."""

MOST_POSTINGS = 8_000
"""Places to look at, at most, beyond the rarest word; what a query costs grows with them."""

COMMON_FROM = 20
"""In how many texts a word must stand for the index to keep how many they are."""

_MOST_UNKNOWN = 4
_WORD = re.compile(r"[^\W_]+")
_of_thread = threading.local()


def stems(text: str) -> tuple[str, ...]:
    """Return the words of a text as the index has them, in order, each once."""
    words = list(dict.fromkeys(word.lower() for word in _WORD.findall(text)))
    # Not `casefold`, which makes two signs of an ß. The tokeniser is FTS5's own: a word here is a word there.
    tokeniser = _tokeniser()
    tokeniser.execute("BEGIN")
    try:
        tokeniser.executemany("INSERT INTO said(rowid, word) VALUES (?, ?)", enumerate(words))
        found = tokeniser.execute("SELECT term FROM stem ORDER BY doc").fetchall()
    finally:
        tokeniser.execute("ROLLBACK")  # nothing of a text is kept
    return tuple(dict.fromkeys(stem for (stem,) in found))


def _tokeniser() -> sqlite3.Connection:
    """Return the empty index that takes words apart; making it takes five times as long as a text does."""
    if not hasattr(_of_thread, "tokeniser"):
        made = sqlite3.connect(":memory:", isolation_level=None)
        made.execute(f"CREATE VIRTUAL TABLE said USING fts5(word, content='', tokenize='{TOKENS}')")
        made.execute("CREATE VIRTUAL TABLE stem USING fts5vocab(said, 'instance')")
        _of_thread.tokeniser = made
    return cast("sqlite3.Connection", _of_thread.tokeniser)


def chosen(words: Iterable[str], frequency: dict[str, int], texts: int) -> list[str]:
    """Return the words to look for, the rarest first.

    A word that stands in more than a tenth of all texts says little, and is left out where others are left;
    so is what would cost more than `MOST_POSTINGS`. This needs no list of stop words, in any language.

    Args:
        words: of the text (`stems`).
        frequency: in how many texts each stands; those that stand in none are not there.
        texts: how many there are.
    """
    taken: list[str] = []
    postings = 0
    for stem in _telling(words, frequency, texts):
        postings += frequency[stem]
        if taken and postings > MOST_POSTINGS:
            break
        taken.append(stem)
    return taken


def weight(words: Collection[str], frequency: dict[str, int], texts: int) -> float:
    """Return about the BM25 of a text of middle length that has all the words that say something.

    Each counts its inverse frequency (Robertson and Sparck Jones 1976), as FTS5 has it. Words that stand in
    no text count as well, but no more of them than of the others, or four: somebody may have a language of
    their own.

    Args:
        words: of the text (`stems`).
        frequency: in how many texts each stands; those that stand in none are not there.
        texts: how many there are.
    """
    known = [frequency[stem] for stem in _telling(words, frequency, texts)]
    unknown = min(sum(stem not in frequency for stem in words), max(len(known), _MOST_UNKNOWN))
    return sum(
        max(math.log((texts - often + 0.5) / (often + 0.5)), 1e-6) for often in [*known, *[0] * unknown]
    )


def _telling(words: Iterable[str], frequency: dict[str, int], texts: int) -> list[str]:
    rarest = sorted((stem for stem in words if stem in frequency), key=lambda stem: (frequency[stem], stem))
    telling = [stem for stem in rarest if frequency[stem] <= max(texts / 10, COMMON_FROM)]
    return (telling or rarest[:1])[:MOST_WORDS]
