"""Communities: who is in touch with whom more than with the rest, by Leiden with a seed."""

from __future__ import annotations

import numpy as np

from crosstie.network.circles import Circles, circles_of
from crosstie.network.network import Indices, Network

NO_COMMUNITY = -1
"""Stands for people without an active tie."""

ROUNDS = 10
"""How often Leiden starts again from its own result; more than ten seldom changes anything."""


def communities(network: Network, *, seed: int, resolution: float = 1.0) -> Indices:
    """Return (P,) the number of each person's community, `NO_COMMUNITY` without an active tie.

    The active contact is parted by Leiden, maximising modularity. Communities are numbered from the largest;
    of two equally large ones the one with the smallest person comes first. Same network and
    seed, same answer.

    Args:
        network: the network to part.
        seed: the seed of the search.
        resolution: higher gives more and smaller communities.

    References:
        Traag, V. A., Waltman, L. and van Eck, N. J. (2019). From Louvain to Leiden. Scientific Reports 9.
    """
    return communities_of(circles_of(network), seed=seed, resolution=resolution)


def communities_of(circles: Circles, *, seed: int, resolution: float = 1.0) -> Indices:
    """Return the communities of circles, as `communities` does."""
    found = np.full(circles.people, NO_COMMUNITY, dtype=np.int32)
    tied = np.flatnonzero(circles.sizes > 0)
    if len(tied) == 0:
        return found
    from graspologic_native import leiden_csr

    place = np.full(circles.people, -1, dtype=np.int32)
    place[tied] = np.arange(len(tied), dtype=np.int32)
    starts = np.append(circles.starts[tied], circles.starts[-1])
    _, parts = leiden_csr(
        starts,
        place[circles.contacts],
        circles.weights,
        len(tied),
        resolution=resolution,
        iterations=ROUNDS,
        seed=seed,
    )
    found[tied] = _numbered(np.array([parts[person] for person in range(len(tied))], dtype=np.int64))
    return found


def matched(found: Indices, before: Indices) -> Indices:
    """Return the communities with the numbers they had before, as a team keeps its name.

    The community and the earlier one that have most people in common are the same, then of the rest those
    that have, and so on; of equal ones the smaller numbers come first. A community to which no number comes
    is new and gets one that never was.

    Args:
        found: (P,) number of each person's community now, `NO_COMMUNITY` for none.
        before: (P,) the same at an earlier date, for the same persons.

    References:
        Greene, D., Doyle, D. and Cunningham, P. (2010). Tracking the evolution of communities in dynamic
        social networks. ASONAM 2010.
    """
    both = (found != NO_COMMUNITY) & (before != NO_COMMUNITY)
    pairs, people = np.unique(np.stack([found[both], before[both]]), axis=1, return_counts=True)
    number = np.full(int(found.max(initial=NO_COMMUNITY)) + 1, NO_COMMUNITY, dtype=np.int32)
    taken: set[int] = set()
    for at in np.lexsort((pairs[1], pairs[0], -people)).tolist():
        now, then = int(pairs[0, at]), int(pairs[1, at])
        if number[now] == NO_COMMUNITY and then not in taken:
            number[now] = then
            taken.add(then)
    new = number == NO_COMMUNITY
    number[new] = int(before.max(initial=NO_COMMUNITY)) + 1 + np.arange(int(new.sum()), dtype=np.int32)
    # Nobody's number stands last, where -1 finds it.
    return np.append(number, np.int32(NO_COMMUNITY))[found]


def _numbered(labels: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Indices:
    """Return the labels renumbered: the largest part first, then the one with the smallest member."""
    _, first, part, sizes = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    number = np.empty(len(sizes), dtype=np.int32)
    number[np.lexsort((first, -sizes))] = np.arange(len(sizes), dtype=np.int32)
    return number[part]
