"""Take the names of people out of a text, so that words are found for what they are about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

_MENTIONS = re.compile(r"@_?\*\*[^*\n]+\*\*|<@[^>\s]+>|(?<!\w)@[\w.+-]+")
_ADDRESSES = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://\S+")
_WORDS = re.compile(r"([^\W\d_]{2,})(?:['\u2019]s)?")


class Names:
    """The names of people, as their parts: "Ada", "Berg".

    A capitalised word that is a part of somebody's name is left out wherever it stands; written small it may
    mean something ("will", "mark"), and stays. Mentions and addresses go whole.

    Args:
        names: full names.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._full = tuple(sorted({" ".join(name.split()) for name in names} - {""}))

    @cached_property
    def _parts(self) -> frozenset[str]:
        return frozenset(part.casefold() for name in self._full for part in _WORDS.findall(name))

    def without(self, text: str) -> str:
        """Return a text without mentions, mail addresses, web addresses and the names of people."""
        return _WORDS.sub(self._kept, _ADDRESSES.sub(" ", _MENTIONS.sub(" ", text)))

    def _kept(self, found: re.Match[str]) -> str:
        word = found[1]
        return " " if word[0].isupper() and word.casefold() in self._parts else found[0]
