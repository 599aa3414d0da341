"""The picture of one person's circle: the person in the middle, the contacts around."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from crosstie.network.circles import Circles
from crosstie.network.communities import communities_of
from crosstie.network.network import Indices, Weights

NEAREST = 0.34
"""Radius of the nearest contacts; the farthest stand at 1."""

ROOM = 0.11
"""Contacts stand at least this far apart, up to sixty of them; a dot may be as wide."""

GAP = 0.6
"""Free angle between two clusters, in places of one contact."""

ROUNDS = 400


def circle_layout(
    contact: Weights, pairs: Indices, weights: Weights, *, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """Place n contacts around a person who stands at 0, 0.

    The stronger the contact, the nearer; contacts who are in touch with one another are neighbours in angle.
    The radius follows the order of the strengths and not their size, so that one strong tie does not press
    all others to the rim. Same input and seed, same picture.

    Args:
        contact: (n,) contact with each.
        pairs: (m, 2) who of them is in touch with whom, by index, each pair once; pairs that name an index of
            n or more are left out (contacts who are not drawn).
        weights: (m,) their contact.
        seed: seed of the clusters.

    Returns:
        (n, 2) positions within the unit circle, and (n,) the cluster of each, numbered from the largest; who
        is in touch with no other contact is a cluster of their own.
    """
    people = len(contact)
    if people == 0:
        return np.zeros((0, 2)), np.zeros(0, dtype=np.int32)
    drawn = (pairs < people).all(axis=1) & (pairs[:, 0] != pairs[:, 1]) & (weights > 0)
    touch = np.zeros((people, people))
    np.add.at(touch, (pairs[drawn, 0], pairs[drawn, 1]), weights[drawn])
    touch += touch.T
    cluster = _clusters(touch, seed)
    order = _order(touch, cluster)
    angle = _angles(cluster[order])
    radius = _radii(contact)
    position = np.empty((people, 2))
    position[order] = _apart(angle, radius[order])
    return position, cluster


def _clusters(touch: NDArray[np.float64], seed: int) -> NDArray[np.int32]:
    """Return (n,) communities of those in touch; loners are numbered after them, one each."""
    rows, columns = np.nonzero(touch)
    starts = np.zeros(len(touch) + 1, dtype=np.int64)
    np.cumsum(np.bincount(rows, minlength=len(touch)), out=starts[1:])
    circles = Circles(starts=starts, contacts=columns.astype(np.int32), weights=touch[rows, columns])
    cluster = communities_of(circles, seed=seed).astype(np.int32)
    alone = cluster < 0
    cluster[alone] = cluster.max(initial=-1) + 1 + np.arange(int(alone.sum()), dtype=np.int32)
    return cluster


def _order(touch: NDArray[np.float64], cluster: NDArray[np.int32]) -> NDArray[np.intp]:
    """Return the contacts in the order of their angle: by cluster, near clusters side by side.

    Both by the first uneven vectors of the graph's Laplacian, which put neighbours at near values.
    """
    people = len(touch)
    # A little of everything to everything joins the parts, so that the vectors are those of one graph.
    joined = touch + 1e-3 * (touch.max() or 1.0) * (1.0 - np.eye(people))
    laplacian = np.diag(joined.sum(axis=1)) - joined
    vectors: NDArray[np.float64] = np.linalg.eigh(laplacian)[1][:, 1:3]
    if vectors.shape[1] == 0:
        return np.zeros(people, dtype=np.intp)
    # The sign of such a vector is free: the entry that is farthest from 0 is made positive.
    vectors = vectors * np.sign(vectors[np.abs(vectors).argmax(axis=0), np.arange(vectors.shape[1])])
    turn = np.arctan2(vectors[:, -1], vectors[:, 0])
    sizes = np.bincount(cluster)
    middle = np.bincount(cluster, weights=np.cos(turn)), np.bincount(cluster, weights=np.sin(turn))
    heading = np.arctan2(middle[1], middle[0])
    loner = sizes[cluster] == 1
    return np.lexsort((np.arange(people), turn, cluster, heading[cluster], loner))


def _angles(cluster: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return (n,) angles in the given order: equal steps, and a gap where the cluster changes."""
    sizes = np.bincount(cluster)
    alone = sizes[cluster] == 1
    changes = (cluster != np.roll(cluster, 1)) & ~(alone & np.roll(alone, 1))
    if len(cluster) == 1:
        changes[:] = False
    steps = np.cumsum(1.0 + GAP * changes)
    whole = float(len(cluster) + GAP * changes.sum())
    turned: NDArray[np.float64] = 2.0 * np.pi * (steps - steps[0]) / whole - np.pi / 2
    return turned


def _radii(contact: Weights) -> Weights:
    """Return (n,) radii by the order of strength, spread so that every ring has room for its share."""
    people = len(contact)
    if people == 1:
        return np.full(1, NEAREST)
    order = np.argsort(np.argsort(-contact, kind="stable"), kind="stable") / (people - 1)
    radius: Weights = np.sqrt(NEAREST**2 + (1.0 - NEAREST**2) * order)
    return radius


def _apart(angle: NDArray[np.float64], radius: Weights) -> NDArray[np.float64]:
    """Return (n, 2) positions in which no two are nearer than `ROOM`, turned as little as needed.

    Those too near are turned apart, each at its own radius, since the radius means something.
    """
    people = len(angle)
    angle = angle.copy()
    upper = np.triu(np.ones((people, people), dtype=bool), 1)
    for _ in range(ROUNDS):
        position = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
        apart = position[:, None] - position[None]
        distance = np.hypot(apart[..., 0], apart[..., 1])
        near = upper & (distance < ROOM)
        if not near.any():
            break
        one, other = np.nonzero(near)
        between = (angle[one] - angle[other] + np.pi) % (2.0 * np.pi) - np.pi
        way = np.where(between >= 0, 1.0, -1.0)
        push = way * (1.05 * ROOM - distance[one, other]) / (radius[one] + radius[other])
        np.add.at(angle, one, push)
        np.add.at(angle, other, -push)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


__all__ = ["ROOM", "circle_layout"]
