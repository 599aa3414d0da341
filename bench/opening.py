"""How long does one wait for a circle in a workspace of 1 million interactions?

Goals: opening it and showing a circle under 2 s in a fresh process, a page after that under 100 ms: first
what the actions take, then the pages themselves from the real server (`bench/pages.py`). The peer is what
one would do without crosstie: pandas reading the same interactions from Parquet and grouping the viewer's
own, in the same run.

    python bench/opening.py [--rows 1000000] [--people 5000]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command does
import numpy as np

from crosstie.actions import reading, snapshots
from crosstie.actions.course import Plan
from crosstie.actions.home import Home
from crosstie.record import Account, Interaction, Kind, Openness, Place, Trace
from crosstie.sources import Door, Settings, Source

START = datetime(2025, 1, 1, tzinfo=UTC)
VIEWER = "p7@bench.example"


def traces(rows: int, people: int) -> Iterator[Trace]:
    """Yield questions and answers in groups of about 50 people, some of them across."""
    random = np.random.default_rng(7)
    yield from (
        Account(source="bench", id=f"p{n}", name=f"P {n}", address=f"p{n}@bench.example")
        for n in range(people)
    )
    yield from (
        Place(source="bench", id=f"c{n}", name=f"channel {n}", openness=Openness.OPEN) for n in range(100)
    )
    actors = random.integers(0, people, rows)
    step = np.where(
        random.random(rows) < 0.8, random.integers(-25, 26, rows), random.integers(0, people, rows)
    )
    others = (actors + step) % people
    seconds = np.sort(random.integers(0, 540 * 86_400, rows))
    for row, (actor, other, second) in enumerate(
        zip(actors.tolist(), others.tolist(), seconds.tolist(), strict=True)
    ):
        is_answer = row % 2 == 1 and actor != other
        yield Interaction(
            source="bench",
            external_id=str(row),
            kind=Kind.REPLIED if is_answer else Kind.SAID,
            at=START + timedelta(seconds=second),
            actor=f"p{actor}",
            place=f"c{actor % 100}",
            openness=Openness.OPEN,
            parent_author=f"p{other}" if is_answer else "",
            link=f"https://chat.bench.example/{row}",
        )


def make(folder: Path, rows: int, people: int) -> None:
    def read(_path: Path, _settings: Settings, _door: Door) -> Iterator[Trace]:
        return traces(rows, people)

    source = Source(
        name="bench",
        label="Bench",
        reads="Made-up interactions.",
        drops=(),
        kinds=frozenset(Kind),
        unit="rows",
        recognises=lambda _path: 0.0,
        read=read,
    )
    with Home(folder) as home:
        wall, cpu = time.perf_counter(), time.process_time()
        reading.read(home, Plan(path=Path("bench"), source=source), viewer=VIEWER)
        reads = {"read_s": time.perf_counter() - wall, "read_cpu_s": time.process_time() - cpu}
        wall, cpu = time.perf_counter(), time.process_time()
        snapshots.current(home)
        made = {"snapshot_s": time.perf_counter() - wall, "snapshot_cpu_s": time.process_time() - cpu}
        print(json.dumps({name: round(value, 2) for name, value in (reads | made).items()}))
        with home.record.connect() as connection:
            connection.sql('SELECT actor, parent_author, "at" FROM interactions').write_parquet(
                str(folder.parent / "peer.parquet")
            )


def show(folder: Path) -> None:
    from crosstie.actions import looking, pages

    wall, cpu = time.perf_counter(), time.process_time()
    with Home(folder, create=False) as home:
        viewer = looking.viewer(home)
        first = pages.circle(home, viewer)
        opened = time.perf_counter() - wall, time.process_time() - cpu
        later = {}
        for name, ask in (
            ("circle", lambda: pages.circle(home, viewer)),
            ("map", lambda: pages.network_map(home, viewer)),
            ("contact", lambda: pages.contact(home, viewer, first.contacts[0].person.key)),
            ("sources", lambda: pages.sources(home, viewer)),
        ):
            wall, cpu = time.perf_counter(), time.process_time()
            ask()
            later[f"{name}_ms"] = round(1000 * (time.perf_counter() - wall))
            later[f"{name}_cpu_ms"] = round(1000 * (time.process_time() - cpu))
    print(
        json.dumps(
            {"first_circle_s": round(opened[0], 2), "first_circle_cpu_s": round(opened[1], 2), **later}
        )
    )


def peer(folder: Path) -> None:
    import duckdb

    wall = time.perf_counter()
    frame = duckdb.read_parquet(str(folder.parent / "peer.parquet")).df()
    own = frame[(frame.actor == frame.actor[0]) | (frame.parent_author == frame.actor[0])]
    own.groupby("parent_author").size()
    print(json.dumps({"pandas_first_s": round(time.perf_counter() - wall, 2)}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--step", choices=("make", "show", "peer"))
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    if asked.step:
        {"make": lambda: make(asked.folder, asked.rows, asked.people), "show": lambda: show(asked.folder),
         "peer": lambda: peer(asked.folder)}[asked.step]()  # fmt: skip
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "workspace"
        for step in ("make", "show", "show", "peer"):
            subprocess.run(
                [sys.executable, __file__, "--step", step, "--folder", str(folder),
                 "--rows", str(asked.rows), "--people", str(asked.people)],
                check=True,
            )  # fmt: skip
        pages = Path(__file__).with_name("pages.py")
        subprocess.run([sys.executable, pages, "--workspace", folder], check=True)


if __name__ == "__main__":
    main()
