"""A table into traces: an act that n people are told of, and the accounts and places in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from crosstie.record import Account, Interaction, Kind, Openness, Place, Trace
from crosstie.sources.days import AUTO, DayOrder
from crosstie.sources.door import Door
from crosstie.sources.ledger import Ledger
from crosstie.sources.rows import LEFT_UNREAD, ahead, open_table
from crosstie.sources.source import Settings
from crosstie.sources.table.acts import ANSWERS, Told, acts
from crosstie.sources.table.columns import Columns, find_columns
from crosstie.sources.table.known import ROWS_THAT_KNOW_THE_TABLE, source_of, start_of
from crosstie.sources.table.lines import Act, Lines
from crosstie.sources.table.people import Person


def read(path: Path, settings: Settings, door: Door) -> Iterator[Trace]:
    """Yield the traces of a table; the ledger counts its rows.

    Rows that follow one another with the same sender, time, kind, place and message are one message to n
    people, as mail logs with a row a recipient write it; so is a row that names n recipients. A table without
    times has one tie a row.

    Raises:
        SourceRefused: the file is no table, its columns are unknown, or a setting does not fit it.
    """
    table = open_table(path, door)
    first, rows = ahead(table, ROWS_THAT_KNOW_THE_TABLE)
    columns = find_columns(table.header, first, settings)
    table.refuse_nested(columns.places(), lists_in=(columns.recipient,))
    for index, column in enumerate(table.header):
        if index not in columns.places():
            door.ledger.note(f'{LEFT_UNREAD}: "{column[:40]}"')
    day_first = _is_day_first(path, columns, settings, door.ledger)
    lines = Lines(table.header, columns, settings, day_first=day_first, ledger=door.ledger)
    by_start = start_of(table.header, first, settings["name"])
    looked_at = _looked_through(path, columns, settings, day_first=day_first)
    source = source_of(by_start, settings["name"], looked_at, earlier=door.earlier, ledger=door.ledger)
    reader = _Reader(source, settings["name"] or path.name.split(".")[0], lines, door)
    for told in acts(rows, lines, door.ledger):
        yield from reader.traces(told)


def _is_day_first(path: Path, columns: Columns, settings: Settings, ledger: Ledger) -> bool:
    """Say whether dates have the day first: as the user said, else as the column itself says."""
    if settings["day_first"] != AUTO or columns.at is None:
        return settings["day_first"] == "yes"
    at = columns.at
    order = DayOrder.of(row[at] for row in open_table(path, Door(Ledger())).rows)
    return order.is_day_first(ledger, "table.day_first")


def _looked_through(path: Path, columns: Columns, settings: Settings, *, day_first: bool) -> Iterator[Told]:
    """Yield the acts of a table that is only looked at: what it lacks is counted when it is read."""
    aside = Ledger()
    table = open_table(path, Door(aside))
    lines = Lines(table.header, columns, settings, day_first=day_first, ledger=aside)
    yield from acts(table.rows, lines, aside)


class _Reader:
    """One reading of one table."""

    def __init__(self, source: str, title: str, lines: Lines, door: Door) -> None:
        self.source = source
        self.title = title
        self.lines = lines
        self.door = door
        self.accounts: dict[str, str] = {}  # with the name it is known by
        self.places: set[str] = set()

    def traces(self, told: Told) -> Iterator[Trace]:
        act, recipients = told.act, tuple(told.to)
        everybody = (act.sender, *told.to.values())
        if not self._admits(told, everybody):
            return
        place = self._place(act)
        if place not in self.places:
            self.places.add(place)
            name = "" if act.openness is Openness.DIRECT else act.place or self.title
            yield Place(source=self.source, id=place, name=name, openness=act.openness)
        for person in everybody:
            known = self.accounts.get(person.id)
            if known is None or (person.name and not known):
                self.accounts[person.id] = person.name
                yield self._account(person)
        yield Interaction(
            source=self.source,
            external_id=told.external_id,
            kind=act.kind,
            at=act.at,
            actor=act.sender.id,
            place=place,
            openness=act.openness,
            addressed=recipients,
            thread=act.message,
            parent_author=recipients[0] if act.kind in ANSWERS else "",
            strength=told.strength if act.kind is Kind.NAMED else 1.0,
        )

    def _admits(self, told: Told, everybody: tuple[Person, ...]) -> bool:
        """Ask for a message with all its people at once: it comes in whole or not at all."""
        act = told.act
        for person in everybody:
            if person.id not in self.accounts:
                self.door.is_viewer(self._account(person))
        people = [person.id for person in everybody]
        if not self.door.takes_from(act.sender.id, act.at, count=told.rows):
            return False
        place = self._place(act)
        if not self.door.admits(act.openness, act.place or self.title, place, people, count=told.rows):
            return False
        self.door.ledger.use(told.rows)
        return True

    def _place(self, act: Act) -> str:
        """Return the place's id; where a column says who could read it, one of each kind."""
        place = act.place or "table"
        return f"{place} ({act.openness})" if self.lines.reach.has_column else place

    def _account(self, person: Person) -> Account:
        return Account(source=self.source, id=person.id, name=person.name, address=person.address)
