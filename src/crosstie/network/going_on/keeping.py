"""What a tying keeps for a later one, and how it goes on from an earlier one."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from arro3.core import Array, DataType, Table
from numpy.typing import NDArray

from crosstie.network import tie_queries
from crosstie.network.going_on import queries
from crosstie.network.going_on.adding import added, faded, inserted, renumbered, with_rows
from crosstie.network.going_on.answered import Accounts, opened_before, opened_first, rows_of, written_before
from crosstie.network.going_on.kept import FADING, Kept, Threads, numbers, places_in, table_of
from crosstie.network.going_on.refusals import Anew, CannotGoOn
from crosstie.network.network import NO_TIME
from crosstie.network.pairs import ENDS, Summed
from crosstie.record.query import for_many

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class Keeping:
    """Keeps of one tying what a later one goes on from, and lets it go on from an earlier one.

    Args:
        earlier: what an earlier tying kept, with the same settings and acts.
        since: what came between that and this one, as a tying that went on from the earlier one kept it. The
            interactions of this one are those that came since both.
        trail: the file with the acts of the earlier one (`crosstie.network.trail`); without it, what is taken
            also from this tying sees only the acts that came since.
        is_held: whether what came since is little, and is held in memory, so that DuckDB plans for few rows
            (`crosstie.record.query.for_few`) until it is tied.
    """

    def __init__(
        self,
        earlier: Kept | None = None,
        since: Kept | None = None,
        *,
        trail: Path | None = None,
        is_held: bool = False,
    ) -> None:
        self.earlier = earlier
        self._since = since
        self._before = tuple(kept for kept in (earlier, since) if kept is not None)
        self.trail = trail
        self._is_held = is_held
        self._now: Kept
        self._pairs: Summed
        self._accounts: Accounts
        self._threads: Threads
        self._row: NDArray[np.uint64]
        self._author: NDArray[np.int32]
        self._unanswered: NDArray[np.uint64]

    @property
    def latest(self) -> int | None:
        """The time of the latest interaction that the earlier tying saw."""
        latest = max((kept.latest for kept in self._before), default=NO_TIME)
        return None if latest == NO_TIME else latest

    def look_up(self, connection: DuckDBPyConnection) -> None:
        """Make the tables of who is answered.

        Raises:
            CannotGoOn: ties would not come out as from all interactions.
        """
        if not self._before:
            connection.execute(tie_queries.WRITTEN)
            connection.execute(queries.FIRST_NUMBERS)
            self._accounts = Accounts.of(connection)
            self._threads = opened_first(connection, self._accounts)
            return
        latest = self._before[-1]
        connection.register("tie_kept", _accounts(latest))
        connection.execute(queries.LATER_NUMBERS)
        self._accounts = Accounts.of(connection)
        self._refuse_other_persons(latest)
        connection.execute(queries.UNKNOWN_BEFORE)
        self._row, self._author = rows_of(connection)
        self._unanswered = written_before(connection, self._before, self._accounts, self._row, self._author)
        self._threads = opened_before(connection, self._before, self._accounts)

    def _refuse_other_persons(self, earlier: Kept) -> None:
        """Refuse where an account that was there is now another person's, or is known only now."""
        person, is_known = (
            one[: len(earlier.account)] for one in (self._accounts.person, self._accounts.is_known)
        )
        if (earlier.is_known & (~is_known | (person != earlier.person))).any():
            raise CannotGoOn(Anew.PERSONS)
        if (~earlier.is_known & is_known).any():
            raise CannotGoOn(Anew.MET)

    def take(
        self,
        connection: DuckDBPyConnection,
        people: NDArray[np.object_],
        *,
        summed: Summed,
        lasting: Summed,
        half_life: float,
    ) -> Summed:
        """Return the pairs of all interactions, and keep them.

        Args:
            connection: with the tables of this tying.
            people: its persons by number.
            summed: its pairs.
            lasting: the pairs of its acts without a time.
            half_life: in microseconds.
        """
        ((date, latest),) = connection.execute(queries.TIMES).fetchall()
        if self.earlier is None:
            self._row, self._author = rows_of(connection)
            found = connection.execute(queries.UNANSWERED).fetchnumpy()
            self._unanswered = np.asarray(found["id"], dtype=np.uint64)
        now = Kept(
            date=date,
            latest=latest,
            people=people,
            pairs=_in_order(summed),
            lasting=_in_order({name: lasting[name] for name in (*ENDS, *FADING)}),
            account=self._accounts.account,
            person=self._accounts.person,
            is_known=self._accounts.is_known,
            row=self._row,
            author=self._author,
            threads=self._threads,
            unanswered=self._unanswered,
        )
        if self._since is not None:
            now = _together(self._since, now, _pairs(self._since, now, half_life))
        self._now, self._pairs = now, now.pairs
        if self.earlier is None:
            return now.pairs
        self._pairs = _pairs(self.earlier, now, half_life)
        if self.trail is not None:
            if self._is_held:
                for_many(connection)
            _show_all_acts(connection, self.trail, self._before[-1], now)
        return self._pairs

    def since(self) -> Kept:
        """Return what came since the earlier tying, once it is tied, for a later one to go on from both."""
        return self._now

    def kept(self) -> Kept:
        """Return what a later tying goes on from, of all interactions, once they are tied."""
        return self._now if self.earlier is None else _together(self.earlier, self._now, self._pairs)

    def clear(self, connection: DuckDBPyConnection) -> None:
        """Drop everything made here."""
        connection.execute(tie_queries.dropped(queries.MADE))
        if self._before:
            connection.unregister("tie_written")
        connection.unregister("tie_opened")
        connection.unregister("tie_renumbered")
        connection.unregister("tie_kept")


