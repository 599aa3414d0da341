"""The one gate: what a viewer may see of people and their ties (`docs/explanation/privacy.md`)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crosstie.people.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """The person for whom something is shown.

    Attributes:
        person: their key; "" for someone who only looks at groups.
        read_everything: all that was read involves this person or is open to them: the workspace was read in
            personal mode with `--as` this person, who therefore was at every place in it.
        member: the number of the member who signed in, in organisation mode; 0 otherwise.
        account: the key of the member's own account, "" where nobody signed in.
        role: what the member may do; no role sees more of a person.
    """

    person: str
    read_everything: bool = False
    member: int = 0
    account: str = ""
    role: Role = Role.MEMBER


def may_see_ties(
    viewer: Viewer,
    persons: NDArray[np.object_],
    ends: tuple[NDArray[np.int32], NDArray[np.int32]],
    is_open: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Say of each tie whether the viewer may see it.

    One's own ties: always. A tie between two others: only if every piece of its evidence lies in a place
    open to the viewer. Someone who is nobody in the network sees no tie between people at all.

    Args:
        viewer: for whom.
        persons: (P,) person keys.
        ends: two (T,) arrays of indices into `persons`.
        is_open: (T,) whether all evidence of a tie lies in open places.

    Returns:
        (T,) booleans.
    """
    here = np.flatnonzero(persons == viewer.person) if viewer.person else np.empty(0, dtype=np.int64)
    if len(here) == 0:
        return np.zeros(len(is_open), dtype=np.bool_)
    if viewer.read_everything:
        return np.ones(len(is_open), dtype=np.bool_)
    own = (ends[0] == here[0]) | (ends[1] == here[0])
    seen: NDArray[np.bool_] = own | is_open
    return seen
