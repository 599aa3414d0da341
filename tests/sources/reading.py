"""One reading of one source, by what came out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from crosstie.record import Account, Interaction, Kind, Place, Trace
from crosstie.sources import Door, Ledger, Mode, Source


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


class Reader:
    """Reads a source with its defaults, unless something else is said."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def __call__(
        self,
        path: Path,
        *,
        viewer: str = "",
        mode: Mode = Mode.PERSONAL,
        agreed: frozenset[str] = frozenset(),
        **settings: str,
    ) -> Reading:
        ledger = Ledger()
        door = Door(ledger, mode=mode, viewer=viewer, agreed_places=agreed)
        traces = list(self._source.read(path, {**self._source.defaults(), **settings}, door))
        return Reading(traces, ledger)
