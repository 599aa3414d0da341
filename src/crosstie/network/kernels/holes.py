"""One pass over all triangles gives every measure of structural holes; compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from crosstie.ideas.compiled import compiled
from crosstie.network.circles import Circles, Offsets, circles_of
from crosstie.network.network import Indices, Network, Weights


class Holes(NamedTuple):
    """What the pass over the triangles finds for each person; (P,) each.

    Attributes:
        constraint: Burt's constraint; 0 for people without contacts, whose constraint is undefined.
        redundancy: the part of the circle's size that is redundant; effective size is size less this.
        triangles: pairs of contacts who are in contact with each other.
        spread: the sum of c ln c over the parts c of the constraint, one part a contact.
    """

    constraint: Weights
    redundancy: Weights
    triangles: Weights
    spread: Weights


def holes_of(network: Network) -> Holes:
    """Return what the pass finds on the active contact of a network, which is passed over once."""
    return network.once("holes", lambda: holes(circles_of(network)))


def holes(circles: Circles) -> Holes:
    """Return constraint, redundancy and triangles of everybody.

    With a(i,j) the contact, s(i) its sum over the circle of i and m(j) the largest contact of j:
    constraint is the sum over contacts j of ((a(i,j) + T(i,j)) / s(i))^2, where T(i,j) is the sum over
    common contacts q of a(i,q) a(q,j) / s(q); T is symmetric, so each triangle is visited once, from its
    person with the fewest contacts. Redundancy is the sum over contacts j and common contacts q of
    a(i,q) / s(i) * a(j,q) / m(j).
    """
    return Holes(*_holes(circles.starts, circles.contacts, circles.weights))


@compiled
def oriented(starts: Offsets, contacts: Indices, weights: Weights) -> tuple[Offsets, Indices, Weights]:
    """Return each tie once, in the row of its end with fewer contacts (then of the smaller index).

    So a person with thousands of contacts has a short row, and the pass over triangles stays short.
    """
    people = len(starts) - 1
    begins = np.zeros(people + 1, dtype=np.int64)
    ends = np.empty(len(contacts) // 2, dtype=np.int32)
    contact = np.empty(len(contacts) // 2)
    to = 0
    for i in range(people):
        size = starts[i + 1] - starts[i]
        for at in range(starts[i], starts[i + 1]):
            j = contacts[at]
            other = starts[j + 1] - starts[j]
            if size < other or (size == other and i < j):
                ends[to] = j
                contact[to] = weights[at]
                to += 1
        begins[i + 1] = to
    return begins, ends, contact


@compiled
def _holes(  # noqa: C901, PLR0912 - one pass; a call per triangle would hide it and cost the inlining
    starts: Offsets, contacts: Indices, weights: Weights
) -> tuple[Weights, Weights, Weights, Weights]:
    people = len(starts) - 1
    strength = np.zeros(people)
    strongest = np.zeros(people)
    for i in range(people):
        for at in range(starts[i], starts[i + 1]):
            strength[i] += weights[at]
            strongest[i] = max(strongest[i], weights[at])

    begins, ends, contact = oriented(starts, contacts, weights)
    indirect = np.zeros(begins[people])
    redundancy = np.zeros(people)
    triangles = np.zeros(people)
    place = np.full(people, -1, dtype=np.int64)
    for a in range(people):
        for at in range(begins[a], begins[a + 1]):
            place[ends[at]] = at
        for ab in range(begins[a], begins[a + 1]):
            b = ends[ab]
            for bc in range(begins[b], begins[b + 1]):
                c = ends[bc]
                ac = place[c]
                if ac < 0:
                    continue
                w_ab, w_ac, w_bc = contact[ab], contact[ac], contact[bc]
                indirect[ab] += w_ac * w_bc / strength[c]
                indirect[ac] += w_ab * w_bc / strength[b]
                indirect[bc] += w_ab * w_ac / strength[a]
                redundancy[a] += w_bc * (w_ac / strongest[b] + w_ab / strongest[c])
                redundancy[b] += w_ac * (w_bc / strongest[a] + w_ab / strongest[c])
                redundancy[c] += w_ab * (w_bc / strongest[a] + w_ac / strongest[b])
                triangles[a] += 1
                triangles[b] += 1
                triangles[c] += 1
        for at in range(begins[a], begins[a + 1]):
            place[ends[at]] = -1

    constraint = np.zeros(people)
    spread = np.zeros(people)
    for a in range(people):
        for at in range(begins[a], begins[a + 1]):
            b = ends[at]
            both = contact[at] + indirect[at]
            for side in range(2):
                end = a if side == 0 else b
                part = (both / strength[end]) ** 2
                constraint[end] += part
                if part > 0:  # the square of a vanishing share is nothing
                    spread[end] += part * np.log(part)
    for i in range(people):
        if strength[i] > 0:
            redundancy[i] /= strength[i]
    return constraint, redundancy, triangles, spread
