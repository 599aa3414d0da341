"""Say what would be read, and whom `--as` could mean, before anything is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from crosstie.actions import snapshots
from crosstie.actions.barring import is_forgotten
from crosstie.actions.consent import Consent
from crosstie.actions.course import Course, Plan
from crosstie.actions.home import Home
from crosstie.actions.reading import Progress, Standing, door_of, standing_of, watched
from crosstie.errors import PersonUnclear
from crosstie.people import AccountRow, Persons, answering, describe, find, resolve
from crosstie.record import Account, Interaction
from crosstie.saying import mark
from crosstie.store import SavedReading

_UNCLEAR = mark("whom --as means there is not clear")
_NOBODY = mark("nobody there is whom --as names")


@dataclass(slots=True)
class Met:
    """Whom rehearsals met, of one source or of several.

    Attributes:
        accounts: by source and id; nobody who opted out or asked to be forgotten.
        has_viewer: whether any account was the viewer's.
    """

    accounts: dict[tuple[str, str], Account] = field(default_factory=dict)
    has_viewer: bool = False


def rehearse(
    what: Plan,
    *,
    home: Home | None = None,
    viewer: str = "",
    agreed: Consent | None = None,
    progress: Progress | None = None,
    met: Met | None = None,
) -> SavedReading:
    """Say what would be read, by class of place, and write nothing.

    Args:
        what: the path and its source.
        home: the workspace it would be read into, if there is one: who opted out, how long is kept.
        viewer: in personal mode, who one is.
        agreed: in organisation mode, what the people concerned agreed to.
        progress: called with the number of traces since the last call.
        met: where a viewer is given, filled with whom the source tells of, for `unclear`.
    """
    course = Course(what=what)
    standing = Standing() if home is None else standing_of(home, agreed)
    door = door_of(course.ledger, viewer, agreed, standing, dry=True)
    door.met = {} if viewer else None
    if home is not None and (forgotten := home.store.forgotten()):
        door.forgotten = partial(is_forgotten, home.keyring, forgotten)
    for trace in watched(what.source.read(what.path, what.settings, door), progress):
        if isinstance(trace, Interaction):
            course.kinds[trace.kind.value] += 1
    here = door.met or {}
    if met is not None:
        met.accounts |= here
        met.has_viewer |= door.has_met_viewer
    if viewer and not door.has_met_viewer:
        course.ledger.note(_UNCLEAR if answering(_who_is_who(here), viewer) else _NOBODY)
    return course.so_far(finished=True)


def unclear(viewer: str, met: Met, *, home: Home | None = None) -> PersonUnclear | None:
    """Return what is unclear about a viewer once all was rehearsed, with near matches; None where nothing is.

    Args:
        viewer: what `--as` says; "" where it says nothing.
        met: whom the rehearsals met.
        home: the workspace it would be read into, if there is one: it may know the viewer already.
    """
    if not viewer or met.has_viewer:
        return None
    if home is not None and len(answering(snapshots.persons(home), viewer)) == 1:
        return None
    persons = _who_is_who(met.accounts)
    try:
        found = find(persons, viewer, keys_hold=False)
    except PersonUnclear as trouble:
        return trouble
    shown = describe(found, with_key=False)
    return PersonUnclear(
        f'"{viewer}" is nobody\'s address or id: what is not open would not be read.',
        hint=f"Did you mean: {shown}?",
        near=(shown,),
    )


def _who_is_who(accounts: Mapping[tuple[str, str], Account]) -> Persons:
    return resolve(
        [
            # A key that nobody can have typed: what is only met gets none.
            AccountRow(key=f"{source}\n{id_}", source=source, id=id_, name=one.name, address=one.address)
            for (source, id_), one in accounts.items()
        ]
    )
