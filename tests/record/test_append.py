from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import timedelta

import pytest
from deltalake import DeltaTable
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from tests.record.rows import MORNING, rows_in, said

from crosstie.errors import WorkspaceBusy
from crosstie.record import Appended, Interaction, Record
from crosstie.record import table as record_table


def in_order(rows) -> list[Interaction]:
    return sorted(rows, key=lambda row: (row.source, row.external_id))


def test_a_new_record_is_empty_and_can_be_queried(record):
    assert record.count() == 0
    assert record.sources() == ()
    assert record.latest() is None
    assert record.find("slack:TMADEUP", "message-1") is None
    assert rows_in(record) == []


def test_reading_again_adds_nothing_and_makes_no_version(record):
    rows = [said(number) for number in range(100)]
    assert record.append(rows) == Appended(added=100)
    version = record.version

    assert record.append(reversed(rows)) == Appended(unchanged=100)
    assert record.append(iter(rows), batch_rows=7) == Appended(unchanged=100)

    assert record.version == version
    assert rows_in(record) == in_order(rows)


def test_every_change_makes_a_higher_version_and_looking_makes_none(record):
    versions = [record.version]
    for change in (
        lambda: record.append([said(1), said(2)]),
        lambda: record.append([said(3)]),
        record.compact,
        lambda: record.forget(["k1"]),
    ):
        change()
        record.count()
        versions.append(record.version)
        assert DeltaTable(str(record.folder)).version() == record.version

    assert versions == sorted(set(versions))


def test_whoever_reads_beside_hears_of_every_change_also_where_the_log_was_cleared(record):
    reader = Record(record.folder)
    assert reader.version == record.version
    record.append([said(1)])
    assert reader.version == record.version
    for number in (2, 3):
        record.append([said(number)])
    assert reader.version == record.version
    record.append([said(4)])
    record.forget(["k1"])  # of the entry after the one the reader knows, nothing is left
    assert len(list((record.folder / "_delta_log").glob("*.json"))) == 1
    assert reader.version == record.version == DeltaTable(str(record.folder)).version()


def test_a_longer_export_adds_what_is_new_and_updates_what_was_edited(record):
    record.append([said(number) for number in range(100)], batch_rows=30)
    edited = said(17, text="Never mind.", asks=False, edited_at=MORNING + timedelta(days=1))
    longer = [edited if number == 17 else said(number) for number in range(120)]

    assert record.append(longer, batch_rows=50) == Appended(added=20, updated=1, unchanged=99)

    assert rows_in(record) == in_order(longer)


def test_an_older_reading_never_overwrites(record):
    edited = said(1, text="Second thought", edited_at=MORNING + timedelta(hours=2))
    record.append([edited, said(2)])

    older = said(1, text="First correction", edited_at=MORNING + timedelta(hours=1))

    assert record.append([said(1), older]) == Appended(unchanged=2)
    assert record.find(edited.source, edited.external_id) == edited


def test_a_fuller_reading_without_an_edit_takes_the_place_of_the_first(record):
    record.append([said(1), said(2)])
    fuller = said(1, mentioned=("k5",))

    assert record.append([fuller, said(2)]) == Appended(updated=1, unchanged=1)
    assert record.find(fuller.source, fuller.external_id) == fuller
    assert record.append([said(1)]) == Appended(updated=1)
    assert record.find(fuller.source, fuller.external_id) == said(1)


@pytest.mark.parametrize("batch_rows", [1, 2, 1000])
def test_going_back_and_forth_within_one_append_ends_with_the_last(record, batch_rows):
    fuller = said(1, mentioned=("k5",))

    appended = record.append([said(1), fuller, said(1)], batch_rows=batch_rows)

    assert sum(appended) == 3
    assert rows_in(record) == [said(1)]


def test_the_same_row_twice_in_one_append_is_one_row(record):
    assert record.append([said(1), said(1), said(2)]) == Appended(added=2, unchanged=1)
    assert record.count() == 2


def test_ids_are_known_within_their_source_only(record):
    elsewhere = said(1, source="mail")

    assert record.append([said(1), elsewhere]) == Appended(added=2)
    assert record.append([elsewhere, said(1)]) == Appended(unchanged=2)
    assert record.sources() == ("mail", "slack:TMADEUP")


def test_an_edit_leaves_every_other_row_of_its_file_alone(record):
    rows = [said(number) for number in range(300)]
    record.append(rows, batch_rows=100)
    rows[::50] = [said(number, text="edited", edited_at=MORNING) for number in range(0, 300, 50)]

    assert record.append(rows[::50]) == Appended(updated=6)

    assert rows_in(record) == in_order(rows)
    assert record.count() == 300


