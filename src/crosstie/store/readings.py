"""Readings with their ledgers, as they are kept."""

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


def _columns_of(row: SavedReading) -> dict[str, object]:
    """Return a reading as the columns of its table."""
    return {name: getattr(row, name) for name in SavedReading.__dataclass_fields__}


class Readings:
    """The readings of one workspace's database."""

    def __init__(self, alias: str) -> None:
        self._alias = alias

    def start(self, row: SavedReading) -> int:
        """Keep a reading that has begun; return its number."""
        from crosstie.store.models import Reading

        return int(Reading.objects.using(self._alias).create(**_columns_of(row)).pk)

    def save(self, number: int, row: SavedReading) -> None:
        """Keep the ledger of a reading as it stands."""
        from crosstie.store.models import Reading

        Reading.objects.using(self._alias).filter(pk=number).update(**_columns_of(row))

    def drop_unfinished(self, row: SavedReading, *, before: int) -> None:
        """Drop earlier readings of the same path that were stopped: this one took in what they had left."""
        from crosstie.store.models import Reading

        same = Reading.objects.using(self._alias).filter(kind=row.kind, path=row.path)
        same.filter(finished=False, pk__lt=before).delete()

    def all(self) -> list[SavedReading]:
        """Return every reading, newest first."""
        from crosstie.store.models import Reading

        names = SavedReading.__dataclass_fields__
        rows = Reading.objects.using(self._alias).order_by("-id").values(*names)
        return [SavedReading(**row) for row in rows]
