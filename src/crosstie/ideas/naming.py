"""Take the names of people out of a text, so that words are found for what they are about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Self

_MENTIONS = re.compile(r"@_?\*\*[^*\n]+\*\*|<@[^>\s]+>|(?<!\w)@[\w.+-]+")
_ADDRESSES = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://\S+")
_WORD = re.compile(r"([^\W\d_]{2,})")
# To `re` these are no part of a word, and many scripts write vowels with them: "अमित" would be two words.
_MARKS = "".join(sign for sign in map(chr, range(0x300, 0x10000)) if unicodedata.category(sign)[0] == "M")
_MARKED = re.compile(rf"([^\W\d_]{{2,}}(?:[{_MARKS}]+[^\W\d_]*)*|[^\W\d_](?:[{_MARKS}]+[^\W\d_]*)+)")
_GENITIVE = re.compile(r"\A['\u2019][sS]")
_BESIDE, _TURNED = re.compile(r"\s+|[._-]"), re.compile(r"\s*,\s*")
# Han, kana and Hangul: there a name has other words at its side without a space.
_RUNS = re.compile("[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff]{2,}")


class Names:
    """The names of people, as their parts: "Ada", "Berg".

    A capitalised word that is a part of somebody's name is left out wherever it stands, and so is one with
    the "s" of a German genitive: "Adas". ("Marks" and "Wills" at a sentence's beginning are rarely more.)
    Written small a single one may mean something ("will", "mark"), and stays; but the parts of one full
    name that stand together as in it name a person, and go: "ada berg", "berg, ada". So where there is a
    Will Mark, "will mark" goes. A script without capitals has nothing written small: there every part of a
    name goes, and in Chinese, Japanese and Korean a full name within a run of signs, even where it happens
    to be a piece of something else. Mentions and addresses go whole.

    Args:
        names: full names.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._full = tuple(sorted({_composed(" ".join(name.split())) for name in names} - {""}))

    @cached_property
    def _parts(self) -> _Parts:
        return _Parts.of(self._full)

    def without(self, text: str) -> str:
        """Return a text, composed, without mentions, mail and web addresses and the names of people."""
        bare, parts = _bare(_composed(text)), self._parts
        if parts.whole and not bare.isascii():
            bare = _RUNS.sub(self._without_whole, bare)
        pieces = _split(bare)  # every second one is a word
        words = " ".join(pieces[1::2]).casefold().split(" ")
        if parts.taken.isdisjoint(words):
            return bare
        near = [at for at, word in enumerate(words) if word in parts.taken]
        goes = {at for at in near if not _is_small(pieces[2 * at + 1])}
        for at in goes.union(*self._named(near, words, pieces)):
            pieces[2 * at + 1] = " "
            pieces[2 * at + 2] = _GENITIVE.sub("", pieces[2 * at + 2])
        return "".join(pieces)

    def joins(self, word: str, other: str) -> bool:
        """Say whether two words, in any order, are parts of one full name.

        >>> Names(["Ada Berg"]).joins("berg", "ada")
        True
        """
        pair = (word.casefold(), other.casefold())
        return pair in self._parts.together or pair[::-1] in self._parts.together

    def _named(
        self, near: Sequence[int], words: Sequence[str], pieces: Sequence[str]
    ) -> Iterable[Sequence[int]]:
        """Yield the words that follow one another as in a name, two of them more than its "de" or "la"."""
        parts, run = self._parts, [*near[:1]]
        for at in [*near[1:], len(words)]:
            pair = (words[at - 1], words[at]) if at == run[-1] + 1 < len(words) else ("", "")
            if (pair in parts.together and _BESIDE.fullmatch(pieces[2 * at])) or (
                pair[::-1] in parts.together and _TURNED.fullmatch(pieces[2 * at])
            ):
                run.append(at)
                continue
            if sum(words[one] not in parts.little for one in run) > 1:
                yield run
            run = [at]

    def _without_whole(self, found: re.Match[str]) -> str:
        run, kept, at = found[0], [], 0
        whole, sizes = self._parts.whole, self._parts.sizes
        while at < len(run):
            size = next((size for size in sizes if run[at : at + size] in whole), 0)
            kept.append(" " if size else run[at])
            at += size or 1
        return "".join(kept)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What full names are made of.

    Attributes:
        taken: parts, and their genitives.
        little: those that are written small within a full name ("de", "la") and in none otherwise.
        together: two parts that follow one another in a full name, and its first and last.
        whole: full names in scripts that put no space between words, the family's first or last.
        sizes: how many signs they have, the most first.
    """

    taken: frozenset[str]
    little: frozenset[str]
    together: frozenset[tuple[str, str]]
    whole: frozenset[str]
    sizes: tuple[int, ...]

    @classmethod
    def of(cls, names: Iterable[str]) -> Self:
        own: set[str] = set()
        little: set[str] = set()
        together: set[tuple[str, str]] = set()
        whole: set[str] = set()
        for name in names:
            written = _MARKED.findall(name)
            words = [one.casefold() for one in written]
            small = {word for word, one in zip(words, written, strict=True) if _is_small(one)}
            if small.issuperset(words):  # "ada berg", as some call themselves
                small = set()
            little |= small
            own.update(word for word in words if word not in small)
            for one, other in [*pairwise(words), *((words[0], words[-1]) for _ in words[:1])]:
                if one != other:
                    together |= {(one, other), (one, f"{other}s")}
            signs = name.split()
            joined = {"".join(signs), "".join(reversed(signs))}
            whole.update(one for one in joined if _RUNS.fullmatch(one))
        sizes = sorted({len(one) for one in whole}, reverse=True)
        # Of "da" there is no genitive: "Das" is a word.
        taken = own.union(little, (f"{word}s" for word in own))
        return cls(
            frozenset(taken), frozenset(little - own), frozenset(together), frozenset(whole), tuple(sizes)
        )


def _bare(text: str) -> str:
    if "@" in text:
        text = _MENTIONS.sub(" ", text)
    return _ADDRESSES.sub(" ", text) if "@" in text or "://" in text else text


def _split(text: str) -> list[str]:
    return (_WORD if text.isascii() else _MARKED).split(text)


def _composed(text: str) -> str:
    # macOS writes "é" as two signs, others as one.
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _is_small(word: str) -> bool:
    # A letter of a script without capitals is its own capital at the beginning of a word.
    return word[0] != word[0].title() and not word[0].isupper()
