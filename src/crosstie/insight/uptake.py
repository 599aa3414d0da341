"""Of one topic: how many of a group took it up soon after contact with users of another group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crosstie.privacy import SMALLEST_EVER, Kind

_AT_ONCE = 4_000_000
"""So many worlds times pairs are looked at together: it bounds memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Users:
    """The U users of one topic, and E pairs of them in contact.

    Attributes:
        person: (U,) numbers of people.
        at: (U,) when each first used it, microseconds since 1970.
        begins, ends: (U,) from when to when each was there.
        taker, giver: (E,) rows of users: who may have taken it up from whom.
        since: (E,) since when they are in contact.
        counts_from: () what is taken up earlier may have been in use before the record began.
        soon: () within how many microseconds it counts.
    """

    person: NDArray[np.int64]
    at: NDArray[np.int64]
    begins: NDArray[np.int64]
    ends: NDArray[np.int64]
    taker: NDArray[np.int64]
    giver: NDArray[np.int64]
    since: NDArray[np.int64]
    counts_from: int
    soon: int


class Cells:
    """The C pairs of groups of one kind between which a topic could have moved.

    Attributes:
        group: (U,) the group of each user, -1 for none.
        giver, taker: (C,) numbers of groups.
    """

    def __init__(self, users: Users, kind: Kind, pairs: NDArray[np.int64]) -> None:
        """Take cells of some pairs of people alone; `possible` returns all that there are."""
        self._users, self._kind = users, kind
        self.group = kind.group[users.person]
        cell = self.group[users.giver[pairs]] * kind.count + self.group[users.taker[pairs]]
        order = np.lexsort((users.taker[pairs], cell))
        self._pairs, cell = pairs[order], cell[order]
        is_new = np.ones(len(cell), dtype=np.bool_)
        is_new[1:] = (np.diff(cell) != 0) | (np.diff(users.taker[self._pairs]) != 0)
        self._takers = np.flatnonzero(is_new)
        cells, self._cells = np.unique(cell[self._takers], return_index=True)
        self._of_pair = np.searchsorted(cells, cell)
        self.giver, self.taker = cells // kind.count, cells % kind.count

    @classmethod
    def between_all(cls, users: Users, kind: Kind) -> Cells:
        """Return those of all groups with any two people in contact."""
        group = kind.group[users.person]
        across = (group[users.giver] >= 0) & (group[users.taker] >= 0)
        return cls(users, kind, np.flatnonzero(across & (group[users.giver] != group[users.taker])))

    @classmethod
    def possible(cls, users: Users, kind: Kind) -> Cells:
        """Return those where the one group used it first, and where five people of either were in contact.

        All of them users of the topic. Who of a group used it when does not matter to that, so chance has the
        same cells.
        """
        cells = cls.between_all(users, kind)
        in_use = cells.in_use_at()
        giver, taker = in_use[cells.giver], in_use[cells.taker]
        return cells.only(
            (cells.different(users.taker) >= SMALLEST_EVER)
            & (cells.different(users.giver) >= SMALLEST_EVER)
            & (giver < taker)
            & (taker >= users.counts_from)
        )

    def only(self, kept: NDArray[np.bool_]) -> Cells:
        """Return some of the cells.

        Args:
            kept: (C,) which.
        """
        return Cells(self._users, self._kind, self._pairs[kept[self._of_pair]])

    def __len__(self) -> int:
        return len(self.giver)

    def in_use_at(self) -> NDArray[np.int64]:
        """Return (G,) when the fifth of a group used it; the end of time where fewer do."""
        fifth = np.full(self._kind.count, np.iinfo(np.int64).max)
        for group in range(self._kind.count):
            at = self._users.at[self.group == group]
            if len(at) >= SMALLEST_EVER:
                fifth[group] = np.partition(at, SMALLEST_EVER - 1)[SMALLEST_EVER - 1]
        return fifth

    def people(self, at: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return (S, C) how many people took it up soon after the first contact with a user.

        Args:
            at: (S, U) times, in one world a row.
        """
        if not len(self):
            return np.empty((len(at), 0), dtype=np.int64)
        step = max(1, _AT_ONCE // len(self._pairs))
        some = [self._took_up(at[low : low + step]) for low in range(0, len(at), step)]
        return np.concatenate([np.add.reduceat(one, self._cells, axis=1, dtype=np.int64) for one in some])

    def people_back(self) -> NDArray[np.int64]:
        """Return (C,) how many of the giving group took it up soon after contact with the taking one."""
        every = Cells.between_all(self._users, self._kind)
        table = np.zeros((self._kind.count, self._kind.count), dtype=np.int64)
        table[every.giver, every.taker] = every.people(self._users.at[None, :])[0]
        back: NDArray[np.int64] = table[self.taker, self.giver]
        return back

    def pairs(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the people who took it up so, each beside everybody of the giving group they had it from.

        That is whom they were in contact with before, and who had used it before.
        """
        users = self._users
        took = self._took_up(users.at[None, :])[0]
        by_pair = np.repeat(took, np.diff(self._takers, append=len(self._pairs)))
        taker, giver = users.taker[self._pairs], users.giver[self._pairs]
        before = np.maximum(users.at[giver], users.since[self._pairs]) < users.at[taker]
        return users.person[taker[by_pair & before]], users.person[giver[by_pair & before]]

    def different(self, users: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return (C,) how many different users stand at one end of a cell's pairs.

        Args:
            users: (E,) those at that end of all pairs.
        """
        ends = np.unique(np.column_stack([self._of_pair, users[self._pairs]]), axis=0)
        return np.bincount(ends[:, 0], minlength=len(self))

    def _took_up(self, at: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return (S, N) whether each taker of each cell did."""
        users, pairs = self._users, self._pairs
        met = np.maximum(at[:, users.giver[pairs]], users.since[pairs])
        first = np.minimum.reduceat(met, self._takers, axis=1)
        taken = at[:, users.taker[pairs[self._takers]]]
        took: NDArray[np.bool_] = (first < taken) & (taken <= first + users.soon)
        return took & (taken >= users.counts_from)
