"""One reading with its ledger, as it is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedReading:
    """One reading of one path, as kept."""

    kind: str
    label: str
    path: str
    unit: str
    used: int
    left_out: dict[str, int] = field(default_factory=dict)
    notes: dict[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    interactions: dict[str, int] = field(default_factory=dict)
    changes: dict[str, int] = field(default_factory=dict)
    read_at: datetime
    finished: bool


def fields_of(row: SavedReading) -> dict[str, object]:
    """Return a reading as the columns of its table."""
    return {name: getattr(row, name) for name in SavedReading.__dataclass_fields__}
