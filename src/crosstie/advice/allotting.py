"""Who is suggested to whom, so that some places are kept for far groups and nobody is suggested too often."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from crosstie.advice.worthwhile import Worthwhile

A_FIFTH = 5
"""One place in so many, at least one, may go to someone who would else be suggested to nobody."""


def lists(
    found: Worthwhile, *, most: int, bridges: int, named_at_most: int, nobody_forgotten: bool
) -> list[int]:
    """Return rows that make a list of suggestions for each person, best first.

    The best matches of all come first. Of each list, `bridges` places are kept for groups that the person
    hardly reaches, and go to others only where there is nobody of them.

    Args:
        found: everyone's candidates.
        most: places in a list.
        bridges: how many of them are kept.
        named_at_most: how often somebody is suggested to others at most.
        nobody_forgotten: whether everyone is first suggested to one for whom they are worth most, so that
            those who are never the best for anybody are suggested too.
    """
    given = _Given(found)
    if nobody_forgotten:
        share = max(1, most // A_FIFTH)
        for row in given.best_of_each_candidate():
            if given.named[found.candidate[row]] == 0 and given.own[found.person[row]] < share:
                given.give(row)
    near, far = _best_first(found.worth, found), _best_first(found.bridge_worth, found)

    def has_room(row: int) -> bool:
        return given.own[given.person[row]] < most and given.named[given.candidate[row]] < named_at_most

    def is_not_kept(row: int) -> bool:
        return has_room(row) and given.own[given.person[row]] < most - bridges

    given.take(near, is_not_kept)
    given.take(far, lambda row: has_room(row) and given.bridges[given.person[row]] < bridges)
    given.take(near, has_room)
    rows = np.array(given.rows, dtype=np.int64)
    chosen: list[int] = rows[np.lexsort((found.drawn[rows], -found.worth[rows], found.person[rows]))].tolist()
    return chosen


def meetings(found: Worthwhile, *, places: NDArray[np.int64], bridges: int) -> list[int]:
    """Return rows that bring people together, in the order in which they are to be made.

    An introduction takes a place of both. Everybody has one before anybody has two, as far as there is
    somebody for them; the last place of each is for groups they hardly reach, if they had none before.

    Args:
        found: everyone's candidates.
        places: (P,) how many introductions each may be in.
        bridges: how many places of each are kept.
    """
    given = _Given(found, of_both=True)
    near, far = _best_first(found.worth, found), _best_first(found.bridge_worth, found)
    most = int(places.max(initial=0))

    for up_to in range(1, most + 1):
        own = np.minimum(up_to, places)
        if up_to > most - bridges:
            without = [count == 0 for count in given.bridges]
            given.bring_together(far, own, places, among=without)
        given.bring_together(near, own, own)
        given.bring_together(near, own, places)
    return given.rows


class _Given:
    """What was given so far: rows, and of each person how many, how many far, how often they were named."""

    def __init__(self, found: Worthwhile, *, of_both: bool = False) -> None:
        self.found, self.of_both = found, of_both
        self.person: list[int] = found.person.tolist()
        self.candidate: list[int] = found.candidate.tolist()
        self.is_bridge: list[bool] = found.is_bridge.tolist()
        people = max(self.person + self.candidate, default=-1) + 1
        self.own: list[int] = [0] * people
        self.bridges: list[int] = [0] * people
        self.named: list[int] = [0] * people
        self.rows: list[int] = []
        self.pairs: set[tuple[int, int]] = set()

    def give(self, row: int) -> None:
        """Give one row."""
        one, other = self.person[row], self.candidate[row]
        self.rows.append(row)
        self.pairs.add(self._pair(row))
        self.own[one] += 1
        self.named[other] += 1
        self.bridges[one] += self.is_bridge[row]

    def take(self, rows: Iterable[int], fits: Callable[[int], bool]) -> None:
        """Give those rows that fit, one after the other, none twice."""
        for row in rows:
            if fits(row) and self._pair(row) not in self.pairs:
                self.give(row)

    def bring_together(
        self,
        rows: list[int],
        own: NDArray[np.int64],
        places: NDArray[np.int64],
        *,
        among: list[bool] | None = None,
    ) -> None:
        """Give those rows that fit, where each takes a place of both.

        Args:
            rows: the best first.
            own: (P,) introductions that those may be in for whom somebody is looked for.
            places: (P,) introductions that those may be in who are suggested.
            among: (P,) for whom to look, once each; for everyone, if not given.
        """
        used = [one + other for one, other in zip(self.own, self.named, strict=True)]
        taken, every = np.array(used, dtype=np.int64), np.array(rows, dtype=np.int64)
        person, candidate = self.found.person[every], self.found.candidate[every]
        is_open = (taken[person] < own[person]) & (taken[candidate] < places[candidate])
        if among is not None:
            is_open &= np.array(among, dtype=np.bool_)[person]
        most_own, most = own.tolist(), places.tolist()
        for row in every[is_open].tolist():
            one, other = self.person[row], self.candidate[row]
            if used[one] < most_own[one] and used[other] < most[other] and self._pair(row) not in self.pairs:
                if among is not None and self.bridges[one]:
                    continue
                self.give(row)
                used[one] += 1
                used[other] += 1

    def _pair(self, row: int) -> tuple[int, int]:
        """Return the two of a row, whichever way round where a row is for both of them."""
        one, other = self.person[row], self.candidate[row]
        return (other, one) if self.of_both and other < one else (one, other)

    def best_of_each_candidate(self) -> list[int]:
        """Return rows by candidate, those first who are worth most to somebody; of each the best first."""
        found = self.found
        best = np.zeros(len(self.named))
        np.maximum.at(best, found.candidate, found.worth)
        by = (found.drawn, -found.worth, found.candidate, -best[found.candidate])
        ordered: list[int] = np.lexsort(by).tolist()
        return ordered


def _best_first(worth: NDArray[np.float64], found: Worthwhile) -> list[int]:
    rows = np.flatnonzero(worth > 0)
    ordered: list[int] = rows[np.lexsort((found.drawn[rows], -worth[rows]))].tolist()
    return ordered


__all__ = ["lists", "meetings"]
