"""Rows of a CSV or Parquet file as text: the traps of such files, met once for all sources."""

from __future__ import annotations

import codecs
import csv
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from crosstie.errors import CrosstieError, SourceRefused
from crosstie.saying import mark
from crosstie.sources.door import Door

SUFFIXES = frozenset({".csv", ".tsv", ".tab", ".txt", ".parquet", ".pq"})
_PARQUET_SUFFIXES = frozenset({".parquet", ".pq"})
_DELIMITERS = ",;\t|"
_CHUNK = 1 << 20
LEFT_UNREAD = mark("column left unread")
_PEEK = 1 << 16
_LONGEST_CELL = 1 << 20
_WIDEST_HEADER = 1_000
_ROWS_A_FETCH = 4_096
_ROWS_A_FETCH = 4_096

Row = list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its rows, each as wide as the header; what cannot be a row is counted in the ledger."""

    header: tuple[str, ...]
    rows: Iterator[Row]


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
    if not path.is_file() or path.suffix.lower() not in SUFFIXES:
        return ()
    try:
        if _is_parquet(path):
            return _parquet(path)[0]
        with path.open("rb") as file:
            start = file.read(_PEEK)
        text = start.decode(_byte_order(start) or "utf-8", "replace")
        if _is_binary(text):
            return ()
        delimiter = _delimiter(text)
        return _header(next(csv.reader(_lines(text), delimiter=delimiter), []))
    except (CrosstieError, OSError, csv.Error):
        return ()  # whoever only looks has nothing to refuse; reading says what is wrong


def open_table(path: Path, door: Door) -> Table:
    """Open a table for streaming.

    Raises:
        SourceRefused: the file has no header, is not text, or is damaged beyond reading.
    """
    if _is_parquet(path):
        return Table(*_parquet(path))
    encoding = _encoding(path, door)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        start = file.read(_PEEK)
    if _is_binary(start):
        raise SourceRefused(
            f'"{path.name}" holds binary data, not text.', hint="Save the table as CSV (UTF-8) or as Parquet."
        )
    delimiter = _delimiter(start)
    records = _records(path, encoding, delimiter, door)
    header = next(records, None)
    if header is None:
        raise SourceRefused(f'"{path.name}" has no rows.', hint="Save the table again, with its header row.")
    return Table(_header(header), _as_wide(records, len(header), door))


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


def _is_binary(start: str) -> bool:
    """Say whether the first line holds what no text does; later such characters are dropped."""
    return "\0" in start.partition("\n")[0]


def _lines(text: str) -> Iterator[str]:
    return iter(text.splitlines(keepends=True))


def _delimiter(start: str) -> str:
    """Return the delimiter that cuts the first line into most columns and the second into as many."""
    lines = [line for line in start.splitlines() if line.strip()][:2]

    def columns(delimiter: str) -> tuple[bool, int]:
        widths = [len(next(csv.reader([line], delimiter=delimiter), [])) for line in lines]
        return (len(set(widths)) == 1, widths[0]) if widths and widths[0] > 1 else (False, 0)

    return max(_DELIMITERS, key=columns)


def _byte_order(start: bytes) -> str:
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return ""


def _encoding(path: Path, door: Door) -> str:
    """Return the encoding of a file: by its byte order mark, else UTF-8 if all of it is, or Windows-1252."""
    with path.open("rb") as file:
        start = file.read(4)
        marked = _byte_order(start)
        if marked:
            return marked
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            decoder.decode(start)
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            door.ledger.note("file not in UTF-8, read as Windows-1252")
            return "cp1252"
    return "utf-8"


def _records(path: Path, encoding: str, delimiter: str, door: Door) -> Iterator[Row]:
    csv.field_size_limit(_LONGEST_CELL)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        reader = csv.reader((line.replace("\0", "") for line in file), delimiter=delimiter)
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                # A cell without an end, or longer than any name: the reader goes on with the next line.
                door.ledger.leave_out("unreadable row")
                continue
            if any(cells):
                yield cells


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


def _is_parquet(path: Path) -> bool:
    if path.suffix.lower() in _PARQUET_SUFFIXES:
        return True
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


def _parquet(path: Path) -> tuple[tuple[str, ...], Iterator[Row]]:
    """Return the header and the streaming rows of a Parquet file, every value as text, times in UTC."""
    import duckdb  # imported late: heavy, and needed for Parquet only

    def damaged(trouble: Exception) -> SourceRefused:
        return SourceRefused(
            f'"{path.name}" cannot be read as Parquet ({str(trouble).splitlines()[0][:120]}).',
            hint="Check that the download finished, or save the table as CSV.",
        )

    connection = duckdb.connect()
    try:
        connection.execute("SET TimeZone='UTC'")
        connection.execute("SELECT COLUMNS(*)::VARCHAR FROM read_parquet(?)", [str(path)])
    except duckdb.Error as trouble:
        raise damaged(trouble) from trouble

    def rows() -> Iterator[Row]:
        with connection:
            try:
                while fetched := connection.fetchmany(_ROWS_A_FETCH):
                    for cells in fetched:
                        yield ["" if cell is None else cell for cell in cells]
            except duckdb.Error as trouble:
                raise damaged(trouble) from trouble

    return tuple(column[0] for column in connection.description or ()), rows()
