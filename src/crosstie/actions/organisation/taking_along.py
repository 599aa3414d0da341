"""Take along all that is held about oneself: one ZIP of CSV and JSON, written while it is read."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict, fields
from typing import IO

from django.utils.translation import gettext as _

from crosstie.actions.formulas import guarded
from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, held_rows, held_tables, letters, seen_of_me
from crosstie.actions.organisation.held_rows import HeldRow
from crosstie.people import Viewer
from crosstie.store.held import HELD

_ROWS_A_CHUNK = 500


class _Chunks(io.RawIOBase):
    """Where a ZIP is written to, piece by piece; it cannot go back."""

    def __init__(self) -> None:
        self._written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload]  # whatever has bytes
        self._written += piece
        return len(piece)

    def take(self) -> bytes:
        """Return what was written since the last time."""
        taken = bytes(self._written)
        self._written.clear()
        return taken


def export(home: Home, viewer: Viewer) -> Iterator[bytes]:
    """Return the pieces of a ZIP with all that stands on *About me*, and nothing of anybody else.

    ``traces.csv`` has a row a trace, ``NAME.json`` the rows of a table, ``seen.json`` what others see.

    Raises:
        NotShown: nobody signed in; at once, before the first piece.
    """
    me = gate.acting(home, viewer)
    return _pieces(home, viewer, letters.language_of(me.account))


def _pieces(home: Home, viewer: Viewer, language: AbstractContextManager[None]) -> Iterator[bytes]:
    out = _Chunks()
    with language, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("README.txt", _readme())
        packed.writestr("seen.json", _as_json(asdict(seen_of_me.seen_of_me(home, viewer))))
        with packed.open("traces.csv", "w") as file:
            yield from _traces(out, file, held_rows.every_row(home, viewer))
        for one in HELD:
            with packed.open(f"{one.name}.json", "w") as file:
                yield from _json(out, file, held_tables.every_row(home, viewer, one))
    yield out.take()


def _traces(out: _Chunks, file: IO[bytes], rows: Iterable[HeldRow]) -> Iterator[bytes]:
    # A mark at the beginning tells spreadsheets that it is UTF-8.
    file.write(b"\xef\xbb\xbf")
    columns = [one.name for one in fields(HeldRow)]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    for number, row in enumerate(rows):
        writer.writerow([_cell(getattr(row, column)) for column in columns])
        if number % _ROWS_A_CHUNK == 0:
            file.write(text.getvalue().encode())
            text.seek(0)
            text.truncate()
            yield out.take()
    file.write(text.getvalue().encode())
    yield out.take()


def _json(out: _Chunks, file: IO[bytes], rows: Iterable[dict[str, object]]) -> Iterator[bytes]:
    file.write(b"[")
    for number, row in enumerate(rows):
        file.write((",\n" if number else "\n").encode() + _as_json(row).encode())
        if number % _ROWS_A_CHUNK == 0:
            yield out.take()
    file.write(b"\n]\n")
    yield out.take()


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        value = "; ".join(value)
    return guarded("" if value is None else str(value))


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _readme() -> str:
    files = [
        ("traces.csv", _("every trace of the record that involves you")),
        ("seen.json", _("what someone who has no tie with you sees of you")),
        *((f"{one.name}.json", str(one.title)) for one in HELD),
    ]
    lines = [
        _("All that is held about you in crosstie, and nothing of anybody else."),
        "",
        *(f"{name}: {words}" for name, words in files),
        "",
        _("Others are told by their names, as far as they may be shown to you. Times are in UTC."),
        _("Passwords, and the secrets of links, tokens and webhooks, are not in here."),
    ]
    return "\n".join(lines) + "\n"
