"""What new contacts would be worth: how near they are, how much larger and more varied circles get.

Everything is worked out for a block of B people at once, beside all P.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from crosstie.advice.spreading import spread
from crosstie.network.circles import Circles, sums
from crosstie.network.network import Ties, Weights

KNOWN = 0.5
"""What a known tie adds to its nearness however long ago it was, beside 1 for one reply of today."""

SHORT = 0.1
"""What a way over one person counts among those over two, which there may be none of."""

APART = 0.01
"""What two have in common who took part in nothing together, beside the logarithm of what others did."""

TOGETHER = 0.25
"""The power of what two took part in together, beside a half for each of the ways over ties."""

People = NDArray[np.int64]
"""(B,) indices of the people for whom something is worked out."""


def nearness(ties: Ties) -> Weights:
    """Return (T,) how near the two of each tie are: the root of log2(1 + contact) + known.

    Logarithm and root keep the few who write all day from deciding everything; what was known does not decay
    to nothing.
    """
    near: Weights = np.sqrt(np.log2(1.0 + ties.contact) + KNOWN * ties.known)
    return near


def rows_of(circles: Circles, people: People) -> Weights:
    """Return (B, P) the weights of each person's ties, 0 where there is none."""
    rows = np.zeros((len(people), circles.people))
    for row, person in enumerate(people.tolist()):
        own = slice(int(circles.starts[person]), int(circles.starts[person + 1]))
        rows[row, circles.contacts[own]] = circles.weights[own]
    return rows


def closeness(reach: Circles, people: People, *, together: Circles | None = None) -> Weights:
    """Return (B, P) how much leads from each person to every other; 0 where they have nobody in common.

    The product of the roots of three sums, so that nobody comes first by one of them alone:

    * resource allocation over mutual contacts, the sum of w(i,z) w(z,j) / k(z): those count who know few;
    * the same over two people, the sum of w(i,u) w(u,v) w(v,j) / k(u) k(v), and `SHORT` of the former;
    * how alike their circles are, the cosine of w(i,.) and w(j,.): a busy candidate counts less;

    times the fourth root of log(1 + what they took part in together) + `APART`. w is the nearness of a tie, k
    a person's sum of it. It says how likely two people come to work together on their own.

    Args:
        reach: every open tie, weighted by nearness.
        people: (B,) whose.
        together: who took part in the same open conversations, by how much.

    References:
        Zhou, T., Lü, L. and Zhang, Y.-C. (2009). Predicting missing links via local information. EPJ B 71.
        Kovács, I. A. et al. (2019). Network-based prediction of protein interactions. Nature Comm. 10.
    """
    rows = rows_of(reach, people)
    length = np.sqrt(sums(reach.rows(), reach.weights**2, people=reach.people))
    strength = sums(reach.rows(), reach.weights, people=reach.people)
    share = _inverse(strength)
    over_one = spread(rows * share, reach)
    over_two = spread(over_one * share, reach) + SHORT * over_one
    alike = spread(rows, reach) * _inverse(length) * _inverse(length[people])[:, None]
    found: Weights = np.sqrt(over_one * over_two * alike)
    if together is not None:
        found *= (np.log1p(rows_of(together, people)) + APART) ** TOGETHER
    return found


def _inverse(amounts: Weights) -> Weights:
    return np.divide(1.0, amounts, out=np.zeros_like(amounts), where=amounts > 0)


def common_contacts(open_circles: Circles, inside: NDArray[np.bool_]) -> Weights:
    """Return (B, P) with how many people of each of B circles everyone is in contact.

    Args:
        open_circles: who is in contact with whom.
        inside: (B, P) who is in which circle.
    """
    alike = Circles(
        starts=open_circles.starts,
        contacts=open_circles.contacts,
        weights=np.ones_like(open_circles.weights),
    )
    return spread(inside.astype(np.float64), alike)


def size_gains(common: Weights, inside: NDArray[np.bool_]) -> Weights:
    """Return (B, P) by how much the effective size of each circle grows with each person in it.

    Effective size is n - 2t/n, with n contacts and t ties among them, so a new contact with c contacts in
    the circle adds 1 - 2(t + c)/(n + 1) + 2t/n. At most 1 where the circle is empty, and below 0 for
    someone who knows everybody already.

    Args:
        common: (B, P) from `common_contacts`.
        inside: (B, P) who is in which circle.

    References:
        Borgatti, S. P. (1997). Structural holes: unpacking Burt's redundancy measures. Connections 20.
    """
    people = inside.sum(axis=1, keepdims=True)
    ties = (common * inside).sum(axis=1, keepdims=True) / 2
    before = np.divide(2 * ties, people, out=np.zeros_like(ties), where=people > 0)
    gains: Weights = 1.0 - 2.0 * (ties + common) / (people + 1) + before
    return gains


def diversity_gains(group_of: NDArray[np.int64], groups: int, contact: Weights) -> Weights:
    """Return (B, P) by how much the group diversity of each circle grows with each person in it.

    The Hill number of order 1 over groups, where the new contact weighs as much as the circle's average one.
    0 for people of no known group.

    Args:
        group_of: (P,) number of each person's group, -1 where unknown.
        groups: how many groups there are.
        contact: (B, P) the contact of each of B people with everyone in their circle, else 0.
    """
    known = np.flatnonzero(group_of >= 0)
    gains = np.zeros((len(contact), groups + 1))  # the last one, by index -1, is for those of no known group
    if groups and len(known):
        member = np.zeros((len(group_of), groups))
        member[known, group_of[known]] = 1.0
        held = contact @ member
        counted = (contact[:, known] > 0).sum(axis=1, keepdims=True)
        more = np.divide(
            held.sum(axis=1, keepdims=True), counted, out=np.ones(counted.shape), where=counted > 0
        )
        # exp(ln S - sum(x ln x) / S), with one x and S larger by `more`.
        spent = _x_ln_x(held)
        total = held.sum(axis=1, keepdims=True)
        before = np.where(total > 0, _hill(spent.sum(axis=1, keepdims=True), total), 0.0)
        after = spent.sum(axis=1, keepdims=True) - spent + _x_ln_x(held + more)
        gains[:, :groups] = _hill(after, total + more) - before
    return gains[:, group_of]


def _x_ln_x(amounts: Weights) -> Weights:
    return amounts * np.log(np.where(amounts > 0, amounts, 1.0))


def _hill(spent: Weights, total: Weights) -> Weights:
    safe = np.where(total > 0, total, 1.0)
    found: Weights = np.exp(np.log(safe) - spent / safe)
    return found


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
