"""How long does it take to tie interactions, and in how much memory?

    .venv/bin/python bench/network.py [--interactions 1000000] [--sqlite]

Prints CPU seconds and the high-water mark of memory, each of a child process of its own. With `--sqlite`
SQLite makes the same ties from the same record, which it already holds, indexed, with its lists as JSON; the
sums must agree.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

PEOPLE_PER_INTERACTION = 0.002
MEMORY = "900MB"
"""Of the 2 GiB that tying may take, this is DuckDB's; the ties themselves and Python take the rest."""


def make(path: Path, interactions: int) -> None:
    """Write a made-up record: teams of 12, 60 % chat, 30 % mail, reactions, two years of it."""
    import duckdb

    people = max(100, int(interactions * PEOPLE_PER_INTERACTION))
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
      how % 4 = 0 AS asks, NULL::VARCHAR AS text, NULL::TIMESTAMPTZ AS edited_at
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
    return {
        "cpu": time.process_time() - start,
        "people": len(network.persons),
        "ties": len(network.ties),
        "contact": float(network.ties.contact.sum()) / 2,
        "learned": float(network.ties.learned.sum()),
    }


SQLITE_STEPS = """
CREATE TABLE written AS
SELECT child.source, child.external_id, parent.actor AS author
FROM interaction AS child JOIN interaction AS parent
  ON parent.source = child.source AND parent.external_id = child.replies_to
WHERE child.kind IN ('replied', 'thanked') AND child.parent_author = '' AND child.replies_to <> '';
CREATE INDEX written_id ON written (source, external_id);
CREATE TABLE writer AS
SELECT source, thread, person, actor, first_at,
  row_number() OVER (PARTITION BY source, thread ORDER BY first_at) AS place
FROM (
  SELECT source, thread, person, min(actor) AS actor, min(at) AS first_at
  FROM interaction JOIN account ON account.account = interaction.actor
  WHERE kind IN ('said', 'replied') AND thread <> '' GROUP BY source, thread, person
);
DELETE FROM writer WHERE place > 2;
CREATE INDEX writer_thread ON writer (source, thread, place);
CREATE TABLE message AS
SELECT i.rowid AS id, i.at, i.kind, me.person AS actor, i.asks, i.openness,
  i.addressed, i.copied, i.mentioned,
  i.n_addressed, i.n_copied,
  CASE WHEN i.kind NOT IN ('replied', 'thanked') THEN NULL WHEN i.parent_author <> '' THEN i.parent_author
    ELSE coalesce(written.author, CASE WHEN i.kind = 'replied' THEN
      CASE WHEN first.person <> me.person THEN CASE WHEN first.first_at <= i.at THEN first.actor END
        WHEN other.first_at <= i.at THEN other.actor END END) END AS parent
FROM interaction AS i JOIN account AS me ON me.account = i.actor
LEFT JOIN written ON written.source = i.source AND written.external_id = i.external_id
LEFT JOIN writer AS first ON first.source = i.source AND first.thread = i.thread AND first.place = 1
  AND i.thread <> ''
LEFT JOIN writer AS other ON other.source = i.source AND other.thread = i.thread AND other.place = 2
  AND i.thread <> '';
CREATE TABLE act AS
SELECT id, at, actor, account.person AS other, openness, act, share, total FROM (
  SELECT id, at, actor, openness, parent AS account,
    CASE kind WHEN 'thanked' THEN 'thanked' ELSE 'replied' END AS act, 1.0 AS share
  FROM message WHERE parent IS NOT NULL
  UNION ALL
  SELECT m.id, at, actor, openness, value, CASE WHEN asks AND n_addressed = 1 THEN 'asked' ELSE 'told' END,
    1.0 / n_addressed FROM message AS m, json_each(m.addressed)
  UNION ALL
  SELECT m.id, at, actor, openness, value, 'copied', 1.0 / max(n_addressed, n_copied)
  FROM message AS m, json_each(m.copied)
  UNION ALL
  SELECT m.id, at, actor, openness, value, 'mentioned', 1.0 FROM message AS m, json_each(m.mentioned)
) AS a JOIN account ON account.account = a.account JOIN weight ON weight.name = a.act
WHERE account.person <> actor;
CREATE TABLE strongest AS
SELECT id, at, actor, other, openness, act, share, max(total * share) AS rank
FROM act GROUP BY id, actor, other;
CREATE TABLE tie AS
SELECT low, high, sum(contact * decayed) AS contact, sum(contact * share) AS known,
  sum(low_learned * decayed) AS low_learned, sum(high_learned * decayed) AS high_learned,
  sum(low_turned * decayed) AS low_turned, sum(high_turned * decayed) AS high_turned,
  min(at) AS first_at, max(at) AS last_at, min(openness = 'open') AS is_open,
  max(printf('%09.3f %016d %d', rank, at, id)) AS evidence
FROM (
  SELECT min(actor, other) AS low, max(actor, other) AS high, id, at, openness, share, rank, contact,
    share * pow(0.5, ((SELECT max(at) FROM interaction) - at) / 5184e9) AS decayed,
    CASE WHEN actor < other THEN learned ELSE learned_back END AS low_learned,
    CASE WHEN actor < other THEN learned_back ELSE learned END AS high_learned,
    CASE WHEN actor < other THEN turned_to ELSE turned_to_back END AS low_turned,
    CASE WHEN actor < other THEN turned_to_back ELSE turned_to END AS high_turned
  FROM strongest JOIN weight ON weight.name = strongest.act
) GROUP BY low, high;
"""


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
        " mentioned, n_addressed, n_copied, thread, replies_to, parent_author, asks);"
        "CREATE TABLE account (account PRIMARY KEY, person INTEGER) WITHOUT ROWID;"
        "CREATE TABLE weight (name PRIMARY KEY, contact, turned_to, learned, turned_to_back, learned_back,"
        " total) WITHOUT ROWID;"
    )
    cursor = connection.execute(
        'SELECT source, external_id, kind, epoch_us("at"), actor, openness, to_json(addressed)::VARCHAR,'
        " to_json(copied)::VARCHAR, to_json(mentioned)::VARCHAR, greatest(1, len(list_distinct(addressed))"
        " - list_contains(addressed, actor)::INT), len(copied),"
        " thread, replies_to, parent_author, asks FROM interactions"
    )
    while rows := cursor.fetchmany(50_000):
        database.executemany(f"INSERT INTO interaction VALUES ({', '.join('?' * 15)})", rows)
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
    database.executescript(SQLITE_STEPS)
    spent = time.process_time() - start
    sums = database.execute(
        "SELECT count(*), sum(contact), sum(low_learned + high_learned) FROM tie"
    ).fetchone()
    return {"cpu": spent, "ties": 2 * sums[0], "contact": sums[1], "learned": sums[2]}


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
        ties = child("--part", "tie", "--path", str(path))
        print(
            f"tie {chosen.interactions:>11,} interactions of {ties['people']:,} people: "
            f"{ties['cpu']:.2f} CPU-s, "
            f"{ties['memory']:.0f} MB, {ties['ties']:,} ties"
        )
        if chosen.sqlite:
            other = child("--part", "sqlite", "--path", str(path))
            for name in ("ties", "contact", "learned"):
                if abs(other[name] / ties[name] - 1) > 1e-6:
                    raise SystemExit(f"SQLite's {name} is {other[name]}, ours {ties[name]}")
            print(
                f"the same ties in SQLite: {other['cpu']:.2f} CPU-s, {other['cpu'] / ties['cpu']:.1f} times"
            )


if __name__ == "__main__":
    main()
