"""What one viewer sees of a snapshot: the part of the network the gate lets through."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from crosstie.actions import looking, snapshots
from crosstie.actions.home import Home
from crosstie.actions.pages.called import called
from crosstie.actions.snapshots import Snapshot
from crosstie.actions.views import PersonCard
from crosstie.errors import NotShown
from crosstie.network.network import NO_TIME, Network, Ties
from crosstie.network.tie import NO_DATE
from crosstie.people import Person, Persons, Viewer, may_see_ties


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """One viewer before one snapshot.

    Attributes:
        viewer: for whom.
        snapshot: the whole, not to be shown as it is.
        network: what of it the viewer may see.
        is_whole: whether that is all of it.
        persons: who is who.
        called: by key, how people are called whose name others have too.
    """

    viewer: Viewer
    snapshot: Snapshot
    network: Network
    is_whole: bool
    persons: Persons
    called: dict[str, str] = field(default_factory=dict)

    @property
    def me(self) -> int:
        """Return the viewer's row in the network.

        Raises:
            NotShown: the viewer is nobody in this network.
        """
        try:
            return self.network.index_of(self.viewer.person)
        except KeyError:
            raise NotShown(
                _("A circle is shown to its own person alone."),
                hint=_("Say who you are with --as, an address, a name or a key."),
            ) from None

    @property
    def as_of(self) -> datetime | None:
        """Return the date the decay counts from; None where nothing has a time, as in a table of ties."""
        return None if self.network.as_of == NO_DATE else self.network.as_of

    def person(self, row: int) -> Person:
        """Return the person of a row of the network."""
        key = str(self.network.persons[row])
        # An older snapshot may know someone by a key that has since become another's, joined to theirs.
        found = self.persons.by_key.get(key) or self.persons.by_key.get(self.persons.person_of.get(key, ""))
        return found or Person(key=key, name="", accounts=())

    def is_here(self, row: int) -> bool:
        """Say whether a person may be shown; an older snapshot holds those who opted out since."""
        return bool(self.person(row).accounts)

    def card(self, row: int) -> PersonCard:
        """Return a person as the viewer may see them."""
        person = self.person(row)
        return PersonCard(key=person.key, name=self.name_of(person), groups=dict(person.groups))

    def name_of(self, person: Person) -> str:
        """Return how a person is called here."""
        return self.called.get(person.key, person.name)


def sight(home: Home, who: Viewer | str | None) -> Sight:
    """Put a viewer before the workspace's current snapshot."""
    viewer = looking.as_viewer(home, who)
    return home.once(f"sight of {viewer.person} {viewer.read_everything}", lambda: sight_of(home, viewer))


def sight_of(home: Home, viewer: Viewer, *, of: str = "") -> Sight:
    """Put a viewer before the current snapshot for whom the caller vouches; `sight` asks the gate.

    Args:
        home: the workspace.
        viewer: for whom.
        of: a person who is in the network: the ties from them alone are looked at; "": all.
    """
    snapshot = snapshots.current(home)
    if of:
        snapshot = _of_one(snapshot, of)
    whole = snapshot.network
    mine = only(whole.ties, _allowed(viewer, whole, whole.ties))
    is_whole = len(mine) == len(whole.ties)
    network = whole
    if not is_whole:
        # Of two others, what open places tell; of the viewer's own ties, all.
        shown = only(snapshot.open_ties, _allowed(viewer, whole, snapshot.open_ties))
        network = replace(whole, ties=_with_own(viewer, whole, mine, shown))
    return Sight(
        viewer=viewer,
        snapshot=snapshot,
        network=network,
        is_whole=is_whole,
        persons=snapshots.persons(home),
        called=called(home),
    )


def _of_one(snapshot: Snapshot, key: str) -> Snapshot:
    """Return a snapshot with the ties from one person alone."""
    network, open_ties = snapshot.network, snapshot.open_ties
    row = network.index_of(key)
    theirs = _rows_from(network.ties, row)
    return replace(
        snapshot,
        network=replace(network, ties=only(network.ties, theirs)),
        alive=snapshot.alive[theirs],
        open_ties=only(open_ties, _rows_from(open_ties, row)),
    )


def _rows_from(ties: Ties, row: int) -> slice:
    return slice(*np.searchsorted(ties.learner, (row, row + 1)).tolist())


def _allowed(viewer: Viewer, network: Network, ties: Ties) -> NDArray[np.bool_]:
    return may_see_ties(viewer, network.persons, (ties.learner, ties.teacher), ties.is_open)


def _with_own(viewer: Viewer, network: Network, seen: Ties, shown: Ties) -> Ties:
    """Return the viewer's own ties from all evidence, and those of others from open evidence, sorted."""
    me = np.searchsorted(network.persons, viewer.person) if viewer.person else -1
    own = only(seen, (seen.learner == me) | (seen.teacher == me))
    others = only(shown, (shown.learner != me) & (shown.teacher != me))
    order = np.lexsort(
        (np.concatenate([own.teacher, others.teacher]), np.concatenate([own.learner, others.learner]))
    )
    return Ties(
        **{
            one.name: np.concatenate([getattr(own, one.name), getattr(others, one.name)])[order]
            for one in fields(Ties)
        }
    )


def only(ties: Ties, keep: NDArray[np.bool_] | slice) -> Ties:
    """Return the ties for which `keep` is true, or that it spans."""
    return Ties(**{one.name: getattr(ties, one.name)[keep] for one in fields(Ties)})


def moment(microseconds: int) -> datetime | None:
    """Return a time of a column, None where none is known."""
    if microseconds == NO_TIME:
        return None
    return datetime.fromtimestamp(microseconds / 1_000_000, tz=UTC)
