"""Read the messages of a record's open places, in order of time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from crosstie.ideas.threads import Act, Message

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_BATCH = 5_000
# At one and the same time a question comes before its answer: who answers themselves may do both at once.
_MESSAGES = """
SELECT external_id, actor, place, epoch_us("at"), kind = 'replied', thread, replies_to,
  coalesce(asks, false), text, coalesce(link, '')
FROM interactions
WHERE openness = 'open' AND kind IN ('said', 'replied') AND text IS NOT NULL AND "at" IS NOT NULL
  AND (?::TIMESTAMPTZ IS NULL OR "at" <= ?::TIMESTAMPTZ)
ORDER BY "at", kind = 'replied', external_id
"""
_WORK = """
SELECT external_id, actor, place, epoch_us("at"),
  CASE WHEN kind = 'said' AND asks IS NULL AND text != '' THEN 'wrote'
    WHEN kind IN ('said', 'replied') THEN 'said' ELSE 'reviewed' END,
  kind = 'replied', thread, replies_to, coalesce(asks, false), coalesce(text, ''), coalesce(link, ''),
  files
FROM (
  SELECT * EXCLUDE (actor), actor FROM interactions WHERE kind IN ('said', 'replied') AND text IS NOT NULL
  UNION ALL
  SELECT * EXCLUDE (actor), actor FROM interactions WHERE kind = 'reviewed' AND known_how = 'stated'
  UNION ALL
  SELECT * EXCLUDE (actor), unnest(addressed) AS actor FROM interactions
  WHERE kind IN ('acknowledged', 'co_wrote')
)
WHERE openness = 'open' AND "at" IS NOT NULL AND (?::TIMESTAMPTZ IS NULL OR "at" <= ?::TIMESTAMPTZ)
ORDER BY "at", kind NOT IN ('said', 'replied'), kind = 'replied', external_id, actor
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


def messages_and_work(
    connection: DuckDBPyConnection, person_of: Mapping[str, str], *, until: datetime | None = None
) -> Iterator[Message]:
    """Yield the messages of a record's open places, and who worked on the changes said there, as `messages`.

    A text of which nobody asked whether it asks is no speech but work: a change. Whoever stated that they
    reviewed it, or is stated to have helped with it or written it too, comes as a message without words.
    """
    cursor = connection.execute(_WORK, [until, until])
    while rows := cursor.fetchmany(_BATCH):
        for external_id, actor, place, at, act, *rest, files in rows:
            said = Message(external_id, person_of.get(actor, ""), place, at, *rest)
            yield said._replace(act=Act(act), files=tuple(files))
