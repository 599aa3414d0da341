"""Rows of an HR table into entries of the directory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from msgspec import structs

from crosstie.record import Account, Entry, Openness, Trace
from crosstie.saying import mark
from crosstie.sources.days import AUTO, DayOrder
from crosstie.sources.directory.columns import Columns, find_columns, is_never_read
from crosstie.sources.directory.dates import read_date
from crosstie.sources.directory.managers import Written, resolve
from crosstie.sources.door import Door
from crosstie.sources.ledger import Ledger
from crosstie.sources.rows import LEFT_UNREAD, Row, ahead, fingerprint, open_table
from crosstie.sources.source import Settings

RELATIONS = ("employee", "customer", "partner", "outside")
_PLACE = "directory"
_NEVER_READ = mark("column that is never read")


def read(path: Path, settings: Settings, door: Door) -> Iterator[Trace]:
    """Yield the entries of a directory; the ledger counts its rows.

    It holds one small record a person until the end, since a manager may stand below their reports.

    Raises:
        SourceRefused: the file is no directory, or a setting asks for a column that is absent or never read.
    """
    table = open_table(path, door)
    columns = find_columns(table.header, settings)
    table.refuse_nested(columns.places())
    for index, column in enumerate(table.header):
        if index not in columns.places():
            what = _NEVER_READ if is_never_read(column) else LEFT_UNREAD
            door.ledger.note(f'{what}: "{column[:40]}"')
    first, rows = ahead(table, 1)
    known_by = [_cell(first[0], columns.id), _cell(first[0], columns.address)] if first else []
    source = f"directory:{fingerprint(table.header, known_by)}"
    day_first = _is_day_first(path, columns, settings, door.ledger)
    entries: dict[str, tuple[Entry, Written]] = {}
    for row in rows:
        written = _written(row, columns)
        if not written.id:
            door.ledger.leave_out("person without id, address and name")
        elif written.id in entries:
            door.ledger.leave_out("id that stands there twice")
        else:
            if columns.id is not None and not _cell(row, columns.id):
                door.ledger.note("person without id, known by address or name")
            entries[written.id] = (
                _entry(source, row, columns, written=written, day_first=day_first, door=door),
                written,
            )
    taken = [pair for pair in _told_apart(entries.values()) if _takes(door, pair[0])]
    managers = resolve([written for _, written in taken], door.ledger)
    for entry, _ in taken:
        yield structs.replace(entry, manager=managers[entry.id])


def _is_day_first(path: Path, columns: Columns, settings: Settings, ledger: Ledger) -> bool:
    """Say whether days stand first: as the user said, else as the dates themselves say."""
    days = [column for column in (columns.joined, columns.left) if column is not None]
    if settings["day_first"] != AUTO or not days:
        return settings["day_first"] == "yes"
    order = DayOrder.of(row[column] for row in open_table(path, Door(Ledger())).rows for column in days)
    return order.is_day_first(ledger, "directory.day_first")


def _told_apart(entries: Collection[tuple[Entry, Written]]) -> Iterator[tuple[Entry, Written]]:
    """Yield entries; an address that several have is none of theirs: whoever uses it may be any of them."""
    having = Counter(entry.address for entry, _ in entries)
    for entry, written in entries:
        if entry.address and having[entry.address] > 1:
            yield (
                structs.replace(entry, address="", shared_address=entry.address),
                replace(written, address=""),
            )
        else:
            yield entry, written


def _takes(door: Door, entry: Entry) -> bool:
    """Ask the door for one person's entry, which has no time of its own."""
    door.is_viewer(Account(source=entry.source, id=entry.id, name=entry.name, address=entry.address))
    if not door.takes_from(entry.id, None):
        return False
    if not door.admits(Openness.OPEN, _PLACE, _PLACE, (entry.id,)):
        return False
    door.ledger.use()
    if entry.shared_address:
        door.ledger.note("person with an address that others have too: it joins nobody")
    return True


def _cell(row: Row, column: int | None) -> str:
    return "" if column is None else " ".join(row[column].split())


def _written(row: Row, columns: Columns) -> Written:
    name = _cell(row, columns.name)
    if not name:
        name = f"{_cell(row, columns.first_name)} {_cell(row, columns.last_name)}".strip()
    address = _cell(row, columns.address).lower()
    if "@" not in address:
        address = ""
    return Written(
        id=_cell(row, columns.id) or address or name,
        name=name,
        address=address,
        manager=_cell(row, columns.manager),
        manager_name=_cell(row, columns.manager_name),
    )


def _entry(
    source: str, row: Row, columns: Columns, *, written: Written, day_first: bool, door: Door
) -> Entry:
    def day(column: int | None) -> str:
        text = _cell(row, column)
        found = read_date(text, day_first=day_first)
        if text and found is None:
            door.ledger.note("unreadable date")
        return found.isoformat() if found else ""

    relation = _cell(row, columns.relation).casefold()
    if relation not in RELATIONS:
        if relation:
            door.ledger.note("unknown relation, taken as employee")
        relation = "employee"
    groups = {kind: _cell(row, column) for kind, column in columns.groups.items()}
    return Entry(
        source=source,
        id=written.id,
        name=written.name,
        address=written.address,
        groups={kind: unit for kind, unit in groups.items() if unit},
        relation=relation,
        joined_on=day(columns.joined),
        left_on=day(columns.left),
    )
