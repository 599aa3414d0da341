"""Which aliases may be used: none that could be taken for a name of somebody."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext as _

from crosstie.actions import snapshots
from crosstie.actions.home import Home
from crosstie.errors import UsageRefused
from crosstie.store.models import Member

LONGEST = 60
_SHORTEST_PART = 3  # letters of a part of a name: initials and the like stand in many words
_SHORTEST_INSIDE = 5  # letters of a whole name, from where it is looked for within other words


def checked_alias(home: Home, alias: str) -> str:
    """Return an alias as it is kept, "" for none, or refuse it.

    Signs that show nothing, or turn the direction of writing, are left out of it.

    Raises:
        UsageRefused: it is, or holds, the name or a part of the name of a member or of someone who is shown.
    """
    alias = " ".join(_visible(alias).split())[:LONGEST]
    words = _words(alias)
    together = "".join(words)
    for name in _names(home) if together else ():
        whole = "".join(_words(name))
        if whole and (whole == together or (len(whole) >= _SHORTEST_INSIDE and whole in together)):
            break
        if _parts(name) & set(words):
            break
    else:
        return alias
    raise UsageRefused(
        _("This alias holds somebody's name, and could be taken for them."),
        hint=_("Choose another, such as “%(alias)s”.") % {"alias": _("A colleague")},
    )


def _names(home: Home) -> Iterator[str]:
    yield from Member.objects.values_list("name", flat=True)
    for person in snapshots.persons(home).by_key.values():
        yield person.name.partition("@")[0]


def _parts(name: str) -> set[str]:
    """Return the words of a name, but for initials, and for those such as "von"."""
    words = re.findall(r"[^\W_]+", _visible(name))
    if any(word[0].isupper() for word in words):
        words = [word for word in words if not word[0].islower()]
    return {folded for word in words for folded in _words(word) if len(folded) >= _SHORTEST_PART}


def _words(text: str) -> list[str]:
    """Return the words of a text without case, accents, and signs that show nothing."""
    apart = unicodedata.normalize("NFKD", _visible(text).casefold())
    return re.findall(r"[^\W_]+", "".join(one for one in apart if not unicodedata.combining(one)))


def _visible(text: str) -> str:
    """Return a text without control and format signs: of no width, or turning the direction of writing."""
    return "".join(
        " " if one.isspace() else one for one in text if one.isspace() or unicodedata.category(one)[0] != "C"
    )
