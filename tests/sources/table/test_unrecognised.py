"""A table that nobody recognises is told what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from crosstie.errors import SourceRefused, SourceUnclear
from crosstie.sources import every_source, recognise
from crosstie.sources.table import SOURCE


def test_parquet_that_is_cut_off_is_called_so(tmp_path: Path) -> None:
    path = tmp_path / "log.parquet"
    duckdb.sql(f"COPY (SELECT 1 AS sender, 2 AS recipient) TO '{path}' (FORMAT parquet)")
    path.write_bytes(path.read_bytes()[:-20])

    with pytest.raises(SourceRefused, match="cannot be read as Parquet") as refused:
        recognise(path)
    assert "download finished" in refused.value.hint


def test_what_is_called_csv_and_is_binary_is_called_so(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(b"\x00\x01from,to\n")

    with pytest.raises(SourceRefused, match="binary"):
        recognise(path)


@pytest.mark.parametrize("name", ["log.csv", "log.tsv"])
def test_unknown_columns_are_named_with_the_settings_that_tell_them(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("von;an;datum\nAda;Ben;1.3.2024\n", encoding="utf-8")

    with pytest.raises(SourceUnclear, match='"von", "an", "datum"') as unclear:
        recognise(path)
    assert f"table:{path} --set table.from_column=" in unclear.value.hint
    assert "--set table.to_column=" in unclear.value.hint


@pytest.mark.parametrize(("name", "text"), [("note.txt", "Dear Ada, hello\n"), ("one.csv", "who\nAda\n")])
def test_what_is_hardly_a_table_is_told_what_is_read_at_all(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")

    with pytest.raises(SourceUnclear) as unclear:
        recognise(path)
    assert SOURCE.label in unclear.value.hint


def test_what_others_recognise_stays_theirs(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("id,name,department\n1,Ada,Sales\n", encoding="utf-8")

    assert recognise(path) is every_source()["directory"]
