"""Rows of a table into interactions: one message to n people where n rows say so, or one tie a row."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crosstie.errors import SourceRefused
from crosstie.record import Account, Interaction, Kind, Openness, Place, Trace
from crosstie.saying import mark
from crosstie.sources.door import Door
from crosstie.sources.rows import LEFT_UNREAD, Row, ahead, fingerprint, open_table
from crosstie.sources.source import Settings
from crosstie.sources.table.columns import Columns, counts_something, find_columns
from crosstie.sources.table.openness import Reach
from crosstie.sources.table.scale import Scale
from crosstie.sources.table.times import Clock

KINDS = frozenset(Kind)
_ANSWERS = frozenset({Kind.REPLIED, Kind.THANKED})
_ALONE = frozenset({Kind.NAMED, Kind.REVIEWED, Kind.ACKNOWLEDGED, *_ANSWERS})
_ROWS_THAT_KNOW_THE_TABLE = 3
_MOST_RECIPIENTS = 10_000


class _Act(NamedTuple):
    """What all rows of one message share."""

    sender: str
    written_at: str
    at: datetime | None
    kind: Kind
    place: str
    message: str
    openness: Openness


class _Line(NamedTuple):
    act: _Act
    recipient: str
    strength: float


def read(path: Path, settings: Settings, door: Door) -> Iterator[Trace]:
    """Yield the traces of a table; the ledger counts its rows.

    Rows that follow one another with the same sender, time, kind, place and message are one message to n
    people, as mail logs with a row a recipient write it; a table without times has one tie a row.

    Raises:
        SourceRefused: the file is no table, its columns are unknown, or a setting does not fit it.
    """
    table = open_table(path, door)
    first, rows = ahead(table, _ROWS_THAT_KNOW_THE_TABLE)
    columns = find_columns(table.header, first, settings)
    for index, column in enumerate(table.header):
        if index not in columns.places():
            door.ledger.note(f'{LEFT_UNREAD}: "{column[:40]}"')
    source = f"table:{fingerprint(table.header, *first, *([settings['name']] if settings['name'] else []))}"
    reader = _Reader(source, path.name.split(".")[0], table.header, columns, settings=settings, door=door)
    yield from reader.traces(rows)


class _Reader:
    """One reading of one table."""

    def __init__(
        self,
        source: str,
        stem: str,
        header: tuple[str, ...],
        columns: Columns,
        *,
        settings: Settings,
        door: Door,
    ) -> None:
        self.source = source
        self.columns = columns
        self.door = door
        self.reach = Reach(settings["openness"], columns, door.ledger)
        self.title = settings["name"] or stem
        self.kind = _kind(settings["kind"], columns)
        self.tie_from = _tie_from(settings["tie_from"], columns)
        self.scale = _scale(header, columns, self.tie_from)
        self.clock = Clock(_zone(settings["time_zone"]), day_first=settings["day_first"] == "yes")
        self.accounts: set[str] = set()
        self.places: set[str] = set()
        # How often each act was met: what tells two equal acts apart, whatever rows come later.
        self.met: Counter[int] = Counter()

    def traces(self, rows: Iterable[Row]) -> Iterator[Trace]:
        act: _Act | None = None
        to: dict[str, float] = {}
        for row in rows:
            line = self._line(row)
            if line is None:
                continue
            if line.act != act or act.kind in _ALONE or len(to) >= _MOST_RECIPIENTS:
                if act is not None:
                    yield from self._interaction(act, to)
                act, to = line.act, {}
            if line.recipient in to:
                self.door.ledger.leave_out("recipient named twice in one message")
                continue
            to[line.recipient] = line.strength
        if act is not None:
            yield from self._interaction(act, to)
        if self.scale is not None:
            self.scale.say(self.door.ledger)

    def _admits(self, act: _Act, people: tuple[str, ...], rows: int) -> bool:
        """Ask for a message with all its people at once: it comes in whole or not at all."""
        for person in people:
            if person not in self.accounts:
                self.door.is_viewer(self._account(person))
        place = self._place(act)
        if not self.door.takes_from(act.sender, act.at, count=rows):
            return False
        if not self.door.admits(act.openness, act.place or self.title, place, people, count=rows):
            return False
        self.door.ledger.use(rows)
        return True

    def _place(self, act: _Act) -> str:
        """Return the place's id; where a column says who could read it, one of each kind."""
        place = act.place or "table"
        return f"{place} ({act.openness})" if self.reach.has_column else place

    def _line(self, row: Row) -> _Line | None:
        """Return what a row says, or None with its reason counted."""
        columns, leave_out = self.columns, self.door.ledger.leave_out
        sender, recipient = _person(row[columns.sender]), _person(row[columns.recipient])
        if not sender or not recipient:
            leave_out(mark("no sender") if not sender else mark("no recipient"))
            return None
        if sender == recipient:
            leave_out("a person with themselves")
            return None
        at, written_at = None, ""
        if columns.at is not None:
            written_at = row[columns.at]
            at, assumed = self.clock.read(written_at)
            if at is None or not self.clock.is_believable(at):
                leave_out(
                    mark("unreadable date") if at is None else mark("date before 1980 or in the future")
                )
                return None
            if assumed:
                self.door.ledger.note("time without a zone")
        strength = self._strength(row)
        if strength is None:
            return None
        place = " ".join(row[columns.place].split()) if columns.place is not None else ""
        message = row[columns.message].strip() if columns.message is not None else ""
        act = _Act(sender, written_at, at, self._kind_of(row), place, message, self.reach.of(row))
        return _Line(act, recipient, strength)

    def _strength(self, row: Row) -> float | None:
        if self.columns.weight is None or (self.columns.at is not None and self.tie_from is None):
            return 1.0
        written = row[self.columns.weight].strip()
        try:
            strength = float(written)
        except ValueError:
            strength = math.nan
        if not math.isfinite(strength):
            self.door.ledger.leave_out("no number in the weight column")
            return None
        if self.scale is not None:
            self.scale.met(strength)
        if strength <= 0 or strength < (self.tie_from or 0):
            self.door.ledger.leave_out("below the point that counts as a tie")
            return None
        return strength

    def _kind_of(self, row: Row) -> Kind:
        if self.columns.kind is None:
            return self.kind
        written = row[self.columns.kind].strip().casefold().replace("-", "_").replace(" ", "_")
        if written in KINDS:
            return Kind(written)
        if written:
            self.door.ledger.note("unknown kind of interaction")
        return self.kind

    def _account(self, person: str) -> Account:
        return Account(source=self.source, id=person, address=person if _is_address(person) else "")

    def _interaction(self, act: _Act, to: dict[str, float]) -> Iterator[Trace]:
        recipients = tuple(to)
        known_by = [act.sender, act.written_at.strip(), act.kind, act.place, act.message]
        if act.kind in _ALONE:
            known_by.append(recipients[0])
        content = fingerprint(known_by)
        number = int(content, 16)
        self.met[number] += 1
        people = (act.sender, *recipients)
        if not self._admits(act, people, len(to)):
            return
        place = self._place(act)
        if place not in self.places:
            self.places.add(place)
            name = "" if act.openness is Openness.DIRECT else act.place or self.title
            yield Place(source=self.source, id=place, name=name, openness=act.openness)
        for person in people:
            if person not in self.accounts:
                self.accounts.add(person)
                yield self._account(person)
        yield Interaction(
            source=self.source,
            external_id=f"{content}-{self.met[number]}",
            kind=act.kind,
            at=act.at,
            actor=act.sender,
            place=place,
            openness=act.openness,
            addressed=recipients,
            thread=act.message,
            parent_author=recipients[0] if act.kind in _ANSWERS else "",
            strength=to[recipients[0]] if act.kind is Kind.NAMED else 1.0,
        )


def _person(cell: str) -> str:
    """Return an account's id: white space folded, an address in lower case, a number as it is written."""
    written = " ".join(cell.split())
    return written.lower() if _is_address(written) else written


def _is_address(written: str) -> bool:
    name, _, domain = written.rpartition("@")
    return bool(name) and "." in domain and " " not in written


def _kind(named: str, columns: Columns) -> Kind:
    if named == "auto":
        return Kind.NAMED if columns.at is None else Kind.SAID
    return Kind(named)


def _tie_from(written: str, columns: Columns) -> float | None:
    if not written:
        return None
    try:
        point = float(written)
    except ValueError:
        point = math.nan
    if not math.isfinite(point):
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
