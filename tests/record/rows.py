"""Rows for the record's tests: made up, and the same every time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from crosstie.record import Interaction, Kind, Openness, Record
from crosstie.record.columns import interactions_from, selected_rows

MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def said(number: int, **fields: Any) -> Interaction:
    """Return the message of that number, with fields changed."""
    row: dict[str, Any] = {
        "source": "slack:TMADEUP",
        "external_id": f"message-{number}",
        "kind": Kind.SAID,
        "at": MORNING + timedelta(minutes=number),
        "actor": f"k{number % 7}",
        "place": "general",
        "openness": Openness.OPEN,
        "addressed": ("k8", "k9")[: number % 3],
        "text": f"What about {number}?",
        "asks": True,
    }
    return Interaction(**(row | fields))


def rows_in(record: Record) -> list[Interaction]:
    """Return all rows, by source and external id."""
    with record.connect() as connection:
        found = connection.execute(
            f"SELECT {selected_rows()} FROM interactions ORDER BY source, external_id"
        ).fetchall()
    return interactions_from(found)
