"""One pass over all triangles gives every measure of structural holes; compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from crosstie.ideas.compiled import compiled
from crosstie.network.circles import Circles, Offsets, circles_of
from crosstie.network.kernels.orienting import Oriented, oriented
from crosstie.network.kernels.prefetching import AHEAD, prefetch
from crosstie.network.network import Network, Weights

AT_ONCE = 256
"""How many triangles are kept until they are summed; they stay in the nearest memory."""

_LEAST = np.finfo(np.float64).tiny
"""Stands for a strength of 0, whose redundancy is 0 too."""


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
    ties = oriented(circles.starts, circles.contacts, circles.weights)
    strength, strongest = (column[ties.people] for column in _sums(circles.starts, circles.weights))
    with np.errstate(divide="ignore"):  # of people without contacts, whom no tie asks for
        share, top, level = 1.0 / strength, 1.0 / strongest, np.log(strength)
    indirect, redundancy, triangles = _triangles(ties, share, top)
    constraint, spread = _parts(ties, share, level, indirect)
    found = [np.empty(circles.people) for _ in range(4)]
    for column, values in zip(
        found, (constraint, redundancy / np.maximum(strength, _LEAST), triangles, spread), strict=True
    ):
        column[ties.people] = values
    return Holes(*found)


@compiled
def _sums(starts: Offsets, weights: Weights) -> tuple[Weights, Weights]:
    """Return the sum of each person's contact, and the largest of it."""
    people = len(starts) - 1
    strength = np.zeros(people)
    strongest = np.zeros(people)
    for person in range(people):
        total, largest = 0.0, 0.0
        for at in range(starts[person], starts[person + 1]):
            total += weights[at]
            largest = weights[at] if weights[at] > largest else largest  # noqa: FURB136 - max() asks for NaN
        strength[person], strongest[person] = total, largest
    return strength, strongest


@compiled
def _triangles(ties: Oriented, share: Weights, top: Weights) -> tuple[Weights, Weights, Weights]:
    """Return each tie's indirect contact T, and each person's redundancy times strength, and triangles.

    Whether a wedge is closed is added to a count instead of asked: seven of eight are not, and a processor
    that guesses wrong waits longer than the sum takes. The closed ones of some contacts are then summed.
    """
    begins, ends, contact = ties.begins, ties.ends, ties.contact
    people = len(begins) - 1
    indirect = np.zeros(len(ends))
    redundancy = np.zeros(people)
    triangles = np.zeros(people)
    is_contact = np.zeros(people, dtype=np.uint8)
    place = np.empty(people, dtype=np.int32)
    longest = 0
    for a in range(people):
        longest = max(longest, begins[a + 1] - begins[a])
    closed = np.empty((2, longest + AT_ONCE), dtype=np.int32)
    for a in range(people):
        first, after = begins[a], begins[a + 1]
        for at in range(first, after):
            if at + 2 * AHEAD < len(ends):
                prefetch(begins, ends[at + 2 * AHEAD])
                row = begins[ends[at + AHEAD]]
                prefetch(ends, row)
                prefetch(contact, row)
                prefetch(indirect, row)
            is_contact[ends[at]] = 1
            place[ends[at]] = at
        found = 0
        for ab in range(first, after):
            for bc in range(begins[ends[ab]], begins[ends[ab] + 1]):
                closed[0, found], closed[1, found] = ab, bc
                found += is_contact[ends[bc]]
            if found < AT_ONCE and ab < after - 1:
                continue
            for triangle in range(found):
                to_b, bc = closed[0, triangle], closed[1, triangle]
                b, c = ends[to_b], ends[bc]
                ac = place[c]
                w_ab, w_ac, w_bc = contact[to_b], contact[ac], contact[bc]
                indirect[to_b] += w_ac * w_bc * share[c]
                indirect[ac] += w_ab * w_bc * share[b]
                indirect[bc] += w_ab * w_ac * share[a]
                redundancy[a] += w_bc * (w_ac * top[b] + w_ab * top[c])
                redundancy[b] += w_ac * (w_bc * top[a] + w_ab * top[c])
                redundancy[c] += w_ab * (w_bc * top[a] + w_ac * top[b])
                triangles[b] += 1
                triangles[c] += 1
            triangles[a] += found
            found = 0
        for at in range(first, after):
            is_contact[ends[at]] = 0
    return indirect, redundancy, triangles


@compiled
def _parts(ties: Oriented, share: Weights, level: Weights, indirect: Weights) -> tuple[Weights, Weights]:
    """Return each person's sum of the parts of the constraint, and of the parts times their logarithm.

    A part is the square of a share of the person's strength, so its logarithm is twice that of the contact
    less that of the strength, which is the level.
    """
    begins, ends, contact = ties.begins, ties.ends, ties.contact
    people = len(begins) - 1
    constraint = np.zeros(people)
    spread = np.zeros(people)
    for a in range(people):
        whole, ordered = 0.0, 0.0
        for at in range(begins[a], begins[a + 1]):
            b = ends[min(at + AHEAD, len(ends) - 1)]
            prefetch(share, b)
            prefetch(level, b)
            prefetch(constraint, b)
            prefetch(spread, b)
            b = ends[at]
            both = contact[at] + indirect[at]
            height = np.log(both)
            mine, theirs = (both * share[a]) ** 2, (both * share[b]) ** 2
            whole += mine
            constraint[b] += theirs
            ordered += 2.0 * mine * (height - level[a])
            spread[b] += 2.0 * theirs * (height - level[b])
        constraint[a] += whole
        spread[a] += ordered
    return constraint, spread
