"""How long does it take to tie interactions, and in how much memory?

    .venv/bin/python bench/network.py [--interactions 1000000] [--sqlite]

Prints CPU seconds and the high-water mark of memory, each of a child process of its own. What is compiled is
compiled before; loading it counts. With `--sqlite` SQLite makes the same ties from the same record, which it
already holds, indexed, with its lists as JSON; sums, directions and evidence must agree. Names of evidence
and unknown accounts are looked up on our side alone.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from _ties_by_sqlite import REMAINDER, STEPS, SUMS

PEOPLE_PER_INTERACTION = 0.002
MEMORY = "900MB"
"""Of the 2 GiB that tying may take, this is DuckDB's; the ties themselves and Python take the rest."""


def make(path: Path, interactions: int, *, people: int = 0) -> None:
    """Write a made-up record: teams of 12, 60 % chat, 30 % mail, reactions, two years of it."""
    import duckdb

    people = people or max(100, int(interactions * PEOPLE_PER_INTERACTION))
    connection = duckdb.connect()
    connection.execute("SET preserve_insertion_order = false; SET memory_limit = '600MB'; SET threads = 2")
    connection.execute(f"""
    COPY (
    WITH base AS (
      SELECT i, hash(i) AS h, (hash(i, 1) % {people})::INT AS actor, hash(i, 2) % 100 AS sort,
        (hash(i, 3) % 1000) AS how,
        (hash((hash(i, 1) % {people})::INT, hash(i, 4) % 60) % {people})::INT AS far
      FROM range({interactions}) t(i)
    ), near AS (
      SELECT *, (actor // 12) * 12 AS team,
        CASE WHEN how < 800 THEN (actor // 12) * 12 + (hash(i, 5) % 12)::INT ELSE far END AS other,
        CASE WHEN how < 500 THEN (actor // 12) * 12 + (hash(i, 6) % 12)::INT ELSE far END
          AS third
      FROM base
    )
    SELECT CASE WHEN sort < 60 THEN 'slack:T1' ELSE 'mail' END AS source,
      md5(i::VARCHAR) AS external_id,
      CASE WHEN sort < 15 OR sort BETWEEN 60 AND 74 THEN 'said'
        WHEN sort < 45 OR sort BETWEEN 75 AND 94 THEN 'replied' ELSE 'thanked' END AS kind,
      TIMESTAMPTZ '2024-01-01 00:00:00+00' + INTERVAL (i * 63072000 // {interactions}) SECOND AS "at",
      'acc' || actor AS actor, 'place' || team AS place,
      CASE WHEN sort < 50 THEN 'open' ELSE 'direct' END AS openness,
      CASE WHEN sort >= 60 AND sort < 95 THEN ['acc' || other, 'acc' || third] ELSE [] END AS addressed,
      CASE WHEN sort >= 85 AND sort < 95 THEN ['acc' || far] ELSE [] END AS copied,
      CASE WHEN sort < 60 AND how % 5 = 0 THEN ['acc' || third] ELSE [] END AS mentioned,
      CASE WHEN sort < 60 THEN 'thread' || (i // 8) ELSE '' END AS thread,
      CASE WHEN sort BETWEEN 75 AND 94 THEN md5((i - 1 - h % 50)::VARCHAR) ELSE '' END AS replies_to,
      CASE WHEN sort BETWEEN 15 AND 40 OR sort BETWEEN 45 AND 59 OR sort >= 95 THEN 'acc' || other ELSE '' END
        AS parent_author,
      '' AS link, 'stated' AS known_how, 1.0::DOUBLE AS probability, 1.0::DOUBLE AS strength,
      how % 4 = 0 AS asks, NULL::VARCHAR AS text, NULL::TIMESTAMPTZ AS edited_at,
      []::VARCHAR[] AS files
    FROM near) TO '{path}' (FORMAT parquet, COMPRESSION zstd)
    """)


def connect(path: Path, folder: Path) -> Any:
    import duckdb

    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute(f"SET memory_limit = '{MEMORY}'; SET threads = 2; SET temp_directory = '{folder}'")
    connection.execute("SET preserve_insertion_order = false")
    connection.execute(f"CREATE VIEW interactions AS SELECT * FROM read_parquet('{path}')")
    return connection


def tied(path: Path, folder: Path) -> dict[str, Any]:
    from arro3.core import Array, DataType, Table

    from crosstie.config import NetworkSettings
    from crosstie.network.tie import tie

    connection = connect(path, folder)
    accounts = connection.execute("SELECT DISTINCT actor FROM interactions ORDER BY actor").fetchnumpy()[
        "actor"
    ]
    persons = Table.from_pydict(
        {
            "account": Array(list(accounts), DataType.utf8()),
            "person": Array([f"p{number:07}" for number in range(len(accounts))], DataType.utf8()),
        }
    )
    start = time.process_time()
    network = tie(connection, persons=persons, settings=NetworkSettings())
    spent = time.process_time() - start
    return {
        "cpu": spent,
        "people": len(network.persons),
        "ties": len(network.ties),
        "contact": float(network.ties.contact.sum()) / 2,
        "known_contact": float(network.ties.known_contact.sum()) / 2,
        "learned": float(network.ties.learned.sum()),
        "turned_to": float(network.ties.turned_to.sum()),
        "first_at": int((network.ties.first_at % REMAINDER).sum()) / 2,
        "last_at": int((network.ties.last_at % REMAINDER).sum()) / 2,
        "is_open": int(network.ties.is_open.sum()) / 2,
        "stated": int(network.ties.stated.sum()) / 2,
        "known": int(network.ties.known.sum()) / 2,
        "one_way": int(network.ties.one_way.sum()),
        "evidence": digest(_external_ids(connection, network.ties.evidence)),
    }