def test_progress_tells_what_is_safe_already(record):
    steps: list[int] = []

    def look(settled):
        steps.append(settled)
        assert Record(record.folder).count() == settled

    record.append((said(number) for number in range(25)), batch_rows=10, progress=look)

    assert steps == [10, 20, 25]


def test_long_texts_make_smaller_batches(record, monkeypatch):
    monkeypatch.setattr("crosstie.record.append.BATCH_TEXT", 1000)
    steps: list[int] = []

    record.append((said(number, text="x" * 400) for number in range(7)), progress=steps.append)

    assert steps == [3, 6, 7]


def test_latest_is_the_time_of_the_last_act(record):
    record.append([said(1), said(3), said(2), said(4, at=None)])

    latest = record.latest()

    assert latest == said(3).at
    assert latest.utcoffset() == timedelta(0)


def test_many_small_commits_are_joined_and_say_the_same(record):
    rows = [said(number) for number in range(80)]

    record.append(rows, batch_rows=4)

    assert len(list(record.folder.glob("*.parquet"))) <= record_table._MANY_PARTS
    assert rows_in(record) == in_order(rows)
    record.compact()
    assert len(list(record.folder.glob("*.parquet"))) == 1
    assert rows_in(record) == in_order(rows)


def test_what_is_joined_stands_in_order_of_time(record):
    rows = [said(number) for number in range(80)]
    record.append([*rows[60:], said(90, at=None), *rows[:60]], batch_rows=20)
    record.compact()

    with record.connect() as connection:
        found = connection.execute("SELECT external_id FROM interactions").fetchall()

    assert [external_id for (external_id,) in found] == [row.external_id for row in rows] + ["message-90"]


def test_a_large_part_is_not_written_again_for_the_sake_of_small_ones(record, monkeypatch):
    monkeypatch.setattr(record_table, "_SIZES", (0, 30, 300))
    record.append([said(number) for number in range(40)])
    (large,) = record.folder.glob("*.parquet")

    for number in range(40, 41 + record_table._MANY_PARTS):
        record.append([said(number)])

    names = {file.name for file in record.folder.glob("*.parquet")}
    assert large.name in names
    assert len(names) == 3


def test_a_second_writer_is_told_to_wait(record):
    def rows() -> Iterator[Interaction]:
        yield said(1)
        with pytest.raises(WorkspaceBusy, match="Someone else is writing"):
            Record(record.folder).append([said(2)])
        with pytest.raises(WorkspaceBusy):
            Record(record.folder).forget(["k1"])
        yield said(3)

    assert record.append(rows()) == Appended(added=2)
    assert record.append([said(2)]) == Appended(added=1)


def test_nothing_is_read_into_memory_before_it_is_needed(record):
    taken = 0

    def rows() -> Iterator[Interaction]:
        nonlocal taken
        for number in range(30):
            taken = number + 1
            yield said(number)

    record.append(
        rows(), batch_rows=10, progress=lambda settled: pytest.fail("late") if taken > settled else None
    )
    assert taken == 30


VERSIONS = some.lists(some.tuples(some.integers(0, 11), some.integers(0, 3)), max_size=40)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(readings=VERSIONS, cuts=some.lists(some.integers(0, 40), max_size=3), batch_rows=some.integers(1, 9))
def test_any_split_order_and_overlap_of_readings_gives_the_same_record(
    tmp_path_factory, readings, cuts, batch_rows
):
    record = Record(tmp_path_factory.mktemp("split") / "record")
    rows = [
        said(
            number,
            text=f"{number} v{version}",
            edited_at=MORNING + timedelta(days=version) if version else None,
        )
        for number, version in readings
    ]
    latest: dict[int, int] = {}
    for number, version in readings:
        latest[number] = max(version, latest.get(number, 0))

    bounds = [0, *sorted(cuts), len(rows)]
    counts = [
        record.append(rows[start:end], batch_rows=batch_rows) for start, end in itertools.pairwise(bounds)
    ]

    kept = rows_in(record)
    assert [(row.external_id, row.text) for row in kept] == sorted(
        (f"message-{number}", f"{number} v{version}") for number, version in latest.items()
    )
    assert sum(count.added for count in counts) == len(latest)
    assert sum(map(sum, counts)) == len(rows[: bounds[-1]])
