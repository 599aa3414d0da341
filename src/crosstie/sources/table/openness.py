"""Who could read what a row tells of: what the table says, else the careful default."""

from __future__ import annotations

from crosstie.record import Openness
from crosstie.sources.ledger import Ledger
from crosstie.sources.table.columns import Columns

AUTO = "auto"
_WORDS = {
    "open": Openness.OPEN, "public": Openness.OPEN,
    "members": Openness.MEMBERS, "private": Openness.MEMBERS, "closed": Openness.MEMBERS,
    "group": Openness.MEMBERS, "mpim": Openness.MEMBERS,
    "direct": Openness.DIRECT, "dm": Openness.DIRECT, "im": Openness.DIRECT, "personal": Openness.DIRECT,
}  # fmt: skip


class Reach:
    """Says who could read each row of one table.

    A table of ties without times is what somebody was told or put together, as in a survey, and is open to
    whoever holds it. One with times is a log of what went on between people, and says nothing of where: it
    is taken as direct, so that only what involves the viewer is read (docs/decisions/0009).
    """

    def __init__(self, setting: str, columns: Columns, ledger: Ledger) -> None:
        self.has_column = columns.openness is not None
        self._column = columns.openness
        self._ledger = ledger
        is_log = columns.at is not None
        self._else = (Openness.DIRECT if is_log else Openness.OPEN) if setting == AUTO else Openness(setting)
        if setting == AUTO and is_log and not self.has_column:
            ledger.note(
                "table that does not say who could read what it tells of: taken as direct;"
                " if anyone could, set table.openness=open"
            )

    def of(self, row: list[str]) -> Openness:
        """Return who could read one row; a word that says nothing here counts as direct."""
        written = row[self._column].strip().casefold() if self._column is not None else ""
        if not written:
            return self._else
        found = _WORDS.get(written)
        if found is None:
            self._ledger.note("unknown openness, taken as direct")
        return found or Openness.DIRECT
