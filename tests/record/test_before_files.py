"""A record that was made before the names of files were kept: it opens, and goes on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest
from deltalake import DeltaTable, Field, Schema, write_deltalake
from deltalake.schema import ArrayType, PrimitiveType
from tests.record.rows import rows_in, said

from crosstie.errors import WorkspaceBusy
from crosstie.record import Appended, Record, locks, table
from crosstie.record.columns import SCHEMA, columns_of
from crosstie.record.rules import digest_of

BEFORE = tuple(field.name for field in SCHEMA.fields if field.name != "files")
ROWS = [said(number) for number in range(1, 8)]


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """Return the folder of such a record, in three commits."""
    folder = tmp_path / "record"
    for some in (ROWS[:2], ROWS[2:3], ROWS[3:]):
        rows = columns_of(some, [digest_of(row) for row in some]).select(list(BEFORE))
        write_deltalake(
            str(folder), rows, mode="append", configuration={"delta.dataSkippingNumIndexedCols": "0"}
        )
    assert [field.name for field in DeltaTable(str(folder)).schema().fields] == list(BEFORE)
    return folder


def test_it_says_what_it_said(before):
    assert rows_in(Record(before)) == ROWS
    assert Record(before).find("slack:TMADEUP", "message-3") == said(3)


def test_what_was_read_then_is_known_again(before):
    record = Record(before)

    assert record.append(ROWS) == Appended(unchanged=7)
    assert record.append([said(8, files=("src/lamp.py",))]) == Appended(added=1)
    assert record.count() == 8


def test_a_row_that_was_read_then_takes_its_files_as_an_edit(before):
    record = Record(before)

    assert record.append([said(3, files=("src/lamp.py", "src/oven.py"))]) == Appended(updated=1)
    assert rows_in(record) == [*ROWS[:2], said(3, files=("src/lamp.py", "src/oven.py")), *ROWS[3:]]


def test_the_forgotten_go_from_it(before):
    record = Record(before)

    counts = record.forget(["k2"])

    assert counts.removed == 1
    assert counts.is_erased
    assert record.count() == 6


def test_it_is_brought_up_to_date_once_and_nothing_of_it_is_left_over(before):
    version = Record(before).version
    names = {path.name for path in before.glob("*.parquet")}

    assert Record(before).version == version
    assert names == {path.name for path in before.glob("*.parquet")}
    opened = DeltaTable(str(before))
    assert opened.schema() == SCHEMA
    assert len(opened.file_uris()) == len(names)
    with duckdb.connect() as connection:
        for name in names:
            found = connection.execute("FROM read_parquet(?) LIMIT 0", [str(before / name)]).description
            assert [column[0] for column in found] == [field.name for field in SCHEMA.fields]


def test_an_empty_one_opens_too(tmp_path):
    texts = ArrayType(PrimitiveType("string"), contains_null=False)
    kept = [field for field in SCHEMA.fields if field.name != "files"]
    DeltaTable.create(str(tmp_path / "record"), Schema(kept))

    record = Record(tmp_path / "record")

    assert record.count() == 0
    assert record.append([said(1, files=("a",))]) == Appended(added=1)
    assert Field("files", texts, nullable=False) in DeltaTable(str(tmp_path / "record")).schema().fields


def test_while_somebody_writes_to_it_it_is_left_alone(before, monkeypatch):
    monkeypatch.setattr(table, "_PATIENCE_SECONDS", 0.0)
    own = before / "_crosstie"
    own.mkdir()
    with locks.only_writer(own / "writer"), pytest.raises(WorkspaceBusy):
        Record(before)

    assert rows_in(Record(before)) == ROWS


def test_of_several_who_open_it_at_once_one_brings_it_up_to_date_and_the_others_wait(before):
    with ThreadPoolExecutor(max_workers=4) as pool:
        records = list(pool.map(Record, [before] * 4))

    assert [rows_in(record) for record in records] == [ROWS] * 4
    assert len({record.version for record in records}) == 1


def test_a_row_without_files_has_the_digest_it_had():
    # As versions without the column worked it out.
    assert digest_of(said(1)) == -7839510582833707418
    assert digest_of(said(1, files=("src/lamp.py",))) != digest_of(said(1))
