"""Who is in a member's circle, for what is written behind the pages; a page shows it by `pages.circle`."""

from __future__ import annotations

import numpy as np

from crosstie.actions import snapshots
from crosstie.actions.home import Home
from crosstie.actions.organisation import gate


def people_in(home: Home, account: str) -> frozenset[str]:
    """Return the keys of the people in a member's circle, active or known; nobody where there is none yet.

    It is for deciding what to say to this member, and never for showing it to another.
    """
    network = snapshots.current(home).network
    try:
        me = network.index_of(gate.person_of(home, account))
    except KeyError:
        return frozenset()
    ties = network.ties
    # Contact has no direction, so each of them stands in one row with the member as the learner.
    start, end = np.searchsorted(ties.learner, [me, me + 1])
    there = ties.active[start:end] | ties.known[start:end]
    return frozenset(str(key) for key in network.persons[ties.teacher[start:end][there]])
