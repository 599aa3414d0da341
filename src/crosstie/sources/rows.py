"""Rows of a CSV or Parquet file as text: the traps of such files, met once for all sources."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from crosstie.errors import CrosstieError, SourceRefused
from crosstie.saying import mark
from crosstie.sources import parquet, separated
from crosstie.sources.door import Door

SUFFIXES = frozenset({".csv", ".tsv", ".tab", ".txt", ".parquet", ".pq"})
LEFT_UNREAD = mark("column left unread")
_WIDEST_HEADER = 1_000

Row = separated.Row


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its rows, each as wide as the header; what cannot be a row is counted in the ledger.

    Attributes:
        header: the names of the columns.
        rows: every cell as text.
        lists: places of the columns whose cells are lists, with `PART` between their parts.
        nested: places of the columns whose cells hold more than that.
    """

    header: tuple[str, ...]
    rows: Iterator[Row]
    lists: frozenset[int] = field(default=frozenset())
    nested: frozenset[int] = field(default=frozenset())

    def refuse_nested(self, places: Iterable[int], *, lists_in: Iterable[int] = ()) -> None:
        """Refuse to read a column that holds more than one value a row.

        Args:
            places: of the columns that are needed.
            lists_in: those of them that may be lists.

        Raises:
            SourceRefused: a column is nested.
        """
        for place in sorted(places):
            if place in self.nested or (place in self.lists and place not in lists_in):
                raise SourceRefused(
                    f'The column "{self.header[place][:40]}" holds more than one value a row'
                    f" ({'a list' if place in self.lists else 'a structure'}).",
                    hint="Write what is needed of it into a column of its own, and save the table again.",
                )


def folded(name: str) -> str:
    """Return a column's name for comparing: lower case, letters and digits only.

    >>> folded("Reports-To ID")
    'reportstoid'
    """
    return re.sub(r"[\W_]+", "", name.casefold())


def position(header: tuple[str, ...], named: str, well_known: Iterable[str], setting: str) -> int | None:
    """Return the place of a column: the one named by a setting, else the first well-known name, else None.

    Args:
        header: the columns of the file.
        named: what the user said: a column's name, ``-`` for "there is none", or "" to look for it.
        well_known: folded names, the likeliest first.
        setting: the setting's name, for the message.

    Raises:
        SourceRefused: the column that the user named is not there.
    """
    if named == "-":
        return None
    columns = [folded(column) for column in header]
    if named:
        if named in header:
            return header.index(named)
        if folded(named) in columns:
            return columns.index(folded(named))
        raise SourceRefused(
            f'There is no column "{named}" (setting {setting}).',
            hint=f"The columns are: {shown(header)}.",
        )
    return next((columns.index(name) for name in well_known if name in columns), None)


def shown(header: Iterable[str]) -> str:
    """Return the names of columns as a message shows them: the first twenty, each cut short."""
    names = list(header)
    more = f" and {len(names) - 20} more" if len(names) > 20 else ""  # noqa: PLR2004 -- as the sentence above says
    return ", ".join(f'"{name[:40]}"' for name in names[:20]) + more


def fingerprint(*rows: Iterable[str]) -> str:
    """Return 16 hexadecimal digits that know some rows by their content."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update("\x1f".join(row).encode("utf-8", "replace") + b"\x1e")
    return digest.hexdigest()[:16]


def peek(path: Path) -> tuple[str, ...]:
    """Return the header of a table without reading it whole; () where there is none to be had."""
    try:
        return header_of(path)
    except (CrosstieError, OSError, csv.Error):
        return ()  # whoever only looks has nothing to refuse; reading says what is wrong


def header_of(path: Path) -> tuple[str, ...]:
    """Return the header of a table without reading it whole; () of what is not called as tables are.

    Raises:
        SourceRefused: it is called Parquet and is damaged, or CSV and is no text.
        csv.Error: a cell is longer than any name.
    """
    if not path.is_file() or path.suffix.lower() not in SUFFIXES:
        return ()
    return parquet.read(path).header if parquet.is_parquet(path) else _header(separated.peek(path))


def open_table(path: Path, door: Door) -> Table:
    """Open a table for streaming.

    Raises:
        SourceRefused: the file has no header, is not text, or is damaged beyond reading.
    """
    if parquet.is_parquet(path):
        found = parquet.read(path)
        return Table(found.header, found.rows, lists=found.lists, nested=found.nested)
    rows = separated.read(path, door)
    header = next(rows, None)
    if header is None:
        raise SourceRefused(f'"{path.name}" has no rows.', hint="Save the table again, with its header row.")
    return Table(_header(header), _as_wide(rows, len(header), door))


def ahead(table: Table, count: int) -> tuple[list[Row], Iterator[Row]]:
    """Return the first rows of a table, and all of its rows."""
    first = list(islice(table.rows, count))

    def every() -> Iterator[Row]:
        yield from first
        yield from table.rows

    return first, every()


def _header(cells: list[str]) -> tuple[str, ...]:
    if len(cells) > _WIDEST_HEADER:
        raise SourceRefused(
            f"The header has {len(cells)} columns.", hint=f"At most {_WIDEST_HEADER} are read."
        )
    return tuple(" ".join(cell.split()) for cell in cells)


def _as_wide(records: Iterator[Row], width: int, door: Door) -> Iterator[Row]:
    for cells in records:
        while len(cells) > width and not cells[-1].strip():
            cells.pop()
        if len(cells) == width:
            yield cells
        else:
            is_longer = len(cells) > width
            door.ledger.leave_out(
                mark("row longer than the header") if is_longer else mark("row shorter than the header")
            )
