"""Shortest paths between sampled pairs: who stands between how many, about; compiled."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from crosstie.ideas.compiled import compiled
from crosstie.network.circles import Circles, Offsets
from crosstie.network.kernels.heaps import Distances, pop, push
from crosstie.network.kernels.paths import FAR, lengths
from crosstie.network.network import Indices, Weights


def crossed(circles: Circles, *, samples: int, seed: int) -> NDArray[np.int64]:
    """Return (P,) how many of the sampled shortest paths go through each person.

    Each sample draws two people at random and, of all shortest paths between them, one; a pair that is not
    connected has none. The two are looked for from both ends at once, so that only a small part of the
    network is seen. With fewer than two people nothing is drawn.

    References:
        Riondato, M. and Kornaropoulos, E. M. (2016). Fast approximation of betweenness centrality through
        sampling. Data Mining and Knowledge Discovery 30.
        Borassi, M. and Natale, E. (2019). KADABRA is an adaptive algorithm for betweenness via random
        approximation. ACM J. Experimental Algorithmics 24: the search from both ends.
    """
    if circles.people < 2:  # noqa: PLR2004 - a pair
        return np.zeros(circles.people, dtype=np.int64)
    generator = np.random.default_rng(seed)
    one = generator.integers(circles.people, size=samples)
    other = generator.integers(circles.people - 1, size=samples)
    other += other >= one
    return _crossed(
        circles.starts,
        circles.contacts,
        lengths(circles),
        np.stack([one, other], axis=1),
        int(generator.integers(2**31)),
    )


@compiled
def _crossed(  # noqa: C901, PLR0912 - one search from both ends; a call per step would cost the inlining
    starts: Offsets, contacts: Indices, length: Distances, pairs: NDArray[np.int64], seed: int
) -> NDArray[np.int64]:
    np.random.seed(seed)  # noqa: NPY002 - inside compiled code this is the code's own generator
    people = len(starts) - 1
    through = np.zeros(people, dtype=np.int64)
    distance = np.full((2, people), FAR, dtype=np.int64)
    paths = np.zeros((2, people))
    settled = np.zeros((2, people), dtype=np.bool_)
    order = np.empty((2, people), dtype=np.int32)
    touched = np.empty((2, people), dtype=np.int32)
    keys = np.empty((2, len(contacts) + 1), dtype=np.int64)
    waiting = np.empty((2, len(contacts) + 1), dtype=np.int32)
    size = np.zeros(2, dtype=np.int64)
    reached = np.zeros(2, dtype=np.int64)
    marked = np.zeros(2, dtype=np.int64)
    for sample in range(len(pairs)):
        size[:], reached[:], marked[:] = 0, 0, 0
        for side in range(2):
            end = pairs[sample, side]
            distance[side, end], paths[side, end] = 0, 1.0
            size[side] = push(keys[side], waiting[side], 0, 0, end)
            touched[side, 0] = end
            marked[side] = 1
        best = FAR
        while size[0] > 0 and size[1] > 0 and keys[0, 0] + keys[1, 0] - 2 < best:
            side = 0 if size[0] <= size[1] else 1
            person = waiting[side, 0]
            size[side] = pop(keys[side], waiting[side], size[side])
            if settled[side, person]:
                continue
            settled[side, person] = True
            order[side, reached[side]] = person
            reached[side] += 1
            for at in range(starts[person], starts[person + 1]):
                other = contacts[at]
                to = distance[side, person] + length[at]
                if to < distance[side, other]:
                    if distance[side, other] == FAR:
                        touched[side, marked[side]] = other
                        marked[side] += 1
                    distance[side, other], paths[side, other] = to, paths[side, person]
                    size[side] = push(keys[side], waiting[side], size[side], to, other)
                    best = min(best, to + distance[1 - side, other])
                elif to == distance[side, other]:
                    paths[side, other] += paths[side, person]
        if best < FAR:
            near = keys[0, 0] - 1 if size[0] > 0 else FAR
            ends = _crossing(starts, contacts, length, distance, paths, order[0, : reached[0]], best, near)
            for side in range(2):
                _walk(starts, contacts, length, distance[side], paths[side], ends[side], through)
            for side in range(2):
                through[pairs[sample, side]] -= 1
        for side in range(2):
            for place in range(marked[side]):
                person = touched[side, place]
                distance[side, person], paths[side, person] = FAR, 0.0
                settled[side, person] = False
    return through


@compiled
def _crossing(  # noqa: PLR0917 - compiled code takes columns by place
    starts: Offsets,
    contacts: Indices,
    length: Distances,
    distance: NDArray[np.int64],
    paths: Weights,
    order: Indices,
    best: int,
    near: int,
) -> tuple[np.int64, np.int64]:
    """Return the tie at which one of the shortest paths, each as likely, leaves what is `near` the first end.

    Everybody at `near` or nearer was settled from the first end, and everybody beyond who lies on a shortest
    path was settled from the other end.
    """
    total = 0.0
    found = (np.int64(-1), np.int64(-1))
    for person in order:
        if distance[0, person] > near:
            continue
        for at in range(starts[person], starts[person + 1]):
            other = contacts[at]
            to = distance[0, person] + length[at]
            if to > near and to + distance[1, other] == best:
                ways = paths[0, person] * paths[1, other]
                total += ways
                if np.random.random() * total < ways:  # noqa: NPY002 - seeded by the caller
                    found = (np.int64(person), np.int64(other))
    if total == 0.0:  # all of the way lies near the first end: walk it whole from the other
        for person in order:
            if distance[0, person] == best and distance[1, person] == 0:
                found = (np.int64(person), np.int64(-1))
    return found


@compiled
def _walk(  # noqa: PLR0917 - as above
    starts: Offsets,
    contacts: Indices,
    length: Distances,
    distance: Distances,
    paths: Weights,
    person: np.int64,
    through: NDArray[np.int64],
) -> None:
    """Walk a shortest path back to its end, each as likely, and count whom it goes through, ends and all."""
    while person >= 0:
        through[person] += 1
        if distance[person] == 0:
            return
        left = np.random.random() * paths[person]  # noqa: NPY002 - seeded by the caller
        before = np.int64(-1)
        for at in range(starts[person], starts[person + 1]):
            other = contacts[at]
            if distance[other] + length[at] == distance[person]:
                before = np.int64(other)
                left -= paths[other]
                if left < 0:
                    break
        person = before
