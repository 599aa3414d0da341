"""Recognise what must not be thought about: health, religion, union, politics, sexuality and the like.

By a list of words in English and German (`sensitive.toml`), which an organisation extends and cannot shorten.
A list errs both ways: it passes over what is said in other words, and leaves out what only sounds so.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from functools import cached_property
from importlib.resources import files

WEAK_TOGETHER = 2
"""How many different weak words of one list make a text sensitive."""


class Sensitive:
    """The words by which a text is known to be sensitive.

    Args:
        more: further words or phrases; each is enough alone, a * at its end stands for any ending.

    >>> words = Sensitive(["kita"])
    >>> words.in_text("the works council wants to know".split())
    True
    >>> words.in_text("a union of two sets".split()), words.in_text("die kita zieht um".split())
    (False, True)
    """

    def __init__(self, more: Iterable[str] = ()) -> None:
        lists = _lists()
        plain = [word for one in lists.values() for word in one["plain"]]
        plain += [" ".join(word.lower().split()) for word in more if word.strip()]
        single = [word for word in plain if " " not in word]
        self._whole = frozenset(word for word in single if not word.endswith("*"))
        self._beginnings = tuple(sorted(word[:-1] for word in single if word.endswith("*")))
        self._weak = {word: name for name, one in lists.items() for word in one["weak"]}
        self._phrases: dict[str, list[tuple[str, ...]]] = {}
        for phrase in sorted(word for word in plain if " " in word):
            first, *rest = phrase.split()
            self._phrases.setdefault(first, []).append(tuple(rest))
        self._known: dict[str, bool] = {}

    def in_text(self, words: Sequence[str]) -> bool:
        """Say whether a text of these words, in small letters and in order, is sensitive."""
        weak: dict[str, set[str]] = {}
        for at, word in enumerate(words):
            if self.is_word(word) or (word in self._phrases and self._begins(words, at)):
                return True
            if word in self._weak:
                found = weak.setdefault(self._weak[word], set())
                found.add(word)
                if len(found) >= WEAK_TOGETHER:
                    return True
        return False

    def is_word(self, word: str) -> bool:
        """Say whether one word is enough."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = word in self._whole or word.startswith(self._beginnings)
        return known

    def is_weak(self, word: str) -> bool:
        """Say whether a word is sensitive beside another: it labels nothing."""
        return word in self._weak

    @cached_property
    def version(self) -> str:
        """Return what changes when the words do."""
        return repr(
            (sorted(self._whole), self._beginnings, sorted(self._weak), sorted(self._phrases.items()))
        )

    def _begins(self, words: Sequence[str], at: int) -> bool:
        return any(
            len(words) > at + len(rest)
            and all(
                word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
                for word, wanted in zip(words[at + 1 :], rest, strict=False)
            )
            for rest in self._phrases[words[at]]
        )


def _lists() -> dict[str, dict[str, list[str]]]:
    text = files("crosstie.ideas.topics").joinpath("sensitive.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
