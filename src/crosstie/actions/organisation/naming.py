"""Which aliases may be used: none that could be taken for a name of somebody, or for another's alias."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from django.utils.translation import gettext as _

from crosstie.actions import snapshots
from crosstie.actions.home import Home
from crosstie.errors import UsageRefused
from crosstie.people.lookalikes import drawn, mixes_scripts, shown, words
from crosstie.store.models import Member, Question

LONGEST = 60
_SHORTEST_PART = 3  # letters of a part of a name: initials and the like stand in many words
_SHORTEST_INSIDE = 5  # letters of a whole name, from where it is looked for within other words


def checked_alias(home: Home, alias: str) -> str:
    """Return an alias as it is kept, "" for none, or refuse it.

    It is kept in plain shapes, without signs that show nothing or turn the direction of writing. Names are
    compared as they are written and as they look.

    Raises:
        UsageRefused: it is, holds or looks like the name or a part of the name of a member or of someone who
            is shown; it mixes scripts; or it looks like an alias in use, and is written otherwise.
    """
    alias = shown(alias)[:LONGEST].strip()
    if mixes_scripts(alias):
        raise UsageRefused(
            _("This alias mixes letters of several scripts, which look alike."),
            hint=_("Write it in one of them."),
        )
    if alias and _is_of(frozenset(_names(home)), alias):
        raise UsageRefused(
            _("This alias holds somebody's name, and could be taken for them."),
            hint=_("Choose another, such as “%(alias)s”.") % {"alias": _("A colleague")},
        )
    if alias and any(_is_taken_for(other, alias) for other in _in_use()):
        raise UsageRefused(
            _("This alias looks like another that somebody asks under."),
            hint=_("Choose another, such as “%(alias)s”.") % {"alias": _("A colleague")},
        )
    return alias


def _names(home: Home) -> Iterator[str]:
    yield from Member.objects.values_list("name", flat=True)
    for person in snapshots.persons(home).by_key.values():
        yield person.name.partition("@")[0]


def _in_use() -> Iterator[str]:
    yield from Question.objects.exclude(alias="").values_list("alias", flat=True).distinct()


def _is_taken_for(other: str, alias: str) -> bool:
    """Say whether two aliases look alike while they are not the same, by more than case and accents."""
    return drawn(other) == drawn(alias) and words(other) != words(alias)


def _is_of(names: Iterable[str], alias: str) -> bool:
    """Say whether an alias is or holds one of these names or a part of it, as written or as it looks."""
    for read in (words, drawn):
        together = "".join(read(alias))
        said = frozenset(read(alias))
        for name in names:
            parts = read(name)
            whole = "".join(parts)
            if whole and (whole == together or (len(whole) >= _SHORTEST_INSIDE and whole in together)):
                return True
            if not said.isdisjoint(parts) and not said.isdisjoint(_parts(name, read)):
                return True
    return False


def _parts(name: str, read: Callable[[str], list[str]]) -> set[str]:
    """Return the words of a name, but for initials, and for those such as "von"."""
    parts = re.findall(r"[^\W_]+", shown(name))
    if any(part[0].isupper() for part in parts):
        parts = [part for part in parts if not part[0].islower()]
    return {one for part in parts if len(part) >= _SHORTEST_PART for one in read(part)}
