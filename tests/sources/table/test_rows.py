"""The traps of CSV and Parquet files."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from crosstie.errors import SourceRefused
from crosstie.record import Interaction
from crosstie.sources import Door, Ledger
from crosstie.sources.table import SOURCE


def reading(path: Path) -> tuple[list[tuple[str, ...]], Ledger]:
    door = Door(ledger=Ledger())
    traces = list(SOURCE.read(path, {**SOURCE.defaults(), "openness": "open"}, door))
    return [(act.actor, *act.addressed) for act in traces if isinstance(act, Interaction)], door.ledger


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_delimiters_line_ends_and_byte_order_marks_are_found_out(
    tmp_path: Path, delimiter: str, end: str, mark: str
) -> None:
    path = tmp_path / "ties.csv"
    rows = [["from", "to"], ["ann", "ben"], ["ben", "cleo"]]
    path.write_bytes((mark + end.join(delimiter.join(row) for row in rows) + end).encode())

    ties, ledger = reading(path)

    assert ties == [("ann", "ben"), ("ben", "cleo")]
    assert ledger.read == 2
    assert SOURCE.recognises(path) > 0.5


def test_quotes_hold_delimiters_and_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "ties.csv"
    path.write_bytes(b'from,to\n"Berg, Ada","Holt,\nBen"\n')

    assert reading(path)[0] == [("Berg, Ada", "Holt, Ben")]


def test_a_file_not_in_utf_8_is_read_as_windows_1252_and_noted(tmp_path: Path) -> None:
    path = tmp_path / "ties.csv"
    path.write_bytes("from,to\nJosé,Zoë\n".encode("cp1252"))

    ties, ledger = reading(path)

    assert ties == [("José", "Zoë")]
    assert ledger.notes["file not in UTF-8, read as Windows-1252"] == 1


def test_utf_16_with_a_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "ties.csv"
    path.write_bytes("from\tto\nJosé\tZoë\n".encode("utf-16"))

    assert reading(path)[0] == [("José", "Zoë")]


def test_a_row_cut_off_at_the_end_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "ties.csv"
    path.write_bytes(b"from,to,at\nann,ben,2025-01-01\nann,cl")

    ties, ledger = reading(path)

    assert ties == [("ann", "ben")]
    assert dict(ledger.left_out) == {"row shorter than the header": 1}


def test_rows_that_are_too_long_are_counted_unless_the_surplus_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "ties.csv"
    path.write_bytes(b"from,to\nann,ben,,\nann,cleo,extra\n")

    ties, ledger = reading(path)

    assert ties == [("ann", "ben")]
    assert dict(ledger.left_out) == {"row longer than the header": 1}


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\x00\x01\x02\x03from,to\n"])
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "ties.csv"
    path.write_bytes(content)

    with pytest.raises(SourceRefused) as refused:
        reading(path)
    assert refused.value.hint
    assert SOURCE.recognises(path) == 0


def test_parquet_gives_what_csv_gives_whatever_the_file_is_called(tmp_path: Path) -> None:
    path = tmp_path / "ties [1]*.parquet"
    plain = tmp_path / "plain.parquet"
    duckdb.sql(
        "COPY (SELECT 7 AS sender, 8 AS recipient, TIMESTAMPTZ '2025-03-03 10:00:00+01' AS date "
        f"UNION ALL SELECT 8, 7, NULL) TO '{plain}' (FORMAT parquet)"
    )
    plain.rename(path)
    csv = tmp_path / "ties.csv"
    csv.write_text("sender,recipient,date\n7,8,2025-03-03T09:00:00+00:00\n8,7,\n", encoding="utf-8")

    ties, ledger = reading(path)

    assert (ties, dict(ledger.left_out)) == (reading(csv)[0], {"unreadable date": 1})
    assert ties == [("7", "8")]
    assert SOURCE.recognises(path) > 0.5


def test_damaged_parquet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ties.parquet"
    path.write_bytes(b"PAR1 and then nothing of use")

    with pytest.raises(SourceRefused, match="Parquet"):
        reading(path)
    assert SOURCE.recognises(path) == 0


def test_a_folder_or_a_picture_is_no_table(tmp_path: Path) -> None:
    picture = tmp_path / "from,to.png"
    picture.write_bytes(b"\x89PNG")

    assert SOURCE.recognises(tmp_path) == 0
    assert SOURCE.recognises(picture) == 0
