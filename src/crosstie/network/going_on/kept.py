"""What a tying keeps for the next one, and the file it lies in."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from arro3.core import Array, Table
from numpy.typing import NDArray

from crosstie.network.going_on import columns_file
from crosstie.network.network import Microseconds
from crosstie.network.pairs import Summed

NOBODY = -1
"""Stands in a column of accounts where there is none."""

FADING = ("contact", "low_learned", "high_learned", "low_turned_to", "high_turned_to")
"""The sums that fade."""

_TEXTS = ("people", "account", "person")
_PLAIN = ("is_known", "row", "author", "unanswered")


@dataclass(frozen=True, slots=True, kw_only=True)
class Threads:
    """Who wrote first in each thread; H threads, sorted by id.

    Attributes:
        id: (H,) hash of source and thread.
        first, other: (H,) accounts of the two persons who wrote first, by number; `NOBODY` for none.
        first_at, other_at: (H,) since when, `NO_TIME` where unknown.
        asks: (H,) whether it began with a question.
        bar: (H,) a row of this thread changes nothing of what was told before if it is later than this.
    """

    id: NDArray[np.uint64]
    first: NDArray[np.int32]
    first_at: Microseconds
    other: NDArray[np.int32]
    other_at: Microseconds
    asks: NDArray[np.bool_]
    bar: Microseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a tying keeps: sums by pair, and where to look up who is answered. It holds keys and hashes alone.

    Attributes:
        date: microseconds since 1970 from which the decay counts.
        latest: the time of the latest interaction, `NO_TIME` without any.
        people: (P,) the persons by number, sorted.
        pairs: as summed, sorted by (low, high), not yet with known ties or without ended ones.
        lasting: of the acts without a time, which do not fade: low, high and the sums named in `FADING`.
        account, person: (A,) every account that is known or was met, by number; its person or None.
        is_known: (A,) whether the account was known, with or without a person, or only met.
        row, author: (R,) the id of every interaction, sorted, and the account that made it, by number.
        threads: see `Threads`.
        unanswered: (U,) ids, sorted, that are answered or thanked and were not there.
    """

    date: int
    latest: int
    people: NDArray[np.object_]
    pairs: Summed
    lasting: Summed
    account: NDArray[np.object_]
    person: NDArray[np.object_]
    is_known: NDArray[np.bool_]
    row: NDArray[np.uint64]
    author: NDArray[np.int32]
    threads: Threads
    unanswered: NDArray[np.uint64]

    def save(self, file: Path) -> None:
        """Write it into a file."""
        columns_file.write(
            file,
            {
                "times": np.array([self.date, self.latest], dtype=np.int64),
                **{name: getattr(self, name) for name in _PLAIN},
                **{name: _packed(getattr(self, name)) for name in _TEXTS},
                **{f"pairs.{name}": column for name, column in self.pairs.items()},
                **{f"lasting.{name}": column for name, column in self.lasting.items()},
                **{f"threads.{one.name}": getattr(self.threads, one.name) for one in fields(Threads)},
            },
        )

    @classmethod
    def load(cls, file: Path) -> Kept | None:
        """Read it from a file; None where it is missing or damaged."""
        columns = columns_file.read(file)
        if columns is None:
            return None
        date, latest = columns["times"].tolist()
        return cls(
            date=date,
            latest=latest,
            pairs=_under("pairs.", columns),
            lasting=_under("lasting.", columns),
            threads=Threads(**_under("threads.", columns)),
            people=_unpacked(columns["people"]),
            account=_unpacked(columns["account"]),
            person=_unpacked(columns["person"]),
            is_known=columns["is_known"],
            row=columns["row"],
            author=columns["author"],
            unanswered=columns["unanswered"],
        )


def places_in(ids: NDArray[np.uint64], wanted: NDArray[np.uint64]) -> tuple[NDArray[np.bool_], NDArray[Any]]:
    """Return which of the wanted stand in sorted ids, and where those that do."""
    if not len(ids):
        return np.zeros(len(wanted), dtype=np.bool_), np.zeros(0, dtype=np.int64)
    place = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    there = ids[place] == wanted
    return there, place[there]


def numbers(low: NDArray[Any], high: NDArray[Any]) -> NDArray[np.int64]:
    """Return one number a pair, in the order of (low, high)."""
    number: NDArray[np.int64] = (low.astype(np.int64) << 32) | high
    return number


def table_of(columns: dict[str, NDArray[Any]]) -> Table:
    """Return columns of numbers as an Arrow table."""
    arrays: dict[str, Any] = {
        name: Array.from_numpy(np.ascontiguousarray(column)) for name, column in columns.items()
    }
    return Table.from_pydict(arrays)


def _under(prefix: str, columns: dict[str, NDArray[Any]]) -> dict[str, Any]:
    return {name.removeprefix(prefix): one for name, one in columns.items() if name.startswith(prefix)}


def _packed(texts: NDArray[np.object_]) -> NDArray[np.uint8]:
    return np.frombuffer(msgspec.msgpack.encode(texts.tolist()), dtype=np.uint8)


def _unpacked(packed: NDArray[np.uint8]) -> NDArray[np.object_]:
    found = msgspec.msgpack.decode(packed.data, type=list[str | None])
    texts = np.empty(len(found), dtype=object)
    texts[:] = found
    return texts
