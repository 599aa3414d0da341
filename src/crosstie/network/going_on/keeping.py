"""What a tying keeps for a later one, and how it goes on from an earlier one."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from arro3.core import Array, DataType, Table
from numpy.typing import NDArray

from crosstie.network import tie_queries
from crosstie.network.going_on import queries
from crosstie.network.going_on.adding import added, faded, inserted, renumbered, rested_on, with_rows
from crosstie.network.going_on.answered import opened_before, opened_first, rows_of, written_before
from crosstie.network.going_on.kept import FADING, Kept, Threads, numbers, places_in, table_of
from crosstie.network.going_on.refusals import Anew, CannotGoOn
from crosstie.network.network import NO_TIME
from crosstie.network.pairs import ENDS, Summed

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_NOTHING = 2.0**-41
"""Weights are summed as whole numbers of 2**-40 (`crosstie.network.kernels.summing`); half of one is none."""


class Keeping:
    """Keeps of one tying what a later one goes on from, and lets it go on from an earlier one.

    Args:
        earlier: what an earlier tying kept, with the same settings and acts, where the interactions of this
            one are those that came since.
        trail: the file with the acts of the earlier one (`crosstie.network.trail`); without it, what is taken
            also from this tying sees only the acts that came since.
    """

    kept: Kept

    def __init__(self, earlier: Kept | None = None, *, trail: Path | None = None) -> None:
        self.earlier = earlier
        self.trail = trail
        self._threads: Threads
        self._row: NDArray[np.uint64]
        self._author: NDArray[np.int32]
        self._unanswered: NDArray[np.uint64]

    @property
    def latest(self) -> int | None:
        """The time of the latest interaction that the earlier tying saw."""
        return None if self.earlier is None or self.earlier.latest == NO_TIME else self.earlier.latest

    def look_up(self, connection: DuckDBPyConnection) -> None:
        """Make the tables of who is answered.

        Raises:
            CannotGoOn: ties would not come out as from all interactions.
        """
        if self.earlier is None:
            connection.execute(tie_queries.WRITTEN)
            connection.execute(queries.FIRST_NUMBERS)
            self._threads = opened_first(connection)
            return
        connection.register("tie_kept", _accounts(self.earlier))
        ((of_others, met),) = connection.execute(queries.CHANGED).fetchall()
        if of_others or met:
            raise CannotGoOn(Anew.PERSONS if of_others else Anew.MET)
        connection.execute(queries.LATER_NUMBERS)
        connection.execute(queries.UNKNOWN_BEFORE)
        self._row, self._author = rows_of(connection)
        self._unanswered = written_before(connection, self.earlier, self._row, self._author)
        self._threads = opened_before(connection, self.earlier)

    def take(
        self,
        connection: DuckDBPyConnection,
        summed: Summed,
        external_ids: NDArray[np.object_],
        *,
        half_life: float,
    ) -> tuple[Summed, NDArray[np.object_]]:
        """Return the pairs of all interactions with the external ids behind them, and keep them.

        Args:
            connection: with the tables of this tying.
            summed: its pairs.
            external_ids: those behind them.
            half_life: in microseconds.
        """
        order = np.argsort(numbers(summed["low"], summed["high"]))
        summed = {name: np.asarray(column)[order] for name, column in summed.items()}
        lasting: Summed = dict(connection.execute(queries.LASTING).fetchnumpy())
        latest = _number(connection, f'SELECT coalesce(epoch_us(max("at")), {NO_TIME}) FROM interactions')  # noqa: S608 - a number
        if self.earlier is None:
            self._row, self._author = rows_of(connection)
            found = connection.execute(queries.UNANSWERED).fetchnumpy()
            self._unanswered = np.asarray(found["id"], dtype=np.uint64)
        people = np.asarray(connection.execute(_PEOPLE).fetchnumpy()["key"], dtype=object)
        found = connection.execute(queries.NUMBERED).fetchnumpy()
        now = Kept(
            date=_number(connection, "SELECT epoch_us(as_of) FROM tie_date"),
            latest=latest,
            people=people,
            pairs=summed,
            lasting=lasting,
            external_id=external_ids,
            account=np.asarray(found["account"], dtype=object),
            person=_texts(found["person"]),
            is_known=np.asarray(found["is_known"], dtype=np.bool_),
            row=self._row,
            author=self._author,
            threads=self._threads,
            unanswered=self._unanswered,
        )
        self.kept = now if self.earlier is None else _together(self.earlier, now, half_life)
        if self.earlier is not None and self.trail is not None:
            _show_all_acts(connection, self.trail, self.earlier, self.kept)
        # What has all but faded is nothing, as it is where all are summed anew.
        left = {
            name: np.where(one < _NOTHING, 0.0, one)
            for name, one in self.kept.pairs.items()
            if name in FADING
        }
        return self.kept.pairs | left, self.kept.external_id

    def clear(self, connection: DuckDBPyConnection) -> None:
        """Drop everything made here."""
        for made in queries.MADE:
            connection.execute(f"DROP {made.replace(' ', ' IF EXISTS ', 1)}")
        connection.unregister("tie_renumbered")
        connection.unregister("tie_kept")


_PEOPLE = "SELECT key FROM tie_person ORDER BY number"


def _together(before: Kept, now: Kept, half_life: float) -> Kept:
    """Return what is to be kept of all interactions, from what was kept before and from what came since."""
    number = _renumbering(before, now)
    factor = 0.5 ** ((now.date - before.date) / half_life)
    lasting = renumbered(before.lasting, number)
    since = {f"{end}_place": now.pairs[f"{end}_place"] + len(before.external_id) for end in ENDS}
    pairs, external_ids = rested_on(
        added(faded(renumbered(before.pairs, number), lasting, factor), now.pairs | since),
        np.concatenate([before.external_id, now.external_id]),
    )
    place = np.searchsorted(before.row, now.row)
    return Kept(
        date=now.date,
        latest=max(before.latest, now.latest),
        people=now.people,
        pairs=pairs,
        lasting=added(lasting, now.lasting),
        external_id=external_ids,
        account=now.account,
        person=now.person,
        is_known=now.is_known,
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


def _texts(column: NDArray[Any]) -> NDArray[np.object_]:
    """Return a column of texts with None for null."""
    texts = np.array(np.ma.getdata(column), dtype=object)
    texts[np.ma.getmaskarray(column)] = None
    return texts


def _number(connection: DuckDBPyConnection, query: str) -> int:
    ((number,),) = connection.execute(query).fetchall()
    return int(number)
