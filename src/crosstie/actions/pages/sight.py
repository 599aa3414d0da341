"""What one viewer sees of a snapshot: the part of the network the gate lets through."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from crosstie.actions import looking, snapshots
from crosstie.actions.home import Home
from crosstie.actions.snapshots import Snapshot
from crosstie.actions.views import PersonCard
from crosstie.errors import NotShown
from crosstie.network.network import NO_TIME, Network, Ties
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
    """

    viewer: Viewer
    snapshot: Snapshot
    network: Network
    is_whole: bool
    persons: Persons

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
                "A circle is shown to its own person alone.",
                hint="Say who you are with --as, an address, a name or a key.",
            ) from None

    def person(self, row: int) -> Person:
        """Return the person of a row of the network."""
        return self.persons.by_key[str(self.network.persons[row])]

    def card(self, row: int) -> PersonCard:
        """Return a person as the viewer may see them."""
        person = self.person(row)
        return PersonCard(key=person.key, name=person.name, groups=dict(person.groups))


def sight(home: Home, who: Viewer | str | None) -> Sight:
    """Put a viewer before the workspace's current snapshot."""
    viewer = looking.as_viewer(home, who)
    snapshot = snapshots.current(home)
    whole = snapshot.network
    seen = may_see_ties(viewer, whole.persons, (whole.ties.learner, whole.ties.teacher), whole.ties.is_open)
    is_whole = bool(seen.all())
    network = whole if is_whole else replace(whole, ties=only(whole.ties, seen))
    return Sight(
        viewer=viewer, snapshot=snapshot, network=network, is_whole=is_whole, persons=snapshots.persons(home)
    )


def only(ties: Ties, keep: NDArray[np.bool_]) -> Ties:
    """Return the ties for which `keep` is true."""
    return Ties(**{one.name: getattr(ties, one.name)[keep] for one in fields(Ties)})


def moment(microseconds: int) -> datetime | None:
    """Return a time of a column, None where none is known."""
    if microseconds == NO_TIME:
        return None
    return datetime.fromtimestamp(microseconds / 1_000_000, tz=UTC)
