"""A writer that is killed at any moment loses nothing it acknowledged and leaves no half batch."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.record.rows import said

from crosstie.record import Appended, Record

pytestmark = pytest.mark.long

REPOSITORY = Path(__file__).resolve().parents[2]
BATCH = 200
KILLS = 10

# Batch b holds the messages from b * BATCH, and edits one of each earlier tenth batch, so that a kill may
# also fall between taking a file out and putting its successor in.
WRITER = f"""
import sys
from datetime import timedelta
from pathlib import Path
from crosstie.record import Record
from tests.record.rows import MORNING, said

def rows(first):
    for batch in range(first, 1000):
        edits = range(0, batch, 10)
        for number in edits:
            edit = {{"text": f"edited in {{batch}}", "edited_at": MORNING + timedelta(seconds=batch)}}
            yield said(number * {BATCH}, actor=f"batch{{number}}", **edit)
        for place in range({BATCH} - len(edits)):
            yield said(batch * {BATCH} + place, actor=f"batch{{batch}}")

first = int(sys.argv[2])
print("ready", flush=True)
Record(Path(sys.argv[1])).append(
    rows(first), batch_rows={BATCH}, progress=lambda settled: print(first + settled // {BATCH}, flush=True)
)
"""


def rows_of(batch: int) -> int:
    return BATCH - len(range(0, batch, 10))


def test_killing_the_writer_loses_nothing_acknowledged_and_leaves_no_half_batch(tmp_path):
    delays = random.Random(20)
    folder = tmp_path / "record"
    Record(folder)
    acknowledged = 0
    killed_while_writing = 0
    for _ in range(KILLS):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, folder, str(acknowledged)],
            stdout=subprocess.PIPE,
            text=True,
            env={"PYTHONPATH": "src:."},
            cwd=REPOSITORY,
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        # At any moment of a batch, however fast the machine is: after some batches, and a part of the next.
        began = time.monotonic()
        said_last = [int(writer.stdout.readline()) for _ in range(delays.randrange(4))]
        for_a_batch = (time.monotonic() - began) / len(said_last) if said_last else 0.3
        time.sleep(delays.uniform(0, for_a_batch))
        writer.kill()
        said_last += [int(line) for line in writer.stdout.read().splitlines()]
        writer.stdout.close()
        assert writer.wait() == -9, "it must have been killed, not have ended"

        acknowledged = max([acknowledged, *said_last])
        killed_while_writing += bool(said_last)
        batches = batches_in(folder)
        # One more batch may have been committed and not yet acknowledged.
        assert acknowledged <= len(batches) <= acknowledged + 1
        assert batches == {f"batch{batch}": rows_of(batch) for batch in range(len(batches))}
        acknowledged = len(batches)
        if acknowledged:
            assert edits_in(folder) == {f"edited in {acknowledged - 1}"} - {"edited in 0"}

    assert killed_while_writing >= KILLS // 2
    assert acknowledged >= KILLS


def test_what_a_killed_writer_left_is_cleared_away(tmp_path):
    record = Record(tmp_path / "record")
    record.append([said(1)])
    half_written = record.folder / "0123456789abcdef0123456789abcdef.parquet"
    half_written.write_bytes(b"PAR1 and no more")
    spilled = record.folder / "_crosstie" / "spilled"
    spilled.mkdir()
    (spilled / "duckdb_temp_block-1.block").write_bytes(b"someone's words")

    assert record.count() == 1
    assert record.append([said(2)]) == Appended(added=1)

    assert not half_written.exists()
    assert not spilled.exists()


@pytest.mark.parametrize("moment", ["before the commit", "after the commit"])
def test_a_forgetting_that_was_cut_short_is_done_by_repeating_it(tmp_path, monkeypatch, moment):
    from crosstie.record.parts import Parts

    record = Record(tmp_path / "record")
    record.append([said(number) for number in range(50)])

    def fail(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut_short:
        cut_short.setattr(Parts, "commit" if moment == "before the commit" else "clear", fail)
        with pytest.raises(KeyboardInterrupt):
            record.forget(["k1"])
    assert record.count() == (50 if moment == "before the commit" else 43)

    assert record.forget(["k1"]).is_erased
    assert record.count() == 43
    assert len(list(record.folder.glob("*.parquet"))) == 1


def batches_in(folder: Path) -> dict[str, int]:
    with Record(folder).connect() as connection:
        return dict(connection.execute("SELECT actor, count(*) FROM interactions GROUP BY actor").fetchall())


def edits_in(folder: Path) -> set[str]:
    with Record(folder).connect() as connection:
        found = connection.execute("SELECT DISTINCT text FROM interactions WHERE starts_with(text, 'edited')")
        return {text for (text,) in found.fetchall()}
