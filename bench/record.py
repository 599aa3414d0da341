"""How fast is the record, how large, and how much memory does it take? Beside SQLite, doing the same.

Each step runs in a process of its own, so that its high-water mark of memory is its own. Interactions are
made up: 20,000 people with a heavy tail, half of the messages answers, a quarter with text, keyed ids that
do not compress. Making them costs about as much as appending them, so it is measured alone and taken off.

    python bench/record.py                      # 10 million, SQLite on 1 million
    python bench/record.py --rows 1000000
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from crosstie.record import Interaction, Kind, Openness, Record

PEOPLE = 20_000
PLACES = 500
CHUNK = 100_000
START = datetime(2023, 1, 1, tzinfo=UTC)
SECONDS = 3 * 365 * 86_400
HALF_LIFE_SECONDS = 60 * 86_400
WORDS = (
    "budget",
    "release",
    "meeting",
    "customer",
    "who knows",
    "thanks",
    "tomorrow",
    "draft",
    "contract",
    "test",
)

TIES = """
WITH act AS (
  SELECT actor, unnest(addressed) AS other, 1.0 / len(addressed) AS weight, epoch("at") AS seconds
  FROM interactions
  UNION ALL
  SELECT actor, parent_author, 1.0, epoch("at") FROM interactions WHERE parent_author <> ''
)
SELECT count(*), sum(weight) FROM (
  SELECT actor, other, sum(weight * 0.5 ** (({end} - seconds) / {half_life})) AS weight
  FROM act GROUP BY actor, other
)
"""
TIES_IN_SQLITE = """
WITH act AS (
  SELECT actor, account AS other, 1.0 / n AS weight, seconds
  FROM interactions JOIN addressed USING (source, external_id)
  UNION ALL
  SELECT actor, parent_author, 1.0, seconds FROM interactions WHERE parent_author <> ''
)
SELECT count(*), sum(weight) FROM (
  SELECT actor, other, sum(weight * pow(0.5, ({end} - seconds) / {half_life})) AS weight
  FROM act GROUP BY actor, other
)
"""
DATES = {"end": START.timestamp() + SECONDS, "half_life": float(HALF_LIFE_SECONDS)}


def interactions(rows: int) -> Iterator[Interaction]:
    """Yield made-up interactions, the same every time, in order of time."""
    random = np.random.default_rng(20)
    people = [hashlib.blake2b(b"person %d" % number, digest_size=6).hexdigest() for number in range(PEOPLE)]
    places = [f"place{number:07}" for number in range(PLACES)]
    for first in range(0, rows, CHUNK):
        size = min(CHUNK, rows - first)
        # The square makes a heavy tail; neighbours in number talk to one another.
        actors = (PEOPLE * random.random(size) ** 2).astype(int)
        distances = (random.standard_exponential((3, size)) * 20).astype(int) + 1
        n_addressed = random.integers(0, 4, size).tolist()
        is_reply = (random.random(size) < 0.5).tolist()
        has_text = (random.random(size) < 0.25).tolist()
        others = ((actors + distances) % PEOPLE).T.tolist()
        words = random.integers(0, len(WORDS), (size, 8)).tolist()
        for row, actor in enumerate(actors.tolist()):
            number = first + row
            addressed = tuple(people[other] for other in others[row][: n_addressed[row]])
            yield Interaction(
                source="slack:TBENCH",
                external_id=hashlib.blake2b(number.to_bytes(8, "big"), digest_size=12).hexdigest(),
                kind=Kind.REPLIED if is_reply[row] else Kind.SAID,
                at=START + timedelta(seconds=number * SECONDS // rows),
                actor=people[actor],
                place=places[actor % PLACES],
                openness=Openness.OPEN if has_text[row] else Openness.MEMBERS,
                addressed=addressed,
                parent_author=people[others[row][2]] if is_reply[row] else "",
                text=" ".join(WORDS[word] for word in words[row]) if has_text[row] else None,
            )


def make(_folder: Path, rows: int) -> dict[str, float]:
    return {"made": sum(1 for _ in interactions(rows))}


def append(folder: Path, rows: int) -> dict[str, float]:
    return Record(folder / "record").append(interactions(rows))._asdict()


def compact(folder: Path, _rows: int) -> dict[str, float]:
    Record(folder / "record").compact()
    return {}


def tie(folder: Path, _rows: int) -> dict[str, float]:
    with Record(folder / "record").connect() as connection:
        ((ties, weight),) = connection.execute(TIES.format(**DATES)).fetchall()
    return {"ties": ties, "weight": weight}


def edit(folder: Path, rows: int) -> dict[str, float]:
    """Read a thousand rows again, all edited, from one end of the record to the other."""
    with Record(folder / "record").connect() as connection:
        found = connection.execute(
            "SELECT external_id, actor FROM interactions WHERE hash(external_id) % ? = 0",
            [max(1, rows // 1000)],
        ).fetchall()
    edited = [
        Interaction(
            source="slack:TBENCH",
            external_id=external_id,
            kind=Kind.SAID,
            at=START,
            actor=actor,
            place="place0000001",
            openness=Openness.MEMBERS,
            edited_at=START,
        )
        for external_id, actor in found
    ]
    return Record(folder / "record").append(edited)._asdict()


def forget(folder: Path, _rows: int) -> dict[str, float]:
    with Record(folder / "record").connect() as connection:
        ((actor,),) = connection.execute("SELECT mode(actor) FROM interactions").fetchall()
    return Record(folder / "record").forget([actor])._asdict()


def append_in_sqlite(folder: Path, rows: int) -> dict[str, float]:
    database = sqlite3.connect(folder / "record.sqlite")
    database.executescript(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
        "CREATE TABLE interactions (source, external_id, kind, seconds, actor, place, openness, n, thread,"
        " replies_to, parent_author, link, known_how, probability, strength, asks, text, edited_at,"
        " PRIMARY KEY (source, external_id)) WITHOUT ROWID;"
        "CREATE TABLE addressed (source, external_id, place, account,"
        " PRIMARY KEY (source, external_id, place)) WITHOUT ROWID;"
    )
    batch: list[Interaction] = []

    def commit() -> None:
        with database:
            database.executemany(
                f"INSERT OR IGNORE INTO interactions VALUES ({', '.join('?' * 18)})",
                [
                    (
                        *(
                            row.source,
                            row.external_id,
                            row.kind,
                            row.at and row.at.timestamp(),
                            row.actor,
                            row.place,
                        ),
                        *(
                            row.openness,
                            len(row.addressed),
                            row.thread,
                            row.replies_to,
                            row.parent_author,
                            row.link,
                        ),
                        *(row.known_how, row.probability, row.strength, row.asks, row.text, None),
                    )
                    for row in batch
                ],
            )
            database.executemany(
                "INSERT OR IGNORE INTO addressed VALUES (?, ?, ?, ?)",
                [
                    (row.source, row.external_id, place, account)
                    for row in batch
                    for place, account in enumerate(row.addressed)
                ],
            )
        batch.clear()

    for row in interactions(rows):
        batch.append(row)
        if len(batch) == 50_000:
            commit()
    commit()
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return {}


def tie_in_sqlite(folder: Path, _rows: int) -> dict[str, float]:
    database = sqlite3.connect(folder / "record.sqlite")
    ((ties, weight),) = database.execute(TIES_IN_SQLITE.format(**DATES)).fetchall()
    return {"ties": ties, "weight": weight}


STEPS = {
    step.__name__: step
    for step in (make, append, tie, compact, edit, forget, append_in_sqlite, tie_in_sqlite)
}


def run(name: str, folder: Path, rows: int) -> dict[str, float]:
    """Run a step in a child; return what it says, its CPU seconds and its own high-water mark in MiB."""
    command = [sys.executable, __file__, "--step", name, "--folder", str(folder), "--rows", str(rows)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def measured(name: str, folder: Path, rows: int) -> None:
    result = STEPS[name](folder, rows)
    used = resource.getrusage(resource.RUSAGE_SELF)
    result |= {"cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss / 1024}
    print(json.dumps(result))


def size_of(path: Path) -> int:
    paths = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in paths if file.is_file())


def report(rows: int, sqlite_rows: int, folder: Path) -> None:
    def line(label: str, result: dict[str, float], count: int, note: str = "", less: float = 0.0) -> None:
        cpu = result["cpu"] - less
        print(
            f"{label:<34}{count:>12,}{cpu:>9.1f}{count / cpu:>13,.0f}{result['peak']:>9,.0f}  {note}",
            flush=True,
        )

    print(f"{'step':<34}{'rows':>12}{'CPU s':>9}{'rows/CPU s':>13}{'MiB peak':>9}")
    made = run("make", folder, min(rows, 500_000))
    line("make them up", made, min(rows, 500_000), "taken off where they are appended")
    each = made["cpu"] / min(rows, 500_000)

    result = run("append", folder, rows)
    size = size_of(folder / "record")
    line("append", result, rows, f"{size / 1e6:,.0f} MB, {size / rows:.0f} bytes a row", less=each * rows)
    result = run("append", folder, rows)
    line("append again, all known", result, rows, f"{result['unchanged']:,.0f} unchanged", less=each * rows)
    ties = run("tie", folder, rows)
    line("decayed ties", ties, rows, f"{ties['ties']:,.0f} ties")
    line("compact", run("compact", folder, rows), rows, f"{size_of(folder / 'record') / 1e6:,.0f} MB")
    result = run("edit", folder, rows)
    line("update rows all over", result, int(result["updated"]))
    result = run("forget", folder, rows)
    line("forget the most active", result, int(result["removed"] + result["blanked"]))
    shutil.rmtree(folder / "record")

    result = run("append_in_sqlite", folder, sqlite_rows)
    size = size_of(folder / "record.sqlite")
    note = f"{size / 1e6:,.0f} MB, {size / sqlite_rows:.0f} bytes a row"
    line("SQLite: append", result, sqlite_rows, note, less=each * sqlite_rows)
    in_sqlite = run("tie_in_sqlite", folder, sqlite_rows)
    line("SQLite: decayed ties", in_sqlite, sqlite_rows, f"{in_sqlite['ties']:,.0f} ties")
    run("append", folder, sqlite_rows)
    ties = run("tie", folder, sqlite_rows)
    if ties["ties"] != in_sqlite["ties"] or not np.isclose(ties["weight"], in_sqlite["weight"], rtol=1e-9):
        sys.exit(f"the two do not agree: {ties} and {in_sqlite}")
    line(
        "the record: the same ties",
        ties,
        sqlite_rows,
        f"SQLite takes {in_sqlite['cpu'] / ties['cpu']:.1f} times as long",
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--sqlite-rows", type=int, default=1_000_000)
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help="where to write, else a temporary folder")
    given = parser.parse_args()
    if given.step:
        measured(given.step, given.folder, given.rows)
        return
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        report(given.rows, min(given.rows, given.sqlite_rows), Path(folder))


if __name__ == "__main__":
    main()
