"""The names of files as words to look for, and which files speak for a question."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import pairwise

from crosstie.ideas import words
from crosstie.ideas.naming import Names

_PART = re.compile(r"[^\W_]+")
_NAMED = 2
_AROUND = "\"'`<>()[]{}*,;:!?"
_LINE = re.compile(r":\d[\d:]*$")


def words_of(path: str) -> list[str]:
    """Return the words of a path, each once, in order: of "UsbHub" the whole as well as its two.

    The ending stays: whoever looks for a whole path has it among their words, and where it is on every file
    it says little and is not looked for (`words.chosen`).

    >>> words_of("drivers/usb_core/HubDriver2.c")
    ['drivers', 'usb', 'core', 'HubDriver2', 'Hub', 'Driver', '2', 'c']
    """
    found = []
    for part in _PART.findall(path):
        found += [part, *_within(part)]
    return list(dict.fromkeys(found))


@lru_cache(maxsize=50_000)  # folders and names come again in nearly every path
def _within(part: str) -> tuple[str, ...]:
    starts = [0, *(at for at in range(1, len(part)) if _begins(part, at)), len(part)]
    return tuple(part[start:end] for start, end in pairwise(starts))


def _begins(part: str, at: int) -> bool:
    """Say whether a word begins there: at a capital beside a small letter, at a number, or after one."""
    before, here = part[at - 1], part[at]
    if here.isdigit() != before.isdigit():
        return True
    return here.isupper() and (not before.isupper() or part[at + 1 : at + 2].islower())


def as_words(paths: Iterable[str], names: Names) -> str:
    """Return the words of some paths as one text, without the names of people.

    Each word is there once, however many of the files have it: a change of thirty files in one folder is not
    thirty times as much about that folder.
    """
    return names.without(" ".join(words_of(names.without("\n".join(paths)))))


def named_in(text: str) -> frozenset[str]:
    """Return what in a text may be a file's path, or the end of one: with a "/" inside, or an ending.

    >>> sorted(named_in("Who knows `./lib/hub.c:12`, and README.md? See https://a.example/b.c, and so on."))
    ['README.md', 'lib/hub.c']
    """
    tokens = (
        _LINE.sub("", token.strip(_AROUND).rstrip(".")).removeprefix("./")
        for token in text.split()
        if "://" not in token
    )
    return frozenset(token for token in tokens if "/" in token.strip("/") or "." in token.strip("."))


def is_named(path: str, named: frozenset[str]) -> bool:
    """Say whether a path, or its end from a folder or its name on, is among those that were named."""
    parts = path.split("/")
    return any("/".join(parts[start:]) in named for start in range(len(parts)))


def speaking(
    paths: Collection[str], wanted: frozenset[str], named: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """Return the files, two at most, that are named, else that have most of the words looked for, if any.

    Args:
        paths: the files of one change.
        wanted: stems, from `Index.telling`.
        named: what of the text may be a file (`named_in`).
    """
    if exactly := [path for path in paths if is_named(path, named)]:
        return tuple(exactly[:_NAMED])
    if not wanted:
        return ()
    shared = {path: len({*words.stems(" ".join(words_of(path)))} & wanted) for path in paths}
    most = max(shared.values(), default=0)
    return tuple(path for path in paths if shared[path] == most)[:_NAMED] if most else ()
