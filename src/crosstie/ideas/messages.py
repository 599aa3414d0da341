"""Read the messages of a record's open places, in order of time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from crosstie.ideas.threads import Message

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_BATCH = 5_000
_MESSAGES = """
SELECT external_id, actor, place, epoch_us("at"), kind = 'replied', thread, replies_to,
  coalesce(asks, false), text, coalesce(link, '')
FROM interactions
WHERE openness = 'open' AND kind IN ('said', 'replied') AND text IS NOT NULL AND "at" IS NOT NULL
  AND (?::TIMESTAMPTZ IS NULL OR "at" <= ?::TIMESTAMPTZ)
ORDER BY "at", external_id
"""


def messages(
    connection: DuckDBPyConnection, person_of: Mapping[str, str], *, until: datetime | None = None
) -> Iterator[Message]:
    """Yield the messages of a record's open places in order of time, some thousands in memory at a time.

    Args:
        connection: with the view ``interactions``.
        person_of: person by account; the author of other messages is "".
        until: the latest time; any, if not given.
    """
    cursor = connection.execute(_MESSAGES, [until, until])
    while rows := cursor.fetchmany(_BATCH):
        for external_id, actor, *rest in rows:
            yield Message(external_id, person_of.get(actor, ""), *rest)
