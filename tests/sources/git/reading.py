"""A history that is read, for its tests."""

from __future__ import annotations

from pathlib import Path

from crosstie.record import Interaction, Kind, Trace
from crosstie.sources import Door, Ledger
from crosstie.sources.git import SOURCE


def files_of(path: Path, **chosen: str) -> tuple[dict[str, tuple[str, ...]], Ledger]:
    """Return the files of each change by the first line of its message, and the ledger."""
    door = Door(ledger=Ledger(), viewer="ada@example.org")
    traces = [
        one
        for one in SOURCE.read(path, {**SOURCE.defaults(), **chosen}, door)
        if isinstance(one, Interaction)
    ]
    assert not any(one.files for one in traces if one.kind is not Kind.SAID)
    texts = {one.external_id: one.text or "" for one in traces if one.kind is Kind.SAID}
    return {
        (texts[one.external_id].splitlines() or [one.external_id])[0]: one.files
        for one in traces
        if one.kind is Kind.SAID
    }, door.ledger


def reading(path: Path, viewer: str = "", **chosen: str) -> tuple[list[Trace], Ledger]:
    door = Door(ledger=Ledger(), viewer=viewer)
    traces = list(SOURCE.read(path, {**SOURCE.defaults(), **chosen}, door))
    return traces, door.ledger


def acts(path: Path, **chosen: str) -> list[Interaction]:
    return [trace for trace in reading(path, **chosen)[0] if isinstance(trace, Interaction)]
