"""How much less does it take to go on with a day's new interactions than to tie everything anew?

    .venv/bin/python bench/going_on.py [--interactions 1000000] [--days 30] [--rounds 3]

A workspace holds made-up interactions of two years (`bench/network.py`), tied up to a month before the end.
Then the days are read, one by one. Both ways, in turn, in one process: all ties made anew from the record and
everybody measured; and, as a snapshot does it, the record compared with what it was, what was kept read, the
rows that came since tied, everybody measured, and what the next snapshot goes on from put into its folder.
Prints CPU seconds, medians; the networks must agree. Everybody's measures are the five of ego networks that
`bench/measuring.py` times, and then all but sampled betweenness, which looks at the whole network. Each day
goes on from the snapshot of the day before. What keeping adds to tying anew is said as well, the mean day
beside both, and on which days what is gone on from was kept anew.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from crosstie.actions import columns, inferring, settings
from crosstie.actions.corrections import standing
from crosstie.actions.going_on import FOLDER, WHOLE, GoingOn
from crosstie.actions.home import Home
from crosstie.network.metrics.registry import MODULES, measure
from crosstie.network.network import Network, Ties
from crosstie.people import AccountRow
from crosstie.record import Interaction
from crosstie.record.columns import interactions_from, selected_rows
from network import make

OF_EVERYBODY = [name for name in MODULES if name != "betweenness"]
FIVE = ("effective_size", "constraint", "clustering", "reciprocity", "strength")
MEASURES = {"five measures": FIVE, "all measures": OF_EVERYBODY}
LOOKED_AT = (1, 2, 3, 5, 10, 20, 30)
"""The days on which all ties are made anew too."""

WITHIN = 1e-9


def rows(path: Path, condition: str) -> Iterator[Interaction]:
    """Yield made-up interactions, of a source in which no replies are inferred."""
    import duckdb

    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'; SET threads = 2")
    connection.execute(
        f"SELECT {selected_rows()} FROM (SELECT * REPLACE (replace(source, 'slack', 'chat') AS source)"
        f" FROM read_parquet('{path}')) WHERE {condition} ORDER BY \"at\""
    )
    while some := connection.fetchmany(50_000):
        yield from interactions_from(some)


def until(path: Path, days: int) -> str:
    """Return the condition of what was told up to so many days before the end."""
    return f'"at" <= (SELECT max("at") FROM read_parquet(\'{path}\')) - INTERVAL {days} DAY'


class Bench:
    """A workspace, and the ways to tie what it holds."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.who = home.persons()
        self.chosen = settings.chosen(home)
        self.corrections = standing(home, self.who)

    def anew(self) -> Network:
        """Tie all."""
        with self._connected() as connection:
            return self._tie(connection, None)

    def as_snapshot(self, into: Path, earlier: Path | None) -> Network:
        """Go on if there is something to go on from, and keep it."""
        into.mkdir()
        with self._connected() as connection:
            going_on = GoingOn(
                connection, earlier=earlier, into=into, chosen=self.chosen, corrections=self.corrections
            )
            network, how = going_on.tied(WHOLE, lambda keeping: self._tie(connection, keeping))
            going_on.keep()
        if how.went_on != (earlier is not None):
            raise SystemExit(f"Tied anew: {how.because}")
        return network

    def _connected(self) -> Any:
        return inferring.with_inferred(self.home, self.corrections, self.chosen)

    def _tie(self, connection: Any, keeping: Any) -> Network:
        from crosstie.network.tie import tie

        return tie(
            connection,
            persons=columns.accounts_table(self.who),
            settings=self.chosen.network,
            acts=self.chosen.acts,
            keeping=keeping,
        )


def timed(ways: dict[str, Callable[[], Network]], rounds: int) -> tuple[dict[str, float], dict[str, Network]]:
    """Return the median of CPU seconds of each, in turn, and what each made last."""
    took: dict[str, list[float]] = {name: [] for name in ways}
    made: dict[str, Network] = {}
    for _ in range(rounds):
        for name, way in ways.items():
            start = time.process_time()
            made[name] = way()
            took[name].append(time.process_time() - start)
    return {name: statistics.median(each) for name, each in took.items()}, made


