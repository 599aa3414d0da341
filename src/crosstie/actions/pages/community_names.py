"""What communities are called: by the unit most of their people are from, else by the place where they meet.

Never by a person's name. A count that would tell of fewer than `SMALLEST_EVER` people is said in words.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

import numpy as np
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from crosstie.actions.grouping import COMMUNITY
from crosstie.actions.home import Home
from crosstie.actions.pages.sight import Sight
from crosstie.privacy import SMALLEST_EVER

MOST = 0.5
"""A unit names a community, and a place too, when at least this share is its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What a community is called, and why."""

    label: str
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    label: str
    about: str
    fit: float


def community_names(home: Home, seen: Sight) -> tuple[Naming, ...]:
    """Return the name of each community, by its number; the same for every viewer of one language."""
    return home.once(f"names of communities, {get_language()}", lambda: _names(home, seen), of=seen.snapshot)


def _names(home: Home, seen: Sight) -> tuple[Naming, ...]:
    community = seen.snapshot.community
    sizes = np.bincount(community[community >= 0])
    smallest = max(seen.snapshot.settings.smallest_group, SMALLEST_EVER)
    shown = [number for number, size in enumerate(sizes.tolist()) if size >= smallest]
    counted = _counted(seen)
    candidates = {number: _by_units(seen, number, smallest, counted) for number in shown}
    if not all(candidates.values()):
        for number, found in _by_places(home, seen, sizes, counted).items():
            if number in candidates:
                candidates[number] += found
    named = {
        number: Naming(label=_("Community %(number)d") % {"number": number + 1})
        for number in range(len(sizes))
    }
    taken: set[str] = set()
    # Who fits a name best has it first: a part of a department leaves it to the community that is all of it.
    for number in sorted(shown, key=lambda one: (-max((c.fit for c in candidates[one]), default=0.0), one)):
        free = [one for one in candidates[number] if one.label not in taken]
        best = max(free, key=lambda one: one.fit, default=None)
        if best is not None:
            named[number] = Naming(label=_("Around %(name)s") % {"name": best.label}, about=best.about)
            taken.add(best.label)
    return tuple(named[number] for number in range(len(sizes)))


def _counted(seen: Sight) -> frozenset[int]:
    """Return the communities whose people may be counted."""
    found = seen.snapshot.groups.get(COMMUNITY)
    return frozenset(map(int, found.labels[found.told].tolist())) if found is not None else frozenset()


def _by_units(seen: Sight, number: int, smallest: int, counted: Container[int]) -> list[_Candidate]:
    """Return the unit of each kind that most of a community is from; one too small to be shown names none."""
    members = seen.snapshot.community == number
    size, in_words = int(members.sum()), number not in counted
    found = []
    for units in seen.snapshot.network.groups.values():
        names, counts = np.unique(units[members].astype(str), return_counts=True)
        for name, count in zip(names.tolist(), counts.tolist(), strict=True):
            whole = int((units == name).sum())
            if name and count >= MOST * size and whole >= smallest:
                about = (
                    _("%(people)s from %(unit)s")
                    if count == whole
                    else _("%(people)s from %(unit)s, %(there)s there")
                )
                about %= {
                    "people": _of(count, size, in_words=in_words),
                    "unit": name,
                    "there": _of(count, whole, in_words=in_words),
                }
                found.append(_Candidate(label=name, about=about, fit=2 * count / (size + whole)))
    return found


def _by_places(
    home: Home, seen: Sight, sizes: NDArray[np.int64], counted: Container[int]
) -> dict[int, list[_Candidate]]:
    """Return the open places in which mostly one community meets, and at least `SMALLEST_EVER` of it do."""
    where = seen.snapshot.meetings
    places = where.place.tolist()
    called = home.store.places.names(places)
    found: dict[int, list[_Candidate]] = {}
    for number, place, people, share in zip(
        where.community.tolist(), places, where.people.tolist(), where.share.tolist(), strict=True
    ):
        name, _openness = called.get(place, ("", ""))
        if name:
            said = _of(people, size := int(sizes[number]), in_words=number not in counted)
            found.setdefault(number, []).append(
                _Candidate(
                    label=name,
                    about=_("%(people)s meet in %(place)s") % {"people": said, "place": name},
                    fit=share * people / size,
                )
            )
    return found


def _of(count: int, whole: int, *, in_words: bool) -> str:
    """Say a count of a whole, in words where the rest is so few that the number would speak of persons.

    Args:
        count: of the whole.
        whole: how many there are.
        in_words: no numbers at all, as for a group of which no more is told.
    """
    if count == whole:
        return _("all") if in_words else _("all %(whole)d") % {"whole": whole}
    if whole - count < SMALLEST_EVER:
        return _("nearly all")
    if in_words:
        return _("most") if count >= MOST * whole else _("some")
    return _("%(count)d of %(whole)d") % {"count": count, "whole": whole}
