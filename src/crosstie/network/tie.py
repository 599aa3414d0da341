"""Ties from interactions: the table of acts, applied to a whole record in one pass of DuckDB."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
from arro3.core import Array, DataType, Table

from crosstie.config import NetworkSettings
from crosstie.errors import UsageRefused
from crosstie.network import tie_queries
from crosstie.network.acts import ACTS, Act
from crosstie.network.known import known_pairs, with_known
from crosstie.network.network import Network
from crosstie.network.pairs import Pairs, both_ways

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MICROSECONDS_A_DAY = 86_400_000_000

ACTS_AT_ONCE = 3_000_000
"""How many acts are summed into pairs at once; each pair takes some 250 bytes until it is done."""

NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)
"""The date of a network in which nothing has a time, so that nothing decays."""


def tie(
    connection: DuckDBPyConnection,
    *,
    persons: object,
    settings: NetworkSettings,
    as_of: datetime | None = None,
    groups: Mapping[str, Mapping[str, str]] | None = None,
    acts: tuple[Act, ...] = ACTS,
    known: object | None = None,
    also: tuple[Callable[[DuckDBPyConnection], object], ...] = (),
) -> Network:
    """Tie persons by the interactions of their accounts, as of a date.

    The result depends on nothing but the arguments: not on the order of the rows, the number of threads or
    today's date. Memory is that of the connection (its ``memory_limit`` and ``temp_directory``) and of the
    ties that come out.

    Args:
        connection: a DuckDB connection with a view ``interactions`` whose columns are the fields of
            `crosstie.record.Interaction`.
        persons: an Arrow table with the columns ``account`` and ``person``, one row an account. Everyone in
            it is in the network; accounts that are not in it are left out, and counted. An account whose
            person is null is tied to nobody, though what it wrote can be answered.
        settings: half-life and threshold.
        as_of: aware; the date from which decay counts. What came later is left out. By default the time of
            the latest interaction over all sources.
        groups: unit of each person by kind, e.g. ``{"department": {"p1": "Sales"}}``.
        acts: the table of acts.
        known: an Arrow table of ties whose evidence is gone (`crosstie.network.known`); they are known still.
        also: called with the connection while the tables of this tying are still there, to take more from
            them (`crosstie.network.months`, `crosstie.network.trail`).

    Raises:
        UsageRefused: `as_of` has no time zone, or an account stands in `persons` more than once.
    """
    if as_of is not None and as_of.tzinfo is None:
        raise UsageRefused(f"The date {as_of} has no time zone.", hint="Give it one, e.g. datetime.UTC.")
    connection.register("tie_persons", persons)
    connection.register("tie_acts", _acts_table(acts))
    if known is not None:
        connection.register("tie_known", known)
    try:
        date = _date(connection, as_of, has_known=known is not None)
        network = _tie(
            connection, settings=settings, date=date, groups=groups or {}, has_known=known is not None
        )
        for take in also:
            take(connection)
        return network
    finally:
        for made in tie_queries.MADE:
            connection.execute(f"DROP {made.replace(' ', ' IF EXISTS ', 1)}")
        connection.unregister("tie_known")
        connection.unregister("tie_acts")
        connection.unregister("tie_persons")


def _tie(
    connection: DuckDBPyConnection,
    *,
    settings: NetworkSettings,
    date: datetime,
    groups: Mapping[str, Mapping[str, str]],
    has_known: bool,
) -> Network:
    connection.execute("CREATE TEMP TABLE tie_act AS SELECT * FROM tie_acts")
    connection.execute("CREATE TEMP TABLE tie_date AS SELECT ?::TIMESTAMPTZ AS as_of", [date.isoformat()])
    connection.execute(tie_queries.PEOPLE)
    connection.execute(tie_queries.ACCOUNTS)
    _refuse_doubled_accounts(connection)
    for step in tie_queries.STEPS:
        connection.execute(step)
    pairs = _pairs(connection, settings.half_life_days * MICROSECONDS_A_DAY)
    if has_known:
        pairs = with_known(pairs, known_pairs(connection))
    keys = connection.execute("SELECT key FROM tie_person ORDER BY number").fetchnumpy()["key"]
    unknown = connection.execute(tie_queries.UNKNOWN).fetchone()
    people = np.asarray(keys, dtype=object)
    return Network(
        persons=people,
        ties=both_ways(pairs, active_contact=settings.active_contact),
        as_of=date,
        groups={kind: _units(people, unit_of) for kind, unit_of in sorted(groups.items())},
        unknown_accounts=unknown[0] if unknown else 0,
    )


def _date(connection: DuckDBPyConnection, as_of: datetime | None, *, has_known: bool) -> datetime:
    """Return the date asked for, or that of the latest interaction, of those whose evidence is gone too."""
    if as_of is not None:
        return as_of.astimezone(UTC)
    latest = 'SELECT epoch_us(max("at")) FROM interactions'
    if has_known:
        latest = f"SELECT greatest(({latest}), (SELECT max(last_at) FROM tie_known))"  # noqa: S608 - our names
    row = connection.execute(latest).fetchone()
    if row is None or row[0] is None:
        return NO_DATE
    seconds, microseconds = divmod(row[0], 1_000_000)
    return datetime.fromtimestamp(seconds, tz=UTC).replace(microsecond=microseconds)


def _refuse_doubled_accounts(connection: DuckDBPyConnection) -> None:
    doubled = connection.execute(
        "SELECT account FROM tie_account GROUP BY account HAVING count(*) > 1 ORDER BY account LIMIT 1"
    ).fetchone()
    if doubled is not None:
        raise UsageRefused(
            f'The account "{doubled[0]}" is given to more than one person, or twice.',
            hint="Give each account to one person, in one row.",
        )


def _pairs(connection: DuckDBPyConnection, half_life: float) -> Pairs:
    """Sum the acts of each pair, part by part; an external id is one string, whatever rests on it."""
    row = connection.execute("SELECT count(*) FROM tie_strongest").fetchone()
    parts = 1 + (row[0] if row else 0) // ACTS_AT_ONCE
    summed = [
        connection.execute(tie_queries.PAIRS, [half_life, parts, part]).fetchnumpy() for part in range(parts)
    ]
    columns = {name: np.concatenate([part.pop(name) for part in summed]) for name in list(summed[0])}
    wanted = np.unique(np.concatenate([columns["low_evidence"], columns["high_evidence"]]))
    connection.register("tie_wanted", Table.from_pydict({"id": Array.from_numpy(wanted)}))
    found = connection.execute(tie_queries.EVIDENCE).fetchnumpy()
    connection.unregister("tie_wanted")
    by_id = np.argsort(found["id"])
    ids, external_ids = found["id"][by_id], np.asarray(found["external_id"], dtype=object)[by_id]
    return Pairs(
        low=columns["low"],
        high=columns["high"],
        contact=columns["contact"],
        known_contact=columns["known_contact"],
        low_learned=columns["low_learned"],
        low_turned_to=columns["low_turned_to"],
        high_learned=columns["high_learned"],
        high_turned_to=columns["high_turned_to"],
        first_at=columns["first_at"],
        last_at=columns["last_at"],
        stated=columns["is_stated"],
        known=columns["is_known"],
        is_open=columns["is_open"],
        low_evidence=external_ids[np.searchsorted(ids, columns["low_evidence"])],
        high_evidence=external_ids[np.searchsorted(ids, columns["high_evidence"])],
    )


def _units(people: np.ndarray[Any, Any], unit_of: Mapping[str, str]) -> np.ndarray[Any, Any]:
    units = np.empty(len(people), dtype=object)
    units[:] = [unit_of.get(person, "") for person in people]
    return units


def _acts_table(acts: tuple[Act, ...]) -> Table:
    """Return the acts as columns, numbered by their place, with the sum of their weights as `total`."""

    def weights(relation: str) -> Array:
        return Array([float(getattr(act, relation)) for act in acts], DataType.float64())

    total = [
        act.contact + act.turned_to + act.learned + act.turned_to_back + act.learned_back for act in acts
    ]
    return Table.from_pydict(
        {
            "number": Array(list(range(len(acts))), DataType.int64()),
            "name": Array([act.name for act in acts], DataType.utf8()),
            "share": Array([act.share.name for act in acts], DataType.utf8()),
            "contact": weights("contact"),
            "turned_to": weights("turned_to"),
            "learned": weights("learned"),
            "turned_to_back": weights("turned_to_back"),
            "learned_back": weights("learned_back"),
            "total": Array(total, DataType.float64()),
        }
    )
