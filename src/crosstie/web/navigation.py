"""What stands at the top of every page. Eight entries fit on a phone."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the navigation: the name of its address, its words, and whether it needs a viewer."""

    name: str
    words: str | Promise
    personal: bool = False


EVERYONES: tuple[Entry, ...] = (
    Entry(name="circle", words=gettext_lazy("My circle"), personal=True),
    Entry(name="map", words=gettext_lazy("Map")),
    Entry(name="sources", words=gettext_lazy("Sources")),
)
"""The pages there are in every workspace; a page says which one it is by ``here``."""
