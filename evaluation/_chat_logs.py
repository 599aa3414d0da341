"""The annotated logs of a flat chat (Kummerfeld et al. 2019), as streams and links.

A log is two files: `NAME.ascii.txt` has one line a message, numbered from 0, and `NAME.annotation.txt` one
line a link, `EARLIER LATER -`; a message linked to itself opens a conversation. Lines that start with `===`
are the server's own: they are numbered and annotated, open and end at once, and are no part of the stream.
Only messages from number 1,000 on are annotated; those before are there to be read.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from crosstie.ideas.replies.stream import Stream, stream

FIRST = 1_000
"""The number of the first annotated message."""

_SAID = re.compile(r"^\[(\d\d):(\d\d)\]\s+<\s*([^>]+?)\s*>\s?(.*)$")
_DID = re.compile(r"^\[(\d\d):(\d\d)\]\s+\*\s+(\S+)\s?(.*)$")
_RENAMED = re.compile(r"^=== (\S+) is now known as (\S+)")
_MARKS = ":,;.?!@()'\"<>*~"
_COMMON = 0.01
_MOST_NAMED = 3
_MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Log:
    """One log.

    Attributes:
        name: its files' name.
        lines: how many lines it has, the server's too.
        number: (n,) the line of each message of the stream.
        stream: the messages.
        links: (earlier, later) as annotated, by lines.
    """

    name: str
    lines: int
    number: tuple[int, ...]
    stream: Stream
    links: frozenset[tuple[int, int]]

    @property
    def annotated(self) -> range:
        """The lines that are annotated."""
        return range(FIRST, self.lines)


def logs(folder: Path) -> list[Log]:
    """Return the logs of a folder, by name."""
    return [log(file) for file in sorted(folder.glob("*.annotation.txt"))]


def log(annotation: Path) -> Log:
    """Return one log; its name stands before the first dot but one, as in the gold files."""
    name = annotation.name.removesuffix(".annotation.txt")
    lines = (annotation.parent / f"{name}.ascii.txt").read_text("utf-8", "replace").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    number, minutes, nicks, texts = [], [], [], []
    alias: dict[str, str] = {}
    day = before = 0
    for at, line in enumerate(lines):
        if renamed := _RENAMED.match(line):
            old, new = (nick.lower() for nick in renamed.groups())
            alias[new] = alias.get(old, old)
        if not (found := _SAID.match(line) or _DID.match(line)):
            continue
        hour, minute, nick, text = found.groups()
        clock = int(hour) * 60 + int(minute)
        day += _MINUTES_A_DAY * (clock < before - 60)
        before = clock
        number.append(at)
        minutes.append(day + clock)
        nicks.append(alias.get(nick.lower(), nick.lower()))
        texts.append(text)
    links = frozenset(
        (min(pair), max(pair))
        for row in annotation.read_text("utf-8").splitlines()
        if (pair := [int(word) for word in row.split() if word != "-"])
    )
    return Log(
        name=name,
        lines=len(lines),
        number=tuple(number),
        stream=stream(
            authors=nicks,
            seconds=[60.0 * minute for minute in minutes],
            texts=texts,
            named=_named(nicks, texts, alias),
        ),
        links=links,
    )


def _named(nicks: list[str], texts: list[str], alias: dict[str, str]) -> list[list[str]]:
    """Return whom each text names: who writes here, at its start or, if it is no common word, anywhere."""
    known = {nick: nick for nick in nicks} | {new: old for new, old in alias.items() if old in set(nicks)}
    words = [[word.strip(_MARKS) for word in text.lower().split()] for text in texts]
    within = Counter(word for row in words for word in row[1:] if word in known)
    named = []
    for nick, row, text in zip(nicks, words, texts, strict=True):
        first = text.split(maxsplit=1)[:1]
        is_called = bool(first) and first[0][-1:] in {":", ","}
        found = [
            known[word]
            for place, word in enumerate(row)
            if word in known
            and ((place == 0 and is_called) or (len(word) > 2 and within[word] <= 2 + _COMMON * len(texts)))
        ]
        named.append([one for one in dict.fromkeys(found) if one != nick][:_MOST_NAMED])
    return named
