"""Tables read as anyone could read them."""

from __future__ import annotations

from pathlib import Path

from crosstie.record import Account, Interaction, Place
from crosstie.sources import Door, Ledger
from crosstie.sources.table import SOURCE


def reading(path: Path, door: Door | None = None, **chosen: str) -> tuple[list[Interaction], Ledger]:
    """Read a table that anyone could read, unless something else is said."""
    door = door or Door(ledger=Ledger())
    traces = list(SOURCE.read(path, {**SOURCE.defaults(), "openness": "open", **chosen}, door))
    known = {trace.id for trace in traces if isinstance(trace, Account)}
    places = {trace.id for trace in traces if isinstance(trace, Place)}
    acts = [trace for trace in traces if isinstance(trace, Interaction)]
    assert all({act.actor, *act.addressed} <= known and act.place in places for act in acts)
    assert len({act.external_id for act in acts}) == len(acts)
    return acts, door.ledger