def _external_ids(connection: Any, evidence: Any) -> list[str]:
    from arro3.core import Array, Table

    connection.register("evidence", Table.from_pydict({"id": Array.from_numpy(evidence)}))
    found = connection.execute(
        "SELECT external_id FROM evidence JOIN interactions ON hash(source, external_id) = id"
    ).fetchall()
    return [external_id for (external_id,) in found]


def tied_by_sqlite(path: Path, folder: Path) -> dict[str, Any]:
    """Do the same in SQLite, on rows it already holds, by the plan its own indexes favour."""
    import sqlite3

    from crosstie.network.acts import ACTS, RELATIONS

    connection = connect(path, folder)
    database = sqlite3.connect(folder / "record.sqlite")
    database.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;"
        "PRAGMA temp_store = MEMORY;"
        "CREATE TABLE interaction (source, external_id, kind, at INTEGER, actor, openness, addressed, copied,"
        " mentioned, n_addressed, n_copied, thread, replies_to, parent_author, asks, is_stated, probability);"
        "CREATE TABLE account (account PRIMARY KEY, person INTEGER) WITHOUT ROWID;"
        "CREATE TABLE weight (name PRIMARY KEY, contact, turned_to, learned, turned_to_back, learned_back,"
        " total) WITHOUT ROWID;"
    )
    cursor = connection.execute(
        'SELECT source, external_id, kind, epoch_us("at"), actor, openness, to_json(addressed)::VARCHAR,'
        " to_json(copied)::VARCHAR, to_json(mentioned)::VARCHAR, greatest(1, len(list_distinct(addressed))"
        " - list_contains(addressed, actor)::INT), len(copied),"
        " thread, replies_to, parent_author, asks, known_how = 'stated', probability FROM interactions"
    )
    while rows := cursor.fetchmany(50_000):
        database.executemany(f"INSERT INTO interaction VALUES ({', '.join('?' * 17)})", rows)
    database.execute(
        "INSERT INTO account SELECT actor, row_number() OVER (ORDER BY actor) FROM"
        " (SELECT DISTINCT actor FROM interaction)"
    )
    database.executemany(
        "INSERT INTO weight VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(a.name, *(w := [getattr(a, relation) for relation in RELATIONS]), sum(w)) for a in ACTS],
    )
    # The record is known by (source, external id) in any store, so that index is not counted.
    database.executescript("CREATE UNIQUE INDEX known ON interaction (source, external_id); ANALYZE;")
    start = time.process_time()
    database.executescript(STEPS)
    spent = time.process_time() - start
    database.row_factory = sqlite3.Row
    found = dict(database.execute(SUMS).fetchone())
    evidence = database.execute(
        "SELECT external_id"
        " FROM (SELECT low_evidence AS packed FROM tie UNION ALL SELECT high_evidence FROM tie)"
        " JOIN interaction ON interaction.rowid = 33554431 - (packed & 33554431)"
    )
    return found | {"cpu": spent, "evidence": digest(one for (one,) in evidence)}


def digest(evidence: Iterable[str]) -> str:
    return hashlib.blake2b("".join(sorted(evidence)).encode()).hexdigest()


def child(*arguments: str) -> dict[str, Any]:
    """Run a part of this bench in a process of its own."""
    code = subprocess.run([sys.executable, __file__, *arguments], capture_output=True, text=True, check=False)
    if code.returncode:
        raise SystemExit(code.stderr)
    found: dict[str, Any] = json.loads(code.stdout)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interactions", type=int, default=1_000_000)
    parser.add_argument("--sqlite", action="store_true")
    parser.add_argument("--part", choices=("make", "tie", "sqlite"))
    parser.add_argument("--path", type=Path)
    chosen = parser.parse_args()
    if chosen.part:
        found: dict[str, Any] = {}
        with tempfile.TemporaryDirectory() as folder:
            if chosen.part == "make":
                make(chosen.path, chosen.interactions)
            else:
                run = tied if chosen.part == "tie" else tied_by_sqlite
                found = run(chosen.path, Path(folder))
        found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps(found))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.parquet"
        child("--part", "make", "--path", str(path), "--interactions", str(chosen.interactions))
        small = Path(folder) / "small.parquet"
        child("--part", "make", "--path", str(small), "--interactions", "1000")
        child("--part", "tie", "--path", str(small))  # compiles
        ties = child("--part", "tie", "--path", str(path))
        print(
            f"tie {chosen.interactions:>11,} interactions of {ties['people']:,} people: "
            f"{ties['cpu']:.2f} CPU-s, "
            f"{ties['memory']:.0f} MB, {ties['ties']:,} ties"
        )
        if chosen.sqlite:
            other = child("--part", "sqlite", "--path", str(path))
            if other["evidence"] != ties["evidence"]:
                raise SystemExit("SQLite finds other evidence.")
            if not other.pop("one_way_surely") <= ties["one_way"] <= other.pop("one_way_at_most"):
                raise SystemExit("SQLite finds other directions.")
            for name in other.keys() - {"cpu", "memory", "evidence"}:
                if abs(other[name] / ties[name] - 1) > 1e-6:
                    raise SystemExit(f"SQLite's {name} is {other[name]}, ours {ties[name]}")
            print(
                f"the same ties in SQLite: {other['cpu']:.2f} CPU-s, {other['cpu'] / ties['cpu']:.1f} times"
            )


if __name__ == "__main__":
    main()
