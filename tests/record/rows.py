"""Rows for the record's tests: made up, and the same every time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from crosstie.record import Interaction, Kind, Openness

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
