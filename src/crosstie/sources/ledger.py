"""The ledger: every record a source met is used, or left out with a reason and a count."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Ledger:
    """What became of each record of one reading: ``read == used + sum(left_out.values())``.

    A *record* is the source's own unit (a message, a reaction, a commit, a mail, a row): each unit is
    counted exactly once, by `use` or by `leave_out`. `notes` count things that are no units of their own
    (a time without a zone, a misspelt trailer, an unknown field). `places` counts units by openness, those
    alone that were let in.
    """

    used: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)

    @property
    def read(self) -> int:
        """How many records were met."""
        return self.used + self.left_out.total()

    def use(self, count: int = 1) -> None:
        """Count records that became interactions or entries."""
        self.used += count

    def leave_out(self, reason: str, count: int = 1) -> None:
        """Count records that were not used, under a reason a user can read ("bot", "unreadable date").

        A reason is translated where it is shown; after a colon an example may follow, which stays.
        """
        self.left_out[reason] += count

    def note(self, what: str, count: int = 1) -> None:
        """Count something worth knowing that is no record of its own; its words are as for `leave_out`."""
        self.notes[what] += count
