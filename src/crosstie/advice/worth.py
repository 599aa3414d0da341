"""What a new contact would be worth: how near they are, how much larger and more varied the circle gets."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from crosstie.network.circles import Circles, sums
from crosstie.network.network import Indices, Weights


def closeness(circles: Circles, person: int, *, farther: float) -> Weights:
    """Return (P,) how much leads from one person to each other over one mutual contact, or over two.

    Resource allocation, the sum over mutual contacts z of w(i,z) w(z,j) / k(z), plus `farther` times the
    same over paths of three ties, sum of w(i,u) w(u,v) w(v,j) / k(u) k(v). A weight w is log(1 + contact),
    k a person's sum of them. It says how likely two people come to work together on their own.

    References:
        Zhou, T., Lü, L. and Zhang, Y.-C. (2009). Predicting missing links via local information. EPJ B 71.
        Kovács, I. A. et al. (2019). Network-based prediction of protein interactions. Nature Comm. 10.
    """
    weights = np.log1p(circles.weights)
    rows = circles.rows()
    strength = sums(rows, weights, people=circles.people)
    share = np.divide(1.0, strength, out=np.zeros_like(strength), where=strength > 0)
    mine = np.zeros(circles.people)
    own = slice(int(circles.starts[person]), int(circles.starts[person + 1]))
    mine[circles.contacts[own]] = weights[own]
    reached = sums(circles.contacts, weights * (mine * share)[rows], people=circles.people)
    onward = sums(circles.contacts, weights * (reached * share)[rows], people=circles.people)
    return reached + farther * onward


def common_contacts(circles: Circles, circle: Indices) -> NDArray[np.int64]:
    """Return (P,) how many people of a circle each person is in contact with."""
    inside = np.zeros(circles.people, dtype=np.bool_)
    inside[circle] = True
    return np.bincount(circles.contacts[inside[circles.rows()]], minlength=circles.people)


def size_gains(common: NDArray[np.int64], circle: Indices) -> Weights:
    """Return (P,) by how much the effective size of a circle grows with each person in it.

    Effective size is n - 2t/n, with n contacts and t ties among them, so a new contact with c contacts in
    the circle adds 1 - 2(t + c)/(n + 1) + 2t/n. At most 1 where the circle is empty, and below 0 for
    someone who knows everybody already.

    Args:
        common: (P,) from `common_contacts`.
        circle: (n,) who is in the circle.

    References:
        Borgatti, S. P. (1997). Structural holes: unpacking Burt's redundancy measures. Connections 20.
    """
    people = len(circle)
    ties = float(common[circle].sum()) / 2
    before = 2 * ties / people if people else 0.0
    return 1.0 - 2.0 * (ties + common) / (people + 1) + before


def diversity_gains(group_of: NDArray[np.int64], groups: int, circle: Indices, contact: Weights) -> Weights:
    """Return (P,) by how much the group diversity of a circle grows with each person in it.

    The Hill number of order 1 over groups, where the new contact weighs as much as the circle's average one.
    0 for people of no known group.

    Args:
        group_of: (P,) number of each person's group, -1 where unknown.
        groups: how many groups there are.
        circle: (n,) who is in the circle.
        contact: (n,) the contact with each of them.
    """
    known = group_of[circle] >= 0
    held = sums(group_of[circle][known], contact[known], people=max(groups, 1))
    more = float(contact[known].mean()) if known.any() else 1.0
    before = _hill(held) if known.any() else 0.0
    gains = np.zeros(groups + 1)  # the last one, by index -1, is for those of no known group
    for group in range(groups):
        after = held.copy()
        after[group] += more
        gains[group] = _hill(after) - before
    return gains[group_of]


def _hill(amounts: Weights) -> float:
    share = amounts[amounts > 0] / amounts.sum()
    return float(np.exp(-(share * np.log(share)).sum()))


def middle(similarity: Weights, *, strength: float) -> Weights:
    """Return (n,) factors that are 1 for the middle of the similarities, and less towards either end.

    Those with some overlap gain most from meeting: with none there is nothing to talk about, with much there
    is nothing new. The middle is that of the candidates, by rank, equal ones sharing theirs.

    Args:
        similarity: (n,) of each candidate.
        strength: how much the ends lose, 0 to 1.

    References:
        Lane, J. N. et al. (2021). Engineering serendipity. Strategic Management Journal 42.
    """
    if len(similarity) == 0:
        return similarity
    rounded = np.round(similarity, 12)  # the last bits depend on the order of a sum
    ordered = np.sort(rounded)
    low = np.searchsorted(ordered, rounded, side="left")
    high = np.searchsorted(ordered, rounded, side="right")
    rank = (low + high) / (2 * len(rounded))
    return 1.0 - strength * (2.0 * rank - 1.0) ** 2
