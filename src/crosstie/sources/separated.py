"""Rows of a CSV file: its encoding, its delimiter, and quotation marks that have no partner."""

from __future__ import annotations

import codecs
import csv
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path

from crosstie.errors import SourceRefused
from crosstie.saying import mark
from crosstie.sources.door import Door

Row = list[str]

_DELIMITERS = ",;\t|"
_CHUNK = 1 << 20
_PEEK = 1 << 16
_LONGEST_CELL = 1 << 20
_STRAY_QUOTE = mark("row with a quotation mark that has no partner")


def peek(path: Path) -> Row:
    """Return the first row without reading the file whole.

    Raises:
        SourceRefused: the file is not text.
        csv.Error: a cell is longer than any name.
    """
    with path.open("rb") as file:
        start = file.read(_PEEK)
    text = start.decode(_byte_order(start) or "utf-8", "replace")
    _refuse_binary(path, text)
    return next(csv.reader(iter(text.splitlines(keepends=True)), delimiter=_delimiter(text)), [])


def read(path: Path, door: Door) -> Iterator[Row]:
    """Yield the rows that are not empty, streaming, the header first.

    Raises:
        SourceRefused: the file is not text, or a quotation mark in its header never ends.
    """
    encoding = _encoding(path, door)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        start = file.read(_PEEK)
    _refuse_binary(path, start)
    return _rows(path, encoding, _delimiter(start), door)


def _refuse_binary(path: Path, start: str) -> None:
    """Refuse a file whose first line holds what no text does; later such characters are dropped."""
    if "\0" in start.partition("\n")[0]:
        raise SourceRefused(
            f'"{path.name}" holds binary data, not text.', hint="Save the table as CSV (UTF-8) or as Parquet."
        )


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


class _Lines:
    """The lines of a file. It knows those taken for the present row, and takes some of them back."""

    def __init__(self, file: Iterable[str]) -> None:
        self._file = iter(file)
        self._again: deque[str] = deque()
        self.taken: list[str] = []
        self.has_ended = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self._again:
            line = self._again.popleft()
        else:
            try:
                line = next(self._file).replace("\0", "")
            except StopIteration:
                self.has_ended = True
                raise
        self.taken.append(line)
        return line

    def begin(self) -> None:
        """Begin with the next row."""
        self.taken.clear()
        self.has_ended = False

    def give_back_all_but_first(self) -> None:
        """Hand out once more what was taken for this row, but for its first line."""
        self._again.extendleft(reversed(self.taken[1:]))


def _rows(path: Path, encoding: str, delimiter: str, door: Door) -> Iterator[Row]:
    csv.field_size_limit(_LONGEST_CELL)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        lines = _Lines(file)
        reader = csv.reader(lines, delimiter=delimiter)
        width = 0
        while True:
            lines.begin()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:  # a cell longer than any name; the reader goes on with the next line
                cells = []
                is_stray = len(lines.taken) > 1
                if not is_stray:
                    door.ledger.leave_out("unreadable row")
            else:
                is_stray = lines.has_ended or (
                    len(lines.taken) > 1 and _swallows_rows(lines.taken, cells, width, delimiter)
                )
            if is_stray and not width:
                raise SourceRefused(
                    f'The header of "{path.name}" has a quotation mark (") that never ends.',
                    hint="Take it out, or save the table again as CSV.",
                )
            if is_stray:
                door.ledger.leave_out(_STRAY_QUOTE)
                lines.give_back_all_but_first()
            elif any(cells):
                width = width or len(cells)
                yield cells


def _swallows_rows(lines: list[str], cells: Row, width: int, delimiter: str) -> bool:
    r"""Say whether a row of several lines is several rows, held together by a mark that should not be there.

    A cell may well hold line ends. But where one begins by mistake, it goes on to the next mark, wherever
    that stands: then what follows that mark is seldom what follows the end of a cell, or the row has not as
    many cells as the header, and lines in it would be rows by themselves. Should all of it fit by chance, all
    lines are as wide as rows: no text looks so that is not a table itself.

    >>> _swallows_rows(['"Ann,5\n', 'Ben,"7"\n'], ['Ann,5\nBen,7"'], 2, ",")
    True
    >>> _swallows_rows(['Ann,"Hello,\n', "you\n", 'there"\n'], ["Ann", "Hello,\nyou\nthere"], 2, ",")
    False
    """
    if width < 2:  # noqa: PLR2004 -- of one column, any line is a row
        return False
    by_themselves = [_is_as_wide(line, width, delimiter) for line in lines]
    if all(by_themselves) and len(lines) > 2:  # noqa: PLR2004 -- two lines are a cell of two lines
        return True
    fits = _without_surplus(cells, width) == width and _is_well_formed(lines, delimiter)
    return not fits and any(by_themselves[1:])


def _is_as_wide(line: str, width: int, delimiter: str) -> bool:
    if line.count(delimiter) == width - 1:
        return True
    try:
        return len(next(csv.reader([line], delimiter=delimiter, strict=True), [])) == width
    except csv.Error:
        return False


def _is_well_formed(lines: list[str], delimiter: str) -> bool:
    """Say whether after each end of a quoted cell a delimiter or the end of the row follows."""
    try:
        next(csv.reader(lines, delimiter=delimiter, strict=True), None)
    except csv.Error:
        return False
    return True


def _without_surplus(cells: Row, width: int) -> int:
    """Return how many cells there are, without empty ones beyond the header's width."""
    count = len(cells)
    while count > width and not cells[count - 1].strip():
        count -= 1
    return count
