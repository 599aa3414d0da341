"""One reading under way: what is read, and what came of it so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from crosstie.record import Trace
from crosstie.sources import Ledger, Source
from crosstie.store import SavedReading

Progress = Callable[[int], None]
"""Told how many traces came since the last call."""

_WATCH_EVERY = 500


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


def watched(traces: Iterator[Trace], progress: Progress | None) -> Iterator[Trace]:
    """Pass traces on and tell how many, so that long work shows that it goes on."""
    if progress is None:
        yield from traces
        return
    for number, trace in enumerate(traces, start=1):
        if number % _WATCH_EVERY == 0:
            progress(_WATCH_EVERY)
        yield trace
