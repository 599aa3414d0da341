from __future__ import annotations

import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from deltalake import DeltaTable, QueryBuilder
from tests.record.rows import MORNING, said

from crosstie.record import Interaction, Record

REPOSITORY = Path(__file__).resolve().parents[2]
BATCH = 40
HOW_MANY_EDITED = "SELECT count(*), count(*) FILTER (text = 'edited') FROM interactions"
HOW_MANY_OF_ONE = "SELECT count(*) FROM interactions WHERE actor = 'k1'"


def test_a_reader_sees_the_record_as_it_was_when_it_came(record):
    record.append([said(number, actor="k1") for number in range(50)])
    with record.connect() as before:
        record.append([said(number) for number in range(50, 80)])
        record.append([said(number, actor="k1", text="edited", edited_at=MORNING) for number in range(50)])
        record.compact()
        assert before.execute(HOW_MANY_EDITED).fetchall() == [(50, 0)]
    with record.connect() as after:
        assert after.execute(HOW_MANY_EDITED).fetchall() == [(80, 50)]


def test_another_engine_reads_the_same_from_the_delta_table(record):
    rows = [said(number) for number in range(50)]
    record.append(rows, batch_rows=20)
    record.append([said(3, actor="k9", edited_at=MORNING)])
    record.forget(["k1"])

    with record.connect() as connection:
        ours = connection.execute(
            """SELECT external_id, actor, kind, "at"::VARCHAR, addressed, "text", probability, asks
            FROM interactions ORDER BY external_id"""
        ).fetchall()
    engine = QueryBuilder().register("record", DeltaTable(str(record.folder)))
    theirs = engine.execute(
        """SELECT external_id, actor, kind, to_char("at", '%Y-%m-%d %H:%M:%S+00') AS "at", addressed, "text",
        probability, asks FROM record ORDER BY external_id"""
    ).read_all()

    assert len(ours) == 43
    assert [tuple(row.values()) for row in theirs.to_struct_array().to_pylist()] == ours


def test_forgetting_waits_for_a_reader_of_the_old_files(record):
    record.append([said(number) for number in range(50)])
    with record.connect() as reader:
        forgotten = record.forget(["k1"], patience_seconds=0.1)
        assert not forgotten.is_erased
        assert reader.execute(HOW_MANY_OF_ONE).fetchall() == [(7,)]
        with record.connect() as newcomer:
            assert newcomer.execute(HOW_MANY_OF_ONE).fetchall() == [(0,)]
        assert len(list(record.folder.glob("*.parquet"))) == 2

    assert record.forget(["k1"]).is_erased
    assert len(list(record.folder.glob("*.parquet"))) == 1


def test_forgetting_goes_on_as_soon_as_the_reader_leaves(record):
    record.append([said(number) for number in range(50)])
    with record.connect() as reader:
        result: list[bool] = []
        forgetting = threading.Thread(target=lambda: result.append(record.forget(["k1"]).is_erased))
        forgetting.start()
        time.sleep(0.3)
        assert not result
        reader.execute("SELECT count(*) FROM interactions").fetchall()
    forgetting.join(120)

    assert result == [True]


def test_a_reader_of_the_present_version_does_not_hold_anyone_up(record):
    record.append([said(number) for number in range(10)])
    record.append([said(1, text="edited", edited_at=MORNING)])

    with record.connect() as reader:
        assert record.forget(["nobody"], patience_seconds=0).is_erased
        assert reader.execute("SELECT count(*) FROM interactions").fetchall() == [(10,)]


def test_what_waiting_left_behind_goes_with_the_next_write(record):
    record.append([said(number) for number in range(50)])
    with record.connect():
        assert not record.forget(["k1"], patience_seconds=0).is_erased

    record.append([said(100)])

    assert len(list(record.folder.glob("*.parquet"))) == 2


def test_a_reader_that_was_killed_holds_nobody_up(record):
    record.append([said(number) for number in range(50)])
    code = (
        "import sys, time; from pathlib import Path; from crosstie.record import Record\n"
        "with Record(Path(sys.argv[1])).connect() as reader:\n"
        "    print('reading', flush=True); time.sleep(60)"
    )
    reader = subprocess.Popen(
        [sys.executable, "-c", code, record.folder],
        stdout=subprocess.PIPE,
        env={"PYTHONPATH": "src"},
        cwd=REPOSITORY,
    )
    assert reader.stdout is not None
    assert reader.stdout.readline() == b"reading\n"
    assert not record.forget(["k1"], patience_seconds=0).is_erased
    reader.kill()
    reader.wait()
    reader.stdout.close()

    assert record.forget(["k1"], patience_seconds=0).is_erased
    assert [path.name for path in (record.folder / "_crosstie" / "leases").iterdir()] == ["gate"]


def test_what_a_query_spills_is_gone_when_it_ends(record):
    record.append([said(1)])

    with record.connect(threads=1, memory="40MB") as reader:
        reader.execute("CREATE TEMP TABLE much AS SELECT hash(range), text FROM range(6000000), interactions")
        spilled = list((record.folder / "_crosstie" / "leases").glob("*.spilled/*"))
        assert spilled, "this query must spill, or the test shows nothing"

    assert [path.name for path in (record.folder / "_crosstie" / "leases").iterdir()] == ["gate"]


def batch(number: int, text: str, version: int = 0) -> list[Interaction]:
    """Return BATCH rows of one actor with one text; whatever a reader sees of them must be all of them."""
    fields = {"actor": f"batch{number}", "text": text, "edited_at": MORNING + timedelta(hours=version)}
    return [said(number * BATCH + place, **fields) for place in range(BATCH)]


def append(record: Record, number: int) -> None:
    record.append(batch(number, "first"))


def edit(record: Record, number: int) -> None:
    record.append(batch(0, f"edit {number}", number))


def join_and_forget(record: Record, number: int) -> None:
    record.append(batch(number, "first"))
    record.compact()
    assert record.forget([f"batch{number - 1}"]).is_erased


class Reader(threading.Thread):
    """Reads in a loop, and keeps what no reader may see."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.record = Record(folder)
        self.stopped = threading.Event()
        self.times = 0
        self.wrong: list[object] = []

    def run(self) -> None:
        while not self.stopped.is_set() and not self.wrong:
            try:
                with self.record.connect() as connection:
                    found = connection.execute(
                        "SELECT actor, text, count(*) FROM interactions GROUP BY ALL"
                    ).fetchall()
            except Exception as error:  # noqa: BLE001 - whatever fails in a thread must fail the test
                self.wrong.append(error)
                return
            self.wrong += [row for row in found if row[2] != BATCH]
            self.wrong += [found] if len({actor for actor, _, _ in found}) != len(found) else []
            self.wrong += [] if found else ["nothing"]
            self.times += 1


@pytest.mark.parametrize("change", [append, edit, join_and_forget])
def test_a_reader_in_a_loop_never_sees_half_a_batch(record, change):
    append(record, 0)
    readers = [Reader(record.folder) for _ in range(2)]
    for reader in readers:
        reader.start()

    number = 0
    while number < 6 or any(reader.times < 3 and reader.is_alive() for reader in readers):
        number += 1
        change(record, number)
    for reader in readers:
        reader.stopped.set()
        reader.join(120)

    assert [reader.wrong for reader in readers] == [[], []]
    assert all(reader.times >= 3 for reader in readers)
