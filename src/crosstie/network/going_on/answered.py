"""Who is answered: what is kept to look it up, and how it is looked up among older interactions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from arro3.core import Array, DataType, Table
from numpy.typing import NDArray

from crosstie.network.going_on import queries
from crosstie.network.going_on.kept import NOBODY, Kept, Threads, places_in
from crosstie.network.going_on.refusals import Anew, CannotGoOn
from crosstie.network.network import NO_TIME

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_NEVER = np.iinfo(np.int64).max


_CHANGED = ("first", "first_at", "other", "other_at", "asks", "bar")


class Accounts(NamedTuple):
    """The accounts there are, by number, those of an earlier tying first.

    Attributes:
        account, person, is_known: (A,) as in `Kept`.
        number: (A,) of its person in this tying; below 0 where it is tied to nobody.
    """

    account: NDArray[np.object_]
    person: NDArray[np.object_]
    is_known: NDArray[np.bool_]
    number: NDArray[np.int32]

    @classmethod
    def of(cls, connection: DuckDBPyConnection) -> Accounts:
        """Look them up."""
        found = connection.execute(queries.NUMBERED).fetchnumpy()
        person = np.array(np.ma.getdata(found["person"]), dtype=object)
        person[np.ma.getmaskarray(found["person"])] = None
        return cls(
            account=np.asarray(found["account"], dtype=object),
            person=person,
            is_known=np.asarray(found["is_known"], dtype=np.bool_),
            number=np.asarray(found["number"], dtype=np.int32),
        )


class _Since(NamedTuple):
    """The threads of the interactions there are, each with the time of its last row for a bar.

    Attributes:
        threads: as said.
        earliest: (H,) the time of each one's first row.
    """

    threads: Threads
    earliest: NDArray[np.int64]

    @classmethod
    def of(cls, connection: DuckDBPyConnection) -> _Since:
        """Look at every thread."""
        found = connection.execute(queries.WRITERS).fetchnumpy()
        writer = {name: np.ma.getdata(column) for name, column in found.items()}
        first = np.flatnonzero(np.diff(writer["id"], prepend=~writer["id"][:1]))
        other = np.minimum(first + 1, len(writer["id"]) - 1)
        has_other = np.diff(first, append=len(writer["id"])) > 1
        threads = Threads(
            id=writer["id"][first],
            first=writer["number"][first],
            first_at=writer["first_at"][first],
            other=np.where(has_other, writer["number"][other], NOBODY).astype(np.int32),
            other_at=np.where(has_other, writer["first_at"][other], NO_TIME),
            asks=writer["asks"][first].astype(np.bool_),
            bar=_by_thread(np.maximum, writer["latest"], first),
        )
        return cls(threads, _by_thread(np.minimum, writer["earliest"], first))


def _by_thread(reduced: np.ufunc, column: NDArray[np.int64], first: NDArray[np.intp]) -> NDArray[np.int64]:
    """Return the largest or smallest of each thread; `reduceat` refuses to have none."""
    return np.asarray(reduced.reduceat(column, first) if len(first) else column, dtype=np.int64)


def rows_of(connection: DuckDBPyConnection) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Return (R,) the id of every interaction, sorted, and (R,) the number of the account that made it."""
    found = connection.execute(queries.ROWS).fetchnumpy()
    return np.asarray(found["id"], dtype=np.uint64), np.asarray(found["author"], dtype=np.int32)


def written_before(
    connection: DuckDBPyConnection,
    before: Sequence[Kept],
    accounts: Accounts,
    row: NDArray[np.uint64],
    author: NDArray[np.int32],
) -> NDArray[np.uint64]:
    """Show who wrote what is answered, among what came now and before; return what nobody did.

    Args:
        connection: with what came now.
        before: of earlier tyings.
        accounts: that there are.
        row: (R,) from `rows_of`.
        author: (R,) from `rows_of`.

    Raises:
        CannotGoOn: an older row answers one that came now, or one that came now was there before.
    """
    for kept in before:
        if places_in(kept.unanswered, row)[0].any():
            raise CannotGoOn(Anew.ANSWERED)
        if places_in(kept.row, row)[0].any():
            raise CannotGoOn(Anew.CHANGED)
    answered = np.asarray(connection.execute(queries.ANSWERED).fetchnumpy()["id"], dtype=np.uint64)
    ids, numbers = [], []
    for rows, authors in [(row, author), *((kept.row, kept.author) for kept in before)]:
        is_there, place = places_in(rows, answered)
        ids.append(answered[is_there])
        numbers.append(authors[place])
        answered = answered[~is_there]
    found: dict[str, Any] = {
        "id": Array.from_numpy(np.concatenate(ids)),
        "author": _named(accounts, np.concatenate(numbers)),
    }
    connection.register("tie_written", Table.from_pydict(found))
    return np.sort(answered)


