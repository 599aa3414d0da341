"""What a row says: who, to whom, when, and how strongly."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crosstie.errors import SourceRefused
from crosstie.record import Kind, Openness
from crosstie.saying import mark
from crosstie.sources.ledger import Ledger
from crosstie.sources.rows import Row
from crosstie.sources.source import Settings
from crosstie.sources.table.columns import Columns, counts_something
from crosstie.sources.table.numbers import number
from crosstie.sources.table.openness import Reach
from crosstie.sources.table.people import Person, people, person
from crosstie.sources.table.scale import Scale
from crosstie.sources.table.times import Clock
from crosstie.sources.times import IMPOSSIBLE, is_believable

_KINDS = frozenset(Kind)
_REMEMBERED = 1 << 15


class Act(NamedTuple):
    """What all rows of one message share."""

    sender: Person
    written_at: str
    at: datetime | None
    kind: Kind
    place: str
    message: str
    openness: Openness


class Line(NamedTuple):
    """What one row says: an act, towards whom, how strong a tie it is, and the cell that names them."""

    act: Act
    recipients: tuple[Person, ...]
    strength: float
    written: str


class Lines:
    """Reads the rows of one table; what a row lacks is counted in the ledger.

    Args:
        header: the names of the columns.
        columns: which of them say what.
        settings: what the user said.
        day_first: whether 3/4 is the third of April.
        ledger: of the reading.

    Raises:
        SourceRefused: a setting does not fit the table.
    """

    def __init__(
        self,
        header: tuple[str, ...],
        columns: Columns,
        settings: Settings,
        *,
        day_first: bool,
        ledger: Ledger,
    ) -> None:
        self.reach = Reach(settings["openness"], columns, ledger)
        self._columns = columns
        self._ledger = ledger
        self._kind = _kind(settings["kind"], columns)
        self._tie_from = _tie_from(settings["tie_from"], columns)
        self._scale = _scale(header, columns, self._tie_from)
        # The same people come again and again; what is remembered goes with the reading.
        self._person = lru_cache(_REMEMBERED)(person)
        self._people = lru_cache(_REMEMBERED)(people)
        self._clock = Clock(_zone(settings["time_zone"]), day_first=day_first)

    def read(self, row: Row) -> Line | None:
        """Return what a row says, or None with its reason counted."""
        columns, leave_out = self._columns, self._ledger.leave_out
        sender, named = self._person(row[columns.sender]), self._people(row[columns.recipient])
        if sender is None or not named:
            leave_out(mark("no sender") if sender is None else mark("no recipient"))
            return None
        recipients = tuple([one for one in named if one.id != sender.id])
        if not recipients:
            leave_out("a person with themselves")
            return None
        at, written_at = None, ""
        if columns.at is not None:
            written_at = row[columns.at]
            at, assumed = self._clock.read(written_at)
            if at is None or not is_believable(at):
                leave_out(mark("unreadable date") if at is None else IMPOSSIBLE)
                return None
            if assumed:
                self._ledger.note("time without a zone")
        strength = self._strength(row)
        if strength is None:
            return None
        place = " ".join(row[columns.place].split()) if columns.place is not None else ""
        message = row[columns.message].strip() if columns.message is not None else ""
        act = Act(sender, written_at, at, self._kind_of(row), place, message, self.reach.of(row))
        written = recipients[0].written if len(named) == 1 else " ".join(row[columns.recipient].split())
        return Line(act, recipients, strength, written)

    def end(self) -> None:
        """Note what all rows together tell of the table."""
        if self._scale is not None:
            self._scale.say(self._ledger)

    def _strength(self, row: Row) -> float | None:
        if self._columns.weight is None or (self._columns.at is not None and self._tie_from is None):
            return 1.0
        strength = number(row[self._columns.weight])
        if strength is None:
            self._ledger.leave_out("no number in the weight column")
            return None
        if self._scale is not None:
            self._scale.met(strength)
        if strength <= 0 or strength < (self._tie_from or 0):
            self._ledger.leave_out("below the point that counts as a tie")
            return None
        return strength

    def _kind_of(self, row: Row) -> Kind:
        if self._columns.kind is None:
            return self._kind
        written = row[self._columns.kind].strip().casefold().replace("-", "_").replace(" ", "_")
        if written in _KINDS:
            return Kind(written)
        if written:
            self._ledger.note("unknown kind of interaction")
        return self._kind


def _kind(named: str, columns: Columns) -> Kind:
    if named == "auto":
        return Kind.NAMED if columns.at is None else Kind.SAID
    return Kind(named)


def _tie_from(written: str, columns: Columns) -> float | None:
    if not written:
        return None
    point = number(written)
    if point is None:
        raise SourceRefused(
            f'tie_from is no number: "{written}".', hint="Write the first scale point that is a tie, e.g. 2."
        )
    if columns.weight is None:
        raise SourceRefused(
            "tie_from is set, but the table has no column of strengths.",
            hint="Name the column with the setting weight_column.",
        )
    return point


def _scale(header: tuple[str, ...], columns: Columns, tie_from: float | None) -> Scale | None:
    """Return what watches strengths that may be points of a scale, where nobody said from which on."""
    if columns.weight is None or columns.at is not None or tie_from is not None:
        return None
    return None if counts_something(header[columns.weight]) else Scale()


def _zone(name: str) -> tzinfo:
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as trouble:
        raise SourceRefused(
            f'There is no time zone "{name}".', hint='Write it as "Europe/Oslo".'
        ) from trouble