def check(one: Network, other: Network) -> float:
    """Return how far the weights of two networks are apart; end where anything else is."""
    apart = 0.0
    for name in (field.name for field in fields(Ties)):
        here, there = getattr(one.ties, name), getattr(other.ties, name)
        if here.dtype.kind == "f" and len(here) == len(there):
            apart = max(apart, float(np.abs(here - there).max()))
        elif not np.array_equal(here, there):
            raise SystemExit(f"The two ways differ in {name}.")
    if apart > WITHIN:
        raise SystemExit(f"The weights are {apart} apart.")
    return apart


def measured(network: Network) -> dict[str, float]:
    """Return CPU seconds of everybody's measures."""
    measure(network, OF_EVERYBODY)  # what is compiled, warm
    took = {}
    for name, measures in MEASURES.items():
        start = time.process_time()
        measure(replace(network), measures)
        took[name] = time.process_time() - start
    return took


def said(anew: float, going_on: float, measuring: dict[str, float]) -> str:
    shares = ", ".join(f"{(going_on + of) / (anew + of):.3f} with {name}" for name, of in measuring.items())
    return f"anew {anew:.2f} CPU-s, going on {going_on:.3f}; of it {shares}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interactions", type=int, default=1_000_000)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        path = folder / "made.parquet"
        make(path, asked.interactions)
        with Home(folder / "workspace") as home:
            accounts = sorted({row.actor for row in rows(path, "true")})
            home.store.accounts.save(
                [AccountRow(key=one, source="chat:T1", id=one, name=one, address="") for one in accounts]
            )
            home.record.append(rows(path, until(path, asked.days)))
            _days(Bench(home), path, folder, days=asked.days, rounds=asked.rounds)


def _next(bench: Bench, new: Callable[[], Path], before: Path, into: list[Path]) -> Network:
    into.append(new())
    return bench.as_snapshot(into[-1], before)


def _days(bench: Bench, path: Path, folder: Path, *, days: int, rounds: int) -> None:
    def new() -> Path:
        return folder / uuid.uuid4().hex

    before = new()
    measuring = measured(bench.as_snapshot(before, None))
    kept, _ = timed({"anew": bench.anew, "kept": lambda: bench.as_snapshot(new(), None)}, rounds)
    print(f"{bench.home.record.count():,} interactions, {len(bench.who.by_key):,} people")
    print(f"to keep what the next one goes on from adds {kept['kept'] - kept['anew']:.2f} CPU-s to all anew")
    for name, of in measuring.items():
        print(f"{name} of everybody take {of:.3f} CPU-s, in both")
    each: list[float] = []
    anew: list[float] = []
    dearer: list[str] = []
    apart = 0.0
    for day in range(1, days + 1):
        some = f"{until(path, days - day)} AND NOT {until(path, days - day + 1)}"
        added = bench.home.record.append(rows(path, some)).added
        into: list[Path] = []
        ways: dict[str, Callable[[], Network]] = {"going on": partial(_next, bench, new, before, into)}
        if day in LOOKED_AT:
            ways["anew"] = bench.anew
        took, made = timed(ways, rounds)
        if day in LOOKED_AT:
            anew.append(took["anew"])
            apart = max(apart, check(made["anew"], made["going on"]))
            print(f"day {day}, {added:,} new: {said(anew[-1], took['going on'], measuring)}")
        each.append(took["going on"])
        if (into[-1] / FOLDER / WHOLE).stat().st_nlink == 1:
            dearer.append(f"{day} ({took['going on']:.3f})")
        shutil.rmtree(before)
        before = into[-1]
    print(f"mean of {days} days: {said(statistics.mean(anew), statistics.mean(each), measuring)}")
    print(f"beside a snapshot that starts anew: {said(kept['kept'], statistics.mean(each), measuring)}")
    print(f"dearest day: {said(statistics.mean(anew), max(each), measuring)}")
    print(f"what is gone on from was kept anew on days {', '.join(dearer) or 'none'}")
    print(f"weights are at most {apart:.0e} apart, all else is equal")


if __name__ == "__main__":
    main()