def opened_before(connection: DuckDBPyConnection, before: Sequence[Kept], accounts: Accounts) -> Threads:
    """Show who wrote first in each thread in which something came now; return those threads.

    Args:
        connection: with what came now.
        before: of earlier tyings, the latest last.
        accounts: that there are.

    Raises:
        CannotGoOn: a row came late.
    """
    since = _Since.of(connection)
    there, known = _known(before, since.threads)
    if (since.earliest[there] <= known.bar).any():
        raise CannotGoOn(Anew.LATE)
    opened = replace(since.threads, **{name: getattr(since.threads, name).copy() for name in _CHANGED})
    opened.first[there], opened.first_at[there] = known.first, known.first_at
    opened.asks[there] = known.asks
    # One of the first two who wrote since is another person than who opened it, if two wrote.
    person = accounts.number
    is_another = person[since.threads.first[there]] != person[opened.first[there]]
    had_two = known.other != NOBODY
    for other, first, earlier in (
        (opened.other, since.threads.first, known.other),
        (opened.other_at, since.threads.first_at, known.other_at),
    ):
        other[there] = np.where(had_two, earlier, np.where(is_another, first[there], other[there]))
    opened.bar[there] = np.maximum(opened.bar[there], known.bar)
    return _opened(connection, opened, accounts)


def _known(before: Sequence[Kept], threads: Threads) -> tuple[NDArray[np.bool_], Threads]:
    """Return which of the threads there were before, and how those stood after what was said last."""
    there = np.zeros(len(threads.id), dtype=np.bool_)
    columns = {one.name: getattr(threads, one.name).copy() for one in fields(Threads)}
    for kept in before:
        is_there, place = places_in(kept.threads.id, threads.id)
        there |= is_there
        for name, column in columns.items():
            column[is_there] = getattr(kept.threads, name)[place]
    return there, Threads(**{name: column[there] for name, column in columns.items()})


def opened_first(connection: DuckDBPyConnection, accounts: Accounts) -> Threads:
    """Show who wrote first in every thread there is; return the threads."""
    return _opened(connection, _Since.of(connection).threads, accounts)


def _opened(connection: DuckDBPyConnection, threads: Threads, accounts: Accounts) -> Threads:
    """Show who wrote first in each of these threads; return them.

    Whoever writes after the first two is answered by nobody, so a row later than those changes nothing of
    what was told before. While one person alone has written, a second who wrote before their last row would
    be whom that row answers.

    Args:
        connection: with the tables of a tying under way.
        threads: with the time of the last row for a bar.
        accounts: that there are.
    """
    has_other = threads.other != NOBODY
    other = np.where(has_other, threads.other, len(accounts.account)).astype(np.int32)
    found: dict[str, Any] = {
        "id": Array.from_numpy(threads.id),
        "person": Array.from_numpy(accounts.number[threads.first]),
        "account": _named(accounts, threads.first),
        "first_at": Array.from_numpy(threads.first_at),  # `NO_TIME` is before all
        "asks": Array.from_numpy(threads.asks),
        "other_account": _named(accounts, other),
        "other_first_at": Array.from_numpy(threads.other_at),
    }
    connection.register("tie_opened", Table.from_pydict(found))
    since_two = np.where(threads.other_at == NO_TIME, _NEVER, threads.other_at)
    return replace(threads, bar=np.where(has_other, since_two, threads.bar))


def _named(accounts: Accounts, numbers: NDArray[np.int32]) -> Array:
    """Return accounts by their keys; none for the number after the last."""
    keys = Array([*accounts.account.tolist(), None], DataType.utf8())
    return keys.take(Array.from_numpy(numbers))
