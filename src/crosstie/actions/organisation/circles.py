"""Who is in a member's circle, for what is written behind the pages; a page shows it by `pages.circle`."""

from __future__ import annotations

from crosstie.actions import snapshots
from crosstie.actions.home import Home
from crosstie.actions.organisation import gate
from crosstie.actions.panels import people_near


def people_in(home: Home, account: str) -> frozenset[str]:
    """Return the keys of the people in a member's circle, active or known; nobody where there is none yet.

    It is for deciding what to say to this member, and never for showing it to another.
    """
    return people_near(snapshots.current(home).network, gate.person_of(home, account))
