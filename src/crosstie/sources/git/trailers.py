"""Trailers: the lines at the end of a commit that say who else had a part in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from crosstie.sources.encoded import decoded


class Part(StrEnum):
    """What a trailer says about somebody's part in a commit."""

    CO_WROTE = "co_wrote"
    REVIEWED = "reviewed"
    HELPED = "helped"
    NO_TIE = "no_tie"


# Who learns from whom stands in the first three kinds. The others name a person but no exchange that is
# certain: a sign-off states the right to submit; a report, a test or an idea may come by a bug tracker.
KNOWN: dict[str, Part] = {
    "Co-authored-by": Part.CO_WROTE,
    "Co-developed-by": Part.CO_WROTE,
    "Reviewed-by": Part.REVIEWED,
    "Acked-by": Part.REVIEWED,
    "Helped-by": Part.HELPED,
    "Mentored-by": Part.HELPED,
    "Co-mentored-by": Part.HELPED,
    "Signed-off-by": Part.NO_TIE,
    "Tested-by": Part.NO_TIE,
    "Reported-by": Part.NO_TIE,
    "Suggested-by": Part.NO_TIE,
    "Noticed-by": Part.NO_TIE,
    "Requested-by": Part.NO_TIE,
    "Improved-by": Part.NO_TIE,
    "Inspired-by": Part.NO_TIE,
    "Assisted-by": Part.NO_TIE,
    "Debugged-by": Part.NO_TIE,
}
_LABELS = {label.lower(): label for label in KNOWN}
_SIGN_OFF = "signed-off-by"
_LETTERS = {key: frozenset(key) for key in _LABELS}
_MOST_OTHER_LETTERS = 4  # two slips bring in and take away two letters at most: cheaper to see than the slips
# Words that are right as they stand, though a letter away from one above.
_OTHER_WORDS = frozenset(
    {"asked-by", "backed-by", "packed-by", "hacked-by", "listed-by", "rested-by", "tasted-by"}
)
_SHORTEST_FOR_TWO_SLIPS = len(_SIGN_OFF)

_KEY = re.compile(r"[A-Za-z0-9-]+")
_CONTACT = re.compile(r"\s*,?\s*([^<>,]*?)\s*<\s*([^<>]+?)\s*>")
_BARE_ADDRESS = re.compile(r"([^@]*?)\s*[(\[]?([^\s@<>()\[\],;]+@[^\s@<>()\[\],;]+)")


class Trailer(NamedTuple):
    """One trailer line.

    Attributes:
        part: what it says.
        label: the trailer as it is usually written, "" for unknown ones.
        misspelt: whether it stood there with a slip.
        people: name and address of each person, where the part is a tie; the address is "" where only a
            name stands.
    """

    part: Part
    label: str
    misspelt: bool
    people: tuple[tuple[str, str], ...]


def parse(line: str) -> Trailer:
    """Read one trailer line, unfolded.

    >>> parse("Reviwed-by: Ada Berg <ada@example.org>").label
    'Reviewed-by'
    """
    key, _, value = line.partition(":")
    label, misspelt = _label(key)
    part = KNOWN[label] if label else Part.NO_TIE
    return Trailer(part, label, misspelt, () if part is Part.NO_TIE else _people(value.strip()))


def contacts(trailers: str) -> Iterator[tuple[str, str]]:
    """Yield name and address of everyone in trailers, whatever their part; who signed off goes first."""
    lines = [line.partition(":") for line in trailers.split("\n")]
    for _, _, value in sorted(lines, key=lambda line: line[0].lower() != _SIGN_OFF):
        yield from _people(value.strip())


@lru_cache(maxsize=1_000)
def _label(written: str) -> tuple[str, bool]:
    key = written.strip().lower()
    if key in _LABELS:
        return _LABELS[key], False
    if not _KEY.fullmatch(key) or not key.endswith("by") or key in _OTHER_WORDS:
        return "", False
    for part in key.removesuffix("-by").split("-and-") if "-and-" in key else ():
        if f"{part}-by" in _LABELS and KNOWN[_LABELS[f"{part}-by"]] is not Part.NO_TIE:
            return _LABELS[f"{part}-by"], False
    letters = set(key)
    for known, label in _LABELS.items():
        if len(letters ^ _LETTERS[known]) <= _MOST_OTHER_LETTERS and are_close(
            key, known, 2 if len(known) >= _SHORTEST_FOR_TWO_SLIPS else 1
        ):
            return label, True
    return "", False


def _people(value: str) -> tuple[tuple[str, str], ...]:
    found = _CONTACT.findall(value)
    if found:
        return tuple((_unquoted(name), address) for name, address in found)
    bare = _BARE_ADDRESS.match(value)
    if bare:
        return ((_unquoted(bare[1]), bare[2]),)
    return ((value, ""),) if value else ()


def _unquoted(name: str) -> str:
    return decoded(name.strip().strip('"').strip())


def are_close(one: str, other: str, slips: int) -> bool:
    """Say whether two words differ by at most so many slips: a letter more, less, other, or two swapped.

    >>> [are_close(word, "reported-by", 1) for word in ("reproted-by", "rported-by", "supported-by")]
    [True, True, False]
    """
    if abs(len(one) - len(other)) > slips:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        next_row = [i]
        for j, wanted in enumerate(other, 1):
            cost = min(row[j] + 1, next_row[j - 1] + 1, row[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, before[j - 2] + 1)
            next_row.append(cost)
        before, row = row, next_row
    return row[-1] <= slips
