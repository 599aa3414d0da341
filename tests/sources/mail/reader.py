"""Read a path with the mail source, for tests: its traces sorted by type, and the ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from crosstie.record import Account, Interaction, Place
from crosstie.sources import Door, Ledger
from crosstie.sources.mail import SOURCE


@dataclass
class Outcome:
    """What one reading gave."""

    ledger: Ledger
    accounts: dict[str, Account] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)
    interactions: list[Interaction] = field(default_factory=list)

    def by_id(self, external_id: str) -> Interaction:
        (found,) = [one for one in self.interactions if one.external_id == external_id]
        return found


def read(path: Path, *, viewer: str = "", **settings: str) -> Outcome:
    """Read a path."""
    door = Door(Ledger(), viewer=viewer)
    outcome = Outcome(door.ledger)
    for trace in SOURCE.read(path, SOURCE.defaults() | settings, door):
        if isinstance(trace, Account):
            outcome.accounts[trace.id] = trace
        elif isinstance(trace, Place):
            outcome.places.append(trace)
        elif isinstance(trace, Interaction):
            outcome.interactions.append(trace)
    return outcome


def read_bytes(folder: Path, mails: bytes, *, viewer: str = "", **settings: str) -> Outcome:
    """Read an mbox of these bytes."""
    path = folder / "box.mbox"
    path.write_bytes(mails)
    return read(path, viewer=viewer, **settings)
