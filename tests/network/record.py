"""A record made up in a test: interactions as the view that `tie` reads, and persons as Arrow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import duckdb
from arro3.core import Array, DataType, Table

from crosstie.config import NetworkSettings
from crosstie.network.acts import ACTS, Act
from crosstie.network.network import Network
from crosstie.network.tie import tie
from crosstie.record.interaction import Interaction, Kind, KnownHow, Openness

COLUMNS = {
    "source": "VARCHAR",
    "external_id": "VARCHAR",
    "kind": "VARCHAR",
    "at": "TIMESTAMPTZ",
    "actor": "VARCHAR",
    "place": "VARCHAR",
    "openness": "VARCHAR",
    "addressed": "VARCHAR[]",
    "copied": "VARCHAR[]",
    "mentioned": "VARCHAR[]",
    "thread": "VARCHAR",
    "replies_to": "VARCHAR",
    "parent_author": "VARCHAR",
    "link": "VARCHAR",
    "known_how": "VARCHAR",
    "probability": "DOUBLE",
    "strength": "DOUBLE",
    "asks": "BOOLEAN",
    "text": "VARCHAR",
    "edited_at": "TIMESTAMPTZ",
}
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def act(external_id: str, kind: Kind, actor: str, **fields: Any) -> Interaction:
    """Return an interaction in an open place at noon, but for the fields given."""
    given: dict[str, Any] = {"source": "chat", "at": NOON, "place": "hall", "openness": Openness.OPEN}
    given |= {"known_how": KnownHow.STATED} | fields
    return Interaction(external_id=external_id, kind=kind, actor=actor, **given)


def record_of(interactions: Iterable[Interaction]) -> duckdb.DuckDBPyConnection:
    """Return a connection with the view `interactions`."""
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    columns = ", ".join(f'"{name}" {kind}' for name, kind in COLUMNS.items())
    connection.execute(f"CREATE TABLE record ({columns})")
    rows = [[_plain(getattr(interaction, name)) for name in COLUMNS] for interaction in interactions]
    if rows:
        connection.executemany(f"INSERT INTO record VALUES ({', '.join('?' * len(COLUMNS))})", rows)
    connection.execute("CREATE VIEW interactions AS SELECT * FROM record")
    return connection


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def persons_of(person_of: Mapping[str, str | None]) -> Table:
    """Return the Arrow table of accounts and persons."""
    return Table.from_pydict(
        {
            "account": Array(list(person_of), DataType.utf8()),
            "person": Array(list(person_of.values()), DataType.utf8()),
        }
    )


def network_of(
    interactions: Iterable[Interaction],
    person_of: Mapping[str, str] | str,
    *,
    settings: NetworkSettings | None = None,
    as_of: datetime | None = None,
    groups: Mapping[str, Mapping[str, str]] | None = None,
    acts: tuple[Act, ...] = ACTS,
) -> Network:
    """Tie made-up interactions; names in a string stand for accounts and persons of the same name."""
    if isinstance(person_of, str):
        person_of = {name: name for name in person_of.split()}
    return tie(
        record_of(interactions),
        persons=persons_of(person_of),
        settings=settings or NetworkSettings(),
        as_of=as_of,
        groups=groups,
        acts=acts,
    )


def id_of(external_id: str, source: str = "chat") -> int:
    """Return an interaction as the evidence of ties has it."""
    ((found,),) = duckdb.execute("SELECT hash(?::VARCHAR, ?::VARCHAR)", [source, external_id]).fetchall()
    return int(found)


def row(network: Network, learner: str, teacher: str) -> dict[str, Any]:
    """Return the tie of two persons as a dictionary; empty if there is none."""
    ties = network.ties
    found = (ties.learner == network.index_of(learner)) & (ties.teacher == network.index_of(teacher))
    if not found.any():
        return {}
    at = int(found.nonzero()[0][0])
    return {name: getattr(ties, name)[at] for name in ties.__slots__}
