"""The open places in which questions were answered: by key and by name, as they are now."""

from __future__ import annotations

from crosstie.actions.home import Home
from crosstie.actions.prepared import Prepared, at_hand
from crosstie.record import Openness


def places(home: Home) -> tuple[tuple[str, str], ...]:
    """Return the places where questions were answered and that are open now, by key and name."""
    ready = at_hand(home)
    if ready is None:
        return ()
    names = [(key, name) for key, name in open_now(home, ready).items() if name]
    return tuple(sorted(names, key=lambda place: (place[1].casefold(), place[0])))


def open_now(home: Home, ready: Prepared) -> dict[str, str]:
    """Return the names of the places questions were answered in by their keys, if they are open now."""

    def find() -> dict[str, str]:
        names = home.store.places.names(among=ready.places)
        is_open = {key: name for key, (name, openness) in names.items() if openness == Openness.OPEN}
        return is_open | {"": ""}  # said in the open, in no place in particular

    return home.once("open places where questions were answered", find)


def place_of(home: Home, ready: Prepared, given: str) -> int | None:
    """Return the number of a place somebody answered in, by its key or its name."""
    if not given:
        return None
    keys = {given} | {key for key, (name, _) in home.store.places.names().items() if name == given}
    return next((row for row, key in enumerate(ready.places) if key in keys), None)
