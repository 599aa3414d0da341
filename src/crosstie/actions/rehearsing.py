"""Say what would be read, and whom `--as` could mean, before anything is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from crosstie.actions.barring import is_forgotten
from crosstie.actions.consent import Consent
from crosstie.actions.course import Course, Plan, Progress, watched
from crosstie.actions.doors import Standing, door_of, standing_of
from crosstie.actions.home import Home
from crosstie.actions.settling import settle
from crosstie.errors import PersonUnclear
from crosstie.people import AccountRow, Persons, Settled, answering, find, resolve
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
        viewer: whom `--as` means, once that was settled.
        unclear: why it could not be.
    """

    viewer: Settled = field(default_factory=Settled)
    unclear: PersonUnclear | None = None
    accounts: dict[tuple[str, str], Account] = field(default_factory=dict)
    has_viewer: bool = False


def settle_or_tell(
    home: Home | None, plans: Sequence[Plan], given: str, met: Met, *, progress: Progress | None = None
) -> Settled:
    """Settle whom `--as` means, as a reading does; where that is unclear, nobody, and `met` keeps why.

    Raises:
        WorkspaceRefused: the workspace is for no single person.
    """
    try:
        met.viewer = settle(home, plans, given, progress=progress)
    except PersonUnclear as trouble:
        met.viewer, met.unclear = Settled(given=given, called=given), trouble
    return met.viewer


def rehearse(
    what: Plan,
    *,
    home: Home | None = None,
    viewer: str | Settled = "",
    agreed: Consent | None = None,
    progress: Progress | None = None,
    met: Met | None = None,
) -> SavedReading:
    """Say what would be read, by class of place, and write nothing.

    Args:
        what: the path and its source.
        home: the workspace it would be read into, if there is one: who opted out, how long is kept.
        viewer: in personal mode, who one is; where several paths are rehearsed, as it was settled for all.
        agreed: in organisation mode, what the people concerned agreed to.
        progress: called with the number of traces since the last call.
        met: where a viewer is given, filled with whom the source tells of, for `unclear`.
    """
    met = met or Met()
    who = viewer if isinstance(viewer, Settled) else settle_or_tell(home, [what], viewer, met)
    course = Course(what=what)
    standing = Standing() if home is None else standing_of(home, agreed)
    door = door_of(course.ledger, who, agreed, standing, dry=True)
    door.met = {} if who.given else None
    if home is not None and (forgotten := home.store.forgotten()):
        door.forgotten = partial(is_forgotten, home.keyring, forgotten)
    for trace in watched(what.source.read(what.path, what.settings, door), progress):
        if isinstance(trace, Interaction):
            course.kinds[trace.kind.value] += 1
    here = door.met or {}
    met.accounts |= here
    met.has_viewer |= door.has_met_viewer
    if who.given and not door.has_met_viewer:
        course.ledger.note(_UNCLEAR if answering(_who_is_who(here), who.given) else _NOBODY)
    return course.so_far(finished=True)


def unclear(met: Met) -> PersonUnclear | None:
    """Return what is unclear about a viewer once all was rehearsed, with near matches; None for nothing."""
    who = met.viewer
    if not who.given or met.has_viewer or who.accounts:
        return None
    if met.unclear is not None:
        return met.unclear
    try:
        find(_who_is_who(met.accounts), who.given)
    except PersonUnclear as trouble:
        return trouble
    return None


def _who_is_who(accounts: Mapping[tuple[str, str], Account]) -> Persons:
    return resolve(
        [
            # A key that nobody can have typed: what is only met gets none.
            AccountRow(key=f"{source}\n{id_}", source=source, id=id_, name=one.name, address=one.address)
            for (source, id_), one in accounts.items()
        ]
    )