def _in_order(pairs: Summed) -> Summed:
    order = np.argsort(numbers(pairs["low"], pairs["high"]))
    return {name: column[order] for name, column in pairs.items()}


def _pairs(before: Kept, now: Kept, half_life: float) -> Summed:
    """Return the pairs of all interactions, from those kept before and those of what came since."""
    number = _renumbering(before, now)
    factor = 0.5 ** ((now.date - before.date) / half_life)
    return added(
        faded(renumbered(before.pairs, number), renumbered(before.lasting, number), factor), now.pairs
    )


def _together(before: Kept, now: Kept, pairs: Summed) -> Kept:
    """Return what is to be kept of all interactions, from what was kept before and from what came since."""
    place = np.searchsorted(before.row, now.row)
    return replace(
        now,
        latest=max(before.latest, now.latest),
        pairs=pairs,
        lasting=added(renumbered(before.lasting, _renumbering(before, now)), now.lasting),
        row=np.insert(before.row, place, now.row),
        author=np.insert(before.author, place, now.author),
        threads=_threads(before.threads, now.threads),
        unanswered=inserted(before.unanswered, now.unanswered),
    )


def _threads(before: Threads, now: Threads) -> Threads:
    there, place = places_in(before.id, now.id)
    into = np.searchsorted(before.id, now.id[~there])
    of_now = {one.name: getattr(now, one.name) for one in fields(Threads)}
    return Threads(
        **with_rows(
            {name: getattr(before, name) for name in of_now},
            {name: column[there] for name, column in of_now.items()},
            place,
            {name: column[~there] for name, column in of_now.items()},
            into,
        )
    )


def _show_all_acts(connection: DuckDBPyConnection, trail: Path, before: Kept, now: Kept) -> None:
    """Let what is taken from this tying see the acts of the earlier one too."""
    numbers_before = np.arange(len(before.people), dtype=np.int32)
    renumbering = {"before": numbers_before, "number": _renumbering(before, now)}
    connection.register("tie_renumbered", table_of(renumbering))
    connection.execute(queries.EARLIER_ACTS, [str(trail)])
    connection.execute("ALTER VIEW tie_strongest RENAME TO tie_since")
    connection.execute(queries.ALL_ACTS)


def _renumbering(before: Kept, now: Kept) -> NDArray[np.int32]:
    if np.array_equal(now.people, before.people):  # on most days nobody came, and texts are slow to look up
        return np.arange(len(before.people), dtype=np.int32)
    return np.searchsorted(now.people, before.people).astype(np.int32)


def _accounts(kept: Kept) -> Table:
    return Table.from_pydict(
        {
            "account": Array(kept.account.tolist(), DataType.utf8()),
            "person": Array(kept.person.tolist(), DataType.utf8()),
            "is_known": Array(kept.is_known.tolist(), DataType.bool()),
            "number": Array.from_numpy(np.arange(len(kept.account), dtype=np.int32)),
        }
    )
