"""How much less does it take to go on with a day's new interactions than to tie everything anew?

    .venv/bin/python bench/going_on.py [--interactions 1000000] [--rounds 3]

A workspace holds made-up interactions of two years (`bench/network.py`), tied up to the day before the last.
Then the last day is read. Both ways, in turn, in one process: all ties made anew from the record and
everybody measured; and, as a snapshot does it, the record compared with what it was, what was kept read, the
day's rows tied, everybody measured, and what is to be kept written. Prints CPU seconds, medians; the networks
must agree. Everybody's measures are the five of ego networks that `bench/measuring.py` times, and then all
but sampled betweenness, which looks at the whole network. What keeping adds to tying anew is said as well.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np

from crosstie.actions import columns, inferring, settings
from crosstie.actions.corrections import standing
from crosstie.actions.going_on import WHOLE, GoingOn
from crosstie.actions.home import Home
from crosstie.network.metrics.registry import MODULES, measure
from crosstie.network.network import Network, Ties
from crosstie.people import AccountRow
from crosstie.record import Interaction
from crosstie.record.columns import interactions_from, selected_rows
from network import make

OF_EVERYBODY = [name for name in MODULES if name != "betweenness"]
FIVE = ("effective_size", "constraint", "clustering", "reciprocity", "strength")
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


def last_day(path: Path) -> str:
    return f'"at" > (SELECT max("at") - INTERVAL 1 DAY FROM read_parquet(\'{path}\'))'


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
    took: dict[str, list[float]] = {}
    made: dict[str, Network] = {}
    for number in range(rounds + 1):  # the first warms up what is compiled
        for name, way in ways.items():
            start = time.process_time()
            made[name] = way()
            if number:
                took.setdefault(name, []).append(time.process_time() - start)
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interactions", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        path = folder / "made.parquet"
        make(path, asked.interactions)
        with Home(folder / "workspace") as home:
            day = last_day(path)
            accounts = sorted({row.actor for row in rows(path, "true")})
            home.store.accounts.save(
                [AccountRow(key=one, source="chat:T1", id=one, name=one, address="") for one in accounts]
            )
            home.record.append(rows(path, f"NOT {day}"))
            bench = Bench(home)
            took, _ = timed(
                {"anew": bench.anew, "kept": lambda: bench.as_snapshot(folder / uuid.uuid4().hex, None)},
                asked.rounds,
            )
            kept = took["kept"] - took["anew"]
            bench.as_snapshot(folder / "before", None)
            done = home.record.append(rows(path, day))
            took, made = timed(
                {
                    "anew": bench.anew,
                    "going on": lambda: bench.as_snapshot(folder / uuid.uuid4().hex, folder / "before"),
                },
                asked.rounds,
            )
            apart = check(made["anew"], made["going on"])
    print(f"{asked.interactions:,} interactions, {done.added:,} of them since, {len(accounts):,} people")
    print(f"to keep what the next one goes on from adds {kept:.2f} CPU-s to all anew")
    measure(made["anew"], OF_EVERYBODY)  # what is compiled, warm
    for name, measures in (("five measures", FIVE), ("all measures", OF_EVERYBODY)):
        start = time.process_time()
        measure(replace(made["anew"]), measures)
        measured = time.process_time() - start
        anew, going_on = took["anew"] + measured, took["going on"] + measured
        print(
            f"ties and {name} of everybody: anew {anew:.2f} CPU-s, going on {going_on:.3f},"
            f" {going_on / anew:.3f} of it; measuring is {measured:.3f} of both"
        )
    print(f"weights are at most {apart:.0e} apart, all else is equal")


if __name__ == "__main__":
    main()
