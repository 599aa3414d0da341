"""Known ties whose evidence fell out by age."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING

from crosstie.network.known import KnownTie

if TYPE_CHECKING:
    from arro3.core import Table

_BATCH = 5_000

# What is there already only grows wider, so that keeping the same ties again changes nothing.
_KEEP = """
INSERT INTO store_knowntie (learner, teacher, relation, known_how, first_at, last_at)
VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (learner, teacher, relation) DO UPDATE SET
  known_how = CASE WHEN 'stated' IN (store_knowntie.known_how, excluded.known_how)
    THEN 'stated' ELSE 'inferred' END,
  first_at = CASE WHEN excluded.first_at < store_knowntie.first_at
    THEN excluded.first_at ELSE store_knowntie.first_at END,
  last_at = CASE WHEN excluded.last_at > store_knowntie.last_at
    THEN excluded.last_at ELSE store_knowntie.last_at END
"""


class KnownTies:
    """The known ties of one workspace's database."""

    def __init__(self, alias: str) -> None:
        self._alias = alias

    def keep(self, ties: Iterable[KnownTie]) -> None:
        """Keep ties, all or none; one that is there already is made to span both."""
        from django.db import connections, transaction

        with transaction.atomic(using=self._alias), connections[self._alias].cursor() as cursor:
            rows = iter(ties)
            while some := list(islice(rows, _BATCH)):
                cursor.executemany(_KEEP, some)

    def count(self) -> int:
        """Return how many there are, each relation of a pair counted."""
        from crosstie.store.models import KnownTie as Row

        return int(Row.objects.using(self._alias).count())

    def all(self) -> list[KnownTie]:
        """Return every one, in the order of the keys."""
        from crosstie.store.models import KnownTie as Row

        rows = Row.objects.using(self._alias).order_by("learner", "teacher", "relation")
        return [KnownTie(*row) for row in rows.values_list(*KnownTie._fields)]

    def table(self) -> Table | None:
        """Return them as an Arrow table with the fields of `KnownTie`; None if there are none."""
        from arro3.core import Array, DataType, Table

        ties = self.all()
        if not ties:
            return None
        columns = dict(zip(KnownTie._fields, zip(*ties, strict=True), strict=True))
        return Table.from_pydict(
            {
                name: Array(
                    list(column), type=DataType.int64() if name.endswith("_at") else DataType.string()
                )
                for name, column in columns.items()
            }
        )
