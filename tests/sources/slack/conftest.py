from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from crosstie.record import Account, Interaction, Kind, Place, Trace
from crosstie.sources import Door, Ledger, Mode
from crosstie.sources.slack import SOURCE


@dataclass
class Reading:
    """What came out of one reading."""

    traces: list[Trace]
    ledger: Ledger
    acts: dict[str, Interaction] = field(init=False)
    accounts: dict[str, Account] = field(init=False)
    places: dict[str, Place] = field(init=False)

    def __post_init__(self) -> None:
        self.acts = {trace.external_id: trace for trace in self.traces if isinstance(trace, Interaction)}
        self.accounts = {trace.id: trace for trace in self.traces if isinstance(trace, Account)}
        self.places = {trace.id: trace for trace in self.traces if isinstance(trace, Place)}

    def kinds(self, kind: Kind) -> list[Interaction]:
        return [act for act in self.acts.values() if act.kind is kind]


@pytest.fixture(scope="session")
def read() -> Callable[..., Reading]:
    def reading(
        path: Path,
        *,
        viewer: str = "",
        site: str = "",
        mode: Mode = Mode.PERSONAL,
        agreed: frozenset[str] = frozenset(),
    ) -> Reading:
        ledger = Ledger()
        door = Door(ledger, mode=mode, viewer=viewer, agreed_places=agreed)
        traces = list(SOURCE.read(path, {**SOURCE.defaults(), "site": site}, door))
        return Reading(traces, ledger)

    return reading
