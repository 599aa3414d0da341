"""The strongest act of each interaction towards each other person, out of the messages of a tying."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
from arro3.core import Array, RecordBatch, RecordBatchReader, Table, list_flatten, list_offsets

from crosstie.network import tie_queries
from crosstie.network.acts import RELATIONS, Act, Share
from crosstie.record.interaction import Kind

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from crosstie.network.kernels import acting
    from crosstie.network.kernels.summing import Acts

_PLAIN = ("id", "at", "kind", "actor", "marks", "probability", "strength", "shared_by")
_ROWS_A_BATCH = 122_880
"""What DuckDB scans at once."""


def strongest(connection: DuckDBPyConnection, acts: tuple[Act, ...], *, people: int) -> Acts:
    """Return the acts between persons, and show them as ``tie_strongest``.

    Messages are streamed, and only the acts are held: some 35 bytes each.

    Args:
        connection: with the tables of a tying under way (`crosstie.network.tie_queries`).
        acts: the table of acts.
        people: how many persons there are.
    """
    from crosstie.network.kernels.acting import acts_of  # loads numba
    from crosstie.network.kernels.numbered import numbered
    from crosstie.network.kernels.summing import Acts, empty_acts

    hashed = connection.execute(tie_queries.HASHED_ACCOUNTS).fetchnumpy()
    accounts = numbered(hashed["account"], hashed["person"])
    table = _table(acts)
    latest = np.full((people, 2), -1, dtype=np.int64)
    with _streaming(connection):
        batches = RecordBatchReader.from_arrow(connection.sql(tie_queries.MESSAGES))
        found = [empty_acts(0), *(acts_of(_messages(batch), table, accounts, latest) for batch in batches)]
    columns = [list(one) for one in found]
    del found
    made = Acts(*(np.concatenate([one.pop(0) for one in columns]) for _ in Acts._fields))
    _show(connection, made)
    return made


@contextmanager
def _streaming(connection: DuckDBPyConnection) -> Iterator[None]:
    """Let rows come through one by one, as they are worked out, with all that is looked up in memory.

    Left to itself DuckDB may take the messages for fewer than the threads, and hold all of them.
    """
    asked = {"preserve_insertion_order": "false", "disabled_optimizers": "join_order,build_side_probe_side"}
    settings = ", ".join(f"current_setting('{name}')::VARCHAR" for name in asked)
    (before,) = connection.execute(f"SELECT {settings}").fetchall()
    connection.execute(_set(asked))
    try:
        yield
    finally:
        connection.execute(_set(dict(zip(asked, before, strict=True))))


def _set(values: dict[str, str]) -> str:
    return "; ".join(f"SET {name} = '{value}'" for name, value in values.items())


def _messages(batch: RecordBatch) -> acting.Messages:
    from crosstie.network.kernels.acting import Messages

    starts, accounts = [], []
    before = 0
    for role in tie_queries.ROLES:
        column = batch.column(role)
        starts.append(list_offsets(column).to_numpy() + before)
        accounts.append(list_flatten(column).to_numpy())
        before += len(accounts[-1])
    starts.append(np.arange(before, before + batch.num_rows + 1, dtype=np.int32))
    accounts.append(batch.column("answered").to_numpy())
    plain = {name: batch.column(name).to_numpy() for name in _PLAIN}
    return Messages(**plain, starts=np.stack(starts), account=np.concatenate(accounts))


def _table(acts: tuple[Act, ...]) -> acting.Table:
    from crosstie.network.kernels import acting

    place = {act.name: number for number, act in enumerate(acts)}
    kinds = list(Kind)
    multiplied = {
        Share.WHOLE: acting.WHOLE,
        Share.ADDRESSED: acting.BY_ADDRESSED,
        Share.OTHERS: acting.BY_ADDRESSED,
        Share.COPIED: acting.BY_COPIED,
        Share.SCALE: acting.SCALE,
    }
    return acting.Table(
        of_kind=np.array([*(place.get(kind, acting.NO_ACT) for kind in kinds), acting.NO_ACT]),
        **{name: place.get(name, acting.NO_ACT) for name in acting.NAMED},
        said_kind=kinds.index(Kind.SAID),
        replied_kind=kinds.index(Kind.REPLIED),
        thanked_kind=kinds.index(Kind.THANKED),
        total=np.array([sum(getattr(act, relation) for relation in RELATIONS) for act in acts]),
        share=np.array([multiplied[act.share] for act in acts]),
    )


def _show(connection: DuckDBPyConnection, acts: Acts) -> None:
    columns: dict[str, Any] = {name: Array.from_numpy(one) for name, one in acts._asdict().items()}
    table = Table.from_pydict(columns)
    connection.register("tie_acted", table.rechunk(max_chunksize=_ROWS_A_BATCH))
    connection.execute(tie_queries.STRONGEST)
