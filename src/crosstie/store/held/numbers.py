"""How many rows of every table are somebody's, asked for at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from django.db import connections

from crosstie.store.held.table import Held, rows_of


def numbers_of(
    tables: tuple[Held, ...], accounts: Sequence[str], addresses: Sequence[str], *, using: str = "default"
) -> tuple[int, ...]:
    """Return how many rows of each table are someone's, as `rows_of` finds them, in one query.

    Args:
        tables: which.
        accounts: all keys of theirs.
        addresses: all addresses of theirs, lower case.
        using: the database.
    """
    placed = {
        **{_account(place): account for place, account in enumerate(accounts)},
        **{_address(place): address for place, address in enumerate(addresses)},
    }
    query, values = _query(tables, len(accounts), len(addresses), using)
    with connections[using].cursor() as cursor:
        cursor.execute(query, [placed[one] for one in values])
        found = dict(cursor.fetchall())
    return tuple(int(found[place]) for place in range(len(tables)))


# Django takes ten times as long to write it as a database to answer it, so it is written once, with places
# in which anybody's keys and addresses are put.
@lru_cache(maxsize=64)
def _query(
    tables: tuple[Held, ...], accounts: int, addresses: int, using: str
) -> tuple[str, tuple[str, ...]]:
    parts, values = [], list[str]()
    for number, one in enumerate(tables):
        rows = rows_of(
            one, [*map(_account, range(accounts))], [*map(_address, range(addresses))], using=using
        )
        part, own = rows.order_by().values("pk").query.get_compiler(using).as_sql()
        parts.append(f"SELECT {number}, count(*) FROM ({part}) AS held_{number}")  # noqa: S608 - Django's, with places for values
        values += own
    return " UNION ALL ".join(parts), tuple(values)


def _account(place: int) -> str:
    return f"account {place}"


def _address(place: int) -> str:
    return f"address {place}"
