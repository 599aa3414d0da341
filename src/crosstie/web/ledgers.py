"""Lay out the ledgers of *Sources*: counts in words, the largest first; what was read again, once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from crosstie.actions.speaking import spoken
from crosstie.actions.views import Reading, SourcesView
from crosstie.web.words import kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """An earlier reading of the same path."""

    reading: Reading
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The latest reading of a path, its counts sorted by their words, its bar drawn; and those before."""

    reading: Reading
    bar: SafeString
    left_out: int
    reasons: tuple[tuple[str, int], ...]
    places: tuple[tuple[str, int], ...]
    interactions: tuple[tuple[str, int], ...]
    notes: tuple[tuple[str, int], ...]
    before: tuple[Before, ...]


def ledgers(view: SourcesView, bar: Callable[[Reading], SafeString]) -> list[Ledger]:
    """Lay readings out, each path once; `bar` draws that of one."""
    return [_ledger(latest, bar(latest), before) for latest, *before in view.by_path()]


def _ledger(reading: Reading, bar: SafeString, before: Iterable[Reading]) -> Ledger:
    return Ledger(
        reading=reading,
        bar=bar,
        left_out=sum(reading.left_out.values()),
        reasons=_in_words(reading.left_out),
        places=tuple((openness_words(openness), count) for openness, count in reading.places.items()),
        interactions=tuple((kind(name), count) for name, count in largest_first(reading.interactions)),
        notes=_in_words(reading.notes),
        before=tuple(Before(reading=one, left_out=sum(one.left_out.values())) for one in before),
    )


def _in_words(counts: dict[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple((reason_words(reason), count) for reason, count in largest_first(counts))


def reason_words(reason: str) -> str:
    """Say a ledger's reason in the viewer's language; an example after a colon stays as it is."""
    said = spoken(reason)
    what, colon, example = reason.partition(": ")
    return spoken(what) + colon + example if colon and said == reason else said


def openness_words(openness: str) -> str:
    """Say in words who can read a place."""
    words = {
        "open": _("open places: anyone in the organisation can read them"),
        "members": _("places of members only"),
        "direct": _("direct: between named people"),
    }
    return words.get(openness, openness)


def largest_first(counts: dict[str, int]) -> tuple[tuple[str, int], ...]:
    """Return counts with the largest first."""
    return tuple(sorted(counts.items(), key=lambda each: (-each[1], each[0])))
