"""One reading under way: what is read, and what came of it so far."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from crosstie.sources import Ledger, Source
from crosstie.store import SavedReading


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to read, and how: a path, its source, and what the user says about it."""

    path: Path
    source: Source
    settings: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One reading under way.

    Attributes:
        what: the path and its source.
        ledger: what became of each record.
        kinds: interactions by kind.
        changes: what the record made of them.
        started: when it began.
    """

    what: Plan
    ledger: Ledger = field(default_factory=Ledger)
    kinds: Counter[str] = field(default_factory=Counter)
    changes: Counter[str] = field(default_factory=Counter)
    started: datetime = field(default_factory=lambda: datetime.now(UTC))

    def so_far(self, *, finished: bool = False) -> SavedReading:
        """Return it as it is kept."""
        what, ledger = self.what, self.ledger
        return SavedReading(
            kind=what.source.name,
            label=what.source.label,
            path=str(what.path),
            unit=what.source.unit,
            used=ledger.used,
            left_out=dict(ledger.left_out.most_common()),
            notes=dict(ledger.notes.most_common()),
            places=dict(ledger.places),
            interactions=dict(self.kinds),
            changes=dict(self.changes),
            read_at=self.started,
            finished=finished,
        )
