"""A small solver: as many pairs as can be, and among those the best that swapping partners finds."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import islice
from random import Random

import numpy as np
from numpy.typing import NDArray

NOBODY = -1

_FEWEST_STARTS, _MOST_STARTS, _STARTS_SHARED = 4, 24, 1200

Allowed = NDArray[np.bool_]
Points = NDArray[np.int64]


def matched(allowed: Allowed, points: Points, *, seed: int, starts: int = 0) -> list[int]:
    """Return (n,) the partner of each person, `NOBODY` for those left over.

    As many people have a partner as is possible at all: a greedy choice is completed along augmenting paths
    (Edmonds). The sum of points is then raised by trading partners between two pairs, and between a pair and
    someone left over, until no trade helps; the best of several seeded starts is kept. That is not always the
    largest sum there is: docs/explanation/meeting.md says how near it comes.

    Args:
        allowed: (n, n) symmetric, false on the diagonal.
        points: (n, n) symmetric whole numbers, how good each pair is.
        seed: seed of the starts.
        starts: how many; if not given, the more the smaller the group, since small ones take no time.

    References:
        Edmonds, J. (1965). Paths, trees, and flowers. Canadian Journal of Mathematics 17.
    """
    best: list[int] = []
    most = -1
    count = starts or min(_MOST_STARTS, max(_FEWEST_STARTS, _STARTS_SHARED // max(len(allowed), 1)))
    for start in range(count if len(allowed) else 0):
        dice = Random(f"{seed}|{start}")
        # Every other start is blind to the points: trades from there end elsewhere.
        partner = _greedy(allowed, points if start % 2 == 0 else np.zeros_like(points), dice)
        _complete(allowed, partner)
        _trade(allowed, points, partner)
        total = sum(int(points[one, other]) for one, other in enumerate(partner) if one < other)
        if total > most:
            best, most = partner, total
    return best


def _greedy(allowed: Allowed, points: Points, dice: Random) -> list[int]:
    """Take the best pairs first, in the order drawn where they are equally good."""
    people = len(allowed)
    order = list(range(people))
    dice.shuffle(order)
    place = np.empty(people, dtype=np.int64)
    place[order] = np.arange(people)
    one, other = np.nonzero(np.triu(allowed, 1))
    low, high = np.minimum(place[one], place[other]), np.maximum(place[one], place[other])
    partner = [NOBODY] * people
    for row in np.lexsort((high, low, -points[one, other])).tolist():
        first, second = int(one[row]), int(other[row])
        if partner[first] == NOBODY and partner[second] == NOBODY:
            partner[first], partner[second] = second, first
    return partner


def _complete(allowed: Allowed, partner: list[int]) -> None:
    """Give as many people a partner as can have one, by augmenting paths; blossoms are drawn together."""
    ways = [np.flatnonzero(row).tolist() for row in allowed]
    for person, other in enumerate(partner):
        if other == NOBODY:
            _augment(ways, partner, person)


def _augment(ways: list[list[int]], partner: list[int], root: int) -> bool:
    """Look for a path from someone left over to another of them, and turn its pairs round."""
    search = _Search(partner, root)
    while search.queue:
        one = search.queue.popleft()
        for other in ways[one]:
            if search.base[one] == search.base[other] or partner[one] == other:
                continue
            if search.is_outer(other):
                search.draw_together(one, other)
            elif search.before[other] == NOBODY:
                search.before[other] = one
                if partner[other] == NOBODY:
                    search.turn_round(other)
                    return True
                search.reach(partner[other])
    return False


class _Search:
    """A tree of paths from one person left over: outer people lie an even number of steps away.

    Attributes:
        partner: the pairs, which are turned round where the search succeeds.
        before: the person from whom each inner one was reached.
        base: the blossom each person lies in, by the person where it is entered.
        queue: outer people from whom to go on.
    """

    def __init__(self, partner: list[int], root: int) -> None:
        self.partner, self.root = partner, root
        self.before = [NOBODY] * len(partner)
        self.base = list(range(len(partner)))
        self.outer = {root}
        self.queue = deque([root])

    def is_outer(self, person: int) -> bool:
        """Say whether a person lies an even number of steps from the root."""
        mate = self.partner[person]
        return person == self.root or (mate != NOBODY and self.before[mate] != NOBODY)

    def reach(self, person: int) -> None:
        """Go on from a person, once."""
        if person not in self.outer:
            self.outer.add(person)
            self.queue.append(person)

    def draw_together(self, one: int, other: int) -> None:
        """Make one blossom of the cycle that a step between two outer people closes."""
        top = self._common(one, other)
        inside: set[int] = set()
        for end, beyond in ((one, other), (other, one)):
            person, child = end, beyond
            while self.base[person] != top:
                mate = self.partner[person]
                inside |= {self.base[person], self.base[mate]}
                self.before[person] = child
                person, child = self.before[mate], mate
        for person, base in enumerate(self.base):
            if base in inside:
                self.base[person] = top
                self.reach(person)

    def _common(self, one: int, other: int) -> int:
        """Return the base where the ways back from two outer people meet."""
        seen = set()
        person = one
        while True:
            person = self.base[person]
            seen.add(person)
            if self.partner[person] == NOBODY:
                break
            person = self.before[self.partner[person]]
        person = self.base[other]
        while person not in seen:
            person = self.base[self.before[self.partner[person]]]
        return person

    def turn_round(self, last: int) -> None:
        """Turn the pairs round along the path that ends here."""
        person = last
        while person != NOBODY:
            ahead = self.before[person]
            following = self.partner[ahead]
            self.partner[person], self.partner[ahead] = ahead, person
            person = following


def trio_with(
    allowed: Allowed, points: Points, partner: list[int], *, left: int, tries: int = 2000
) -> tuple[int, int, int] | None:
    """Form a trio that takes in someone left over, and pair the rest anew, so that nobody else is left over.

    Trios with the one left over are tried first, then any others, since pairs can be turned round until
    somebody else is left over.

    Args:
        allowed: (n, n) as in `matched`; people in earlier trios have no true entry.
        points: (n, n) as in `matched`.
        partner: (n,) the pairs, changed where a trio is found.
        left: the one left over.
        tries: how many trios to try at most.

    Returns:
        The trio, whose people have no partner any more; None where none was found.
    """
    placed = {person for person, mate in enumerate(partner) if mate != NOBODY} | {left}
    for trio in islice(_trios(allowed, placed, left), tries):
        others = allowed.copy()
        others[list(trio)] = False
        others[:, list(trio)] = False
        ways = [np.flatnonzero(row).tolist() for row in others]
        changed = [NOBODY if person in trio or mate in trio else mate for person, mate in enumerate(partner)]
        rest = placed.difference(trio)
        for person in sorted(rest):
            if changed[person] == NOBODY:
                _augment(ways, changed, person)
        if all(changed[person] != NOBODY for person in rest):
            _trade(others, points, changed)
            partner[:] = changed
            return trio
    return None


def _trios(allowed: Allowed, placed: set[int], left: int) -> Iterator[tuple[int, int, int]]:
    """Yield the trios in which all three may meet, those with the one left over first."""
    for one in (left, *sorted(placed - {left})):
        around = [other for other in np.flatnonzero(allowed[one]).tolist() if other in placed]
        for row, other in enumerate(around):
            for third in around[row + 1 :]:
                if allowed[other, third] and (one == left or one < other):
                    yield one, other, third


def _trade(allowed: Allowed, points: Points, partner: list[int]) -> None:
    """Trade partners while that raises the sum; every trade keeps the number of pairs."""
    people = len(partner)
    better = True
    while better:
        better = False
        for one in range(people):
            if partner[one] == NOBODY:
                better |= _step_in(allowed, points, partner, one)
            elif one < partner[one]:
                better |= _swap(allowed, points, partner, one)


def _swap(allowed: Allowed, points: Points, partner: list[int], one: int) -> bool:
    """Trade partners with the pair with whom it helps most."""
    other = partner[one]
    mates = np.array(partner)
    third = np.flatnonzero(mates != NOBODY)
    third = third[(third != one) & (third != other)]
    fourth = mates[third]
    can = allowed[one, third] & allowed[other, fourth]
    gain = points[one, third] + points[other, fourth] - points[one, other] - points[third, fourth]
    gain = np.where(can, gain, 0)
    if len(gain) == 0 or gain.max() <= 0:
        return False
    first, second = int(third[gain.argmax()]), int(fourth[gain.argmax()])
    partner[one], partner[first] = first, one
    partner[other], partner[second] = second, other
    return True


def _step_in(allowed: Allowed, points: Points, partner: list[int], one: int) -> bool:
    """Let someone left over take the place of another, where that helps."""
    mates = np.array(partner)
    kept = np.flatnonzero((mates != NOBODY) & allowed[one])
    gain = points[one, kept] - points[kept, mates[kept]]
    if len(gain) == 0 or gain.max() <= 0:
        return False
    stays = int(kept[gain.argmax()])
    partner[partner[stays]] = NOBODY
    partner[one], partner[stays] = stays, one
    return True
