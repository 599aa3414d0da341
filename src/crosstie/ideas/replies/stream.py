"""One flat chat, as columns: who wrote when, whom it names, and which of its words are rare here."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int32]
Real = NDArray[np.float32]

ASKS, ADDRESS, COMMAND, GOES_ON, CARRIES_ON, SMALL, SHOUTS = 1, 2, 4, 8, 16, 32, 64
"""The bits of `Stream.marks`: has a question mark; has an address of the web; starts with an exclamation
mark, as commands to a bot do; ends as if more came (three dots, a comma); starts as if more came before;
starts with a small letter; ends with an exclamation mark."""

BUCKETS = 8_192
"""So many numbers stand for all words and pairs of words; see `Stream.sign`."""

_SIGN = re.compile(r"[^\W_]+|[?!.]+")
_MOST_SIGNS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """The messages of one place in order of time; n messages of a authors.

    Attributes:
        author: (n,) from 0.
        minutes: (n,) whole ones, since any beginning: what is learned from knew no seconds.
        named_at: (n + 1,) where the named of each message stand in `named`.
        named: authors, in the order in which they are named, never the writer.
        word_at: (n + 1,) where the different words of each message stand in `word`.
        word: numbers of words.
        sign_at: (n + 1,) where the signs of each message stand in `sign`.
        sign: what it begins with, its words, pairs of neighbours, and marks at an end, as numbers up to
            `BUCKETS` that do not tell which they were.
        rarity: by number of word, the logarithm of how rare it is in this stream (inverse document
            frequency).
        length: (n,) how many words.
        marks: (n,) see `ASKS` and its neighbours.
        authors: how many.
    """

    author: Whole
    minutes: NDArray[np.float64]
    named_at: Whole
    named: Whole
    word_at: Whole
    word: Whole
    sign_at: Whole
    sign: Whole
    rarity: Real
    length: Whole
    marks: Whole
    authors: int

    def __len__(self) -> int:
        return len(self.author)


def stream(
    *,
    authors: Sequence[Hashable],
    seconds: Sequence[float],
    texts: Sequence[str],
    named: Sequence[Sequence[Hashable]],
) -> Stream:
    """Return the columns of messages in order of time.

    Args:
        authors: who wrote each.
        seconds: when.
        texts: the words; nothing of them is kept but numbers.
        named: whom each names; who does not write here is left out.
    """
    number: dict[Hashable, int] = {}
    author = np.array([number.setdefault(one, len(number)) for one in authors], dtype=np.int32)
    named_at, names = [0], []
    for own, row in zip(author.tolist(), named, strict=True):
        names += [at for at in dict.fromkeys(number.get(one, -1) for one in row) if at not in {-1, own}]
        named_at.append(len(names))
    words: dict[str, int] = {}
    word_at, length, marks, sign_at = [0], [], [], [0]
    said: list[int] = []
    sign: list[int] = []
    for text, row in zip(texts, named, strict=True):
        found = _SIGN.findall(text.lower())
        telling = [one for one in found if len(one) > 1 and one[0] not in "?!."]
        said += dict.fromkeys(words.setdefault(one, len(words)) for one in telling[:_MOST_SIGNS])
        word_at.append(len(said))
        length.append(len(telling))
        marks.append(_marks(text.strip()))
        sign += _signs(found[:_MOST_SIGNS], is_named=len(row) > 0)
        sign_at.append(len(sign))
    word = np.array(said, dtype=np.int32)
    times = np.bincount(word, minlength=len(words))
    return Stream(
        author=author,
        minutes=np.floor(np.array(seconds, dtype=np.float64) / 60),
        named_at=np.array(named_at, dtype=np.int32),
        named=np.array(names, dtype=np.int32),
        word_at=np.array(word_at, dtype=np.int32),
        word=word,
        sign_at=np.array(sign_at, dtype=np.int32),
        sign=np.array(sign, dtype=np.int32),
        rarity=np.log((1 + len(author)) / np.maximum(times, 1)).astype(np.float32),
        length=np.array(length, dtype=np.int32),
        marks=np.array(marks, dtype=np.int32),
        authors=len(number),
    )


def _signs(found: list[str], *, is_named: bool) -> set[int]:
    """Return the numbers of a text's signs; who is named at its beginning is not how it begins."""
    begin = found[is_named : is_named + 2]
    signs = [
        *found,
        *(f"{one} {other}" for one, other in pairwise(found)),
        f"^{' '.join(begin[:1])}",
        f"^{' '.join(begin)}",
    ]
    return {crc32(one.encode()) % BUCKETS for one in signs}


def _marks(text: str) -> int:
    return (
        ASKS * ("?" in text)
        | ADDRESS * ("://" in text)
        | COMMAND * text.startswith("!")
        | GOES_ON * text.endswith(("...", "…", ",", ":", " -"))
        | CARRIES_ON * text.startswith(("...", "…", "*", ",", "^"))
        | SMALL * text[:1].islower()
        | SHOUTS * text.endswith("!")
    )
