"""Ties from interactions: the table of acts, applied to a whole record by DuckDB, and summed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from arro3.core import Array, DataType, Table

from crosstie.config import NetworkSettings
from crosstie.errors import UsageRefused
from crosstie.network import tie_queries
from crosstie.network.acts import ACTS, RELATIONS, Act
from crosstie.network.known import known_pairs, with_known
from crosstie.network.network import NO_TIME, Network
from crosstie.network.pairs import Pairs, Summed, both_ways
from crosstie.network.strongest import strongest

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from crosstie.network.going_on.keeping import Keeping
    from crosstie.network.kernels import summing

MICROSECONDS_A_DAY = 86_400_000_000
MICROSECOND = timedelta(microseconds=1)

ACTS_AT_ONCE = 3_000_000
"""How many acts are summed into pairs at once; each takes 32 bytes until it is done."""

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
    keeping: Keeping | None = None,
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
        keeping: keeps of this tying what a later one can go on from. Where it goes on from an earlier one
            itself, ``interactions`` are only those that came since.
        also: called with the connection while the tables of this tying are still there, to take more from
            them (`crosstie.network.months`, `crosstie.network.trail`).

    Raises:
        UsageRefused: `as_of` has no time zone, or an account stands in `persons` more than once.
        CannotGoOn: it was to go on from an earlier tying, and would not come out as one from all rows.
    """
    if as_of is not None and as_of.tzinfo is None:
        raise UsageRefused(f"The date {as_of} has no time zone.", hint="Give it one, e.g. datetime.UTC.")
    connection.register("tie_persons", persons)
    connection.register("tie_acts", _acts_table(acts))
    if known is not None:
        connection.register("tie_known", known)
    try:
        date = _date(
            connection, as_of, has_known=known is not None, latest=keeping.latest if keeping else None
        )
        network = _tie(
            connection,
            settings=settings,
            date=date,
            groups=groups or {},
            acts=acts,
            has_known=known is not None,
            keeping=keeping,
            is_seen=bool(also),
        )
        for take in also:
            take(connection)
        return network
    finally:
        if keeping is not None:
            keeping.clear(connection)
        connection.execute(tie_queries.dropped(tie_queries.MADE))
        connection.unregister("tie_acted")
        connection.unregister("tie_pair")
        connection.unregister("tie_known")
        connection.unregister("tie_acts")
        connection.unregister("tie_persons")


def _tie(
    connection: DuckDBPyConnection,
    *,
    settings: NetworkSettings,
    date: datetime,
    groups: Mapping[str, Mapping[str, str]],
    acts: tuple[Act, ...],
    has_known: bool,
    keeping: Keeping | None,
    is_seen: bool,
) -> Network:
    connection.execute("CREATE TEMP TABLE tie_act AS SELECT * FROM tie_acts")
    connection.execute("CREATE TEMP TABLE tie_date AS SELECT ?::TIMESTAMPTZ AS as_of", [date.isoformat()])
    connection.execute(tie_queries.PEOPLE)
    connection.execute(tie_queries.ACCOUNTS)
    _refuse_doubled_accounts(connection)
    connection.execute(tie_queries.UNKNOWN)
    half_life = settings.half_life_days * MICROSECONDS_A_DAY
    if keeping is not None:
        keeping.look_up(connection)
    else:
        for step in tie_queries.LOOK_UPS:
            connection.execute(step)
    keys = connection.execute("SELECT key FROM tie_person ORDER BY number").fetchnumpy()["key"]
    people = np.asarray(keys, dtype=object)
    acted = strongest(connection, acts, people=len(people))
    sum_up = partial(
        _summed, acts=acts, people=len(people), date=(date - NO_DATE) // MICROSECOND, half_life=half_life
    )
    summed = sum_up(acted)
    if keeping is not None:
        lasting = sum_up(type(acted)._make(column[acted.at == NO_TIME] for column in acted))
        summed = keeping.take(connection, people, summed=summed, lasting=lasting, half_life=half_life)
    if is_seen:
        _show_pairs(connection, summed)
    pairs = _pairs(summed)
    if has_known:
        pairs = with_known(pairs, known_pairs(connection))
    ((unknown,),) = connection.execute("SELECT count(*) FROM tie_unknown").fetchall()
    return Network(
        persons=people,
        ties=both_ways(pairs, active_contact=settings.active_contact),
        as_of=date,
        groups={kind: _units(people, unit_of) for kind, unit_of in sorted(groups.items())},
        unknown_accounts=unknown,
    )


def _date(
    connection: DuckDBPyConnection, as_of: datetime | None, *, has_known: bool, latest: int | None
) -> datetime:
    """Return the date asked for, or that of the latest interaction.

    An earlier one that was tied already counts (`latest`, microseconds), and one whose evidence is gone too.
    """
    if as_of is not None:
        return as_of.astimezone(UTC)
    of_known = "SELECT max(last_at) FROM tie_known" if has_known else "NULL"
    row = connection.execute(
        f'SELECT greatest((SELECT epoch_us(max("at")) FROM interactions), ({of_known}), ?::BIGINT)',  # noqa: S608 - our names
        [latest],
    ).fetchone()
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


def _summed(
    acted: summing.Acts, acts: tuple[Act, ...], *, people: int, date: int, half_life: float
) -> Summed:
    from crosstie.network.kernels.summing import summed  # loads numba

    weights = np.array([[getattr(act, relation) for relation in RELATIONS] for act in acts])
    sums = summed(acted, weights, people=people, date=date, half_life=half_life, at_once=ACTS_AT_ONCE)
    return sums._asdict()


def _show_pairs(connection: DuckDBPyConnection, summed: Summed) -> None:
    """Let what is taken from a tying see when each pair was last in touch."""
    connection.register(
        "tie_pair",
        Table.from_pydict({name: Array.from_numpy(summed[name]) for name in ("low", "high", "last_at")}),
    )


def _pairs(summed: Summed) -> Pairs:
    return Pairs(
        low=summed["low"],
        high=summed["high"],
        contact=summed["contact"],
        known_contact=summed["known_contact"],
        low_learned=summed["low_learned"],
        low_turned_to=summed["low_turned_to"],
        high_learned=summed["high_learned"],
        high_turned_to=summed["high_turned_to"],
        low_shown=summed["low_shown"],
        high_shown=summed["high_shown"],
        first_at=summed["first_at"],
        last_at=summed["last_at"],
        stated=summed["is_stated"],
        known=summed["is_known"],
        is_open=summed["is_open"],
        low_evidence=summed["low_evidence"],
        high_evidence=summed["high_evidence"],
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
