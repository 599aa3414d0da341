"""A snapshot older than somebody's opting out, without the ties of those who may not be shown any more."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from crosstie.network.network import Ties
from crosstie.people import Persons

if TYPE_CHECKING:
    from crosstie.actions.snapshots import Snapshot


def of_those_here(snapshot: Snapshot, who: Persons) -> Snapshot:
    """Return a snapshot without the ties of those who may not be shown any more; they stay, tied to nobody.

    What was summed over everybody (groups, months, one's own figures) is as it was until the next is made: it
    names nobody.
    """
    everyone, keys = who.everyone.person_of, snapshot.network.persons.tolist()
    gone = np.array([everyone.get(key, "") not in who.by_key for key in keys], dtype=np.bool_)
    if not gone.any():
        return snapshot
    ties = snapshot.network.ties
    return replace(
        snapshot,
        network=replace(snapshot.network, ties=_without(ties, gone)),
        alive=snapshot.alive[~(gone[ties.learner] | gone[ties.teacher])],
        open_ties=_without(snapshot.open_ties, gone),
    )


def _without(ties: Ties, gone: NDArray[np.bool_]) -> Ties:
    stays = ~(gone[ties.learner] | gone[ties.teacher])
    return Ties(**{one.name: getattr(ties, one.name)[stays] for one in fields(Ties)})
