"""How long does it take to make a whole snapshot anew from a large record, and in how much memory?

    .venv/bin/python bench/rebuilding.py [--interactions 10000000] [--people 5000] [--workspace DIR]

A workspace holds made-up interactions of two years (`bench/network.py`). Its first snapshot is made: all ties
tied, those from open places alone too, everything measured, the trail written, and what the next one goes on
from. Prints seconds on the clock, CPU seconds, and the high-water mark of memory, of the whole and of each
step; a step that is part of another counts in both. With `--workspace` the workspace is made in that folder,
or taken from there, and its snapshots are made anew.
"""

from __future__ import annotations

import argparse
import importlib
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command does

STEPS = {
    "crosstie.actions.going_on": ("content",),
    "crosstie.network.tie": ("tie", "strongest"),
    "crosstie.network.months": ("months",),
    "crosstie.network.touches": ("touches_in", "alive_of_ties"),
    "crosstie.network.sensitivity": ("by_act", "sensitivity"),
    "crosstie.network.trail": ("write_trail",),
    "crosstie.network.communities": ("communities",),
    "crosstie.network.meetings": ("meetings",),
    "crosstie.network.metrics.registry": ("measure",),
    "crosstie.network.jackknife": ("errors",),
    "crosstie.network.layout": ("layout",),
    "crosstie.actions.columns": ("save",),
}
"""What is timed, by the module in which it is found by who calls it."""

KEPT = ("look_up", "take")


def high_water() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function, saying at its end what it took."""

    def run(*given: Any, **named: Any) -> Any:
        clock, cpu = time.perf_counter(), time.process_time()
        made = function(*given, **named)
        print(
            f"{name:<20}{time.perf_counter() - clock:8.1f} s {time.process_time() - cpu:8.1f} CPU-s"
            f" {high_water():8.0f} MB at most so far",
            flush=True,
        )
        return made

    return run


def make(folder: Path, interactions: int, people: int) -> None:
    """Append made-up interactions to the record of a new workspace."""
    from going_on import rows

    from crosstie.actions.home import Home
    from crosstie.people import AccountRow
    from network import make as make_rows

    with tempfile.TemporaryDirectory() as temporary, Home(folder) as home:
        path = Path(temporary) / "made.parquet"
        make_rows(path, interactions, people=people)
        home.record.append(rows(path, "true"))
        home.store.accounts.save(
            [
                AccountRow(key=f"acc{one}", source="chat:T1", id=f"acc{one}", name=f"acc{one}", address="")
                for one in range(people)
            ]
        )


def rebuild(folder: Path) -> None:
    """Make the snapshot, and say what it took."""
    from crosstie.actions import snapshots
    from crosstie.actions.home import Home
    from crosstie.network.going_on.keeping import Keeping
    from crosstie.network.going_on.kept import Kept

    for module, names in STEPS.items():
        found = importlib.import_module(module)
        for name in names:
            setattr(found, name, timed(name, getattr(found, name)))
    for owner, names in ((Keeping, KEPT), (Kept, ("save",))):
        for name in names:
            setattr(owner, name, timed(f"{owner.__name__}.{name}", getattr(owner, name)))
    with Home(folder, create=False) as home:
        timed("all of it", snapshots.current)(home)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interactions", type=int, default=10_000_000)
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--workspace", type=Path)
    parser.add_argument("--part", choices=("make", "rebuild"))
    asked = parser.parse_args()
    if asked.part == "make":
        make(asked.workspace, asked.interactions, asked.people)
    elif asked.part == "rebuild":
        rebuild(asked.workspace)
    else:
        with tempfile.TemporaryDirectory() as temporary:
            folder = asked.workspace or Path(temporary) / "workspace"
            sizes = ["--interactions", str(asked.interactions), "--people", str(asked.people)]
            if not folder.exists():
                run("make", folder, *sizes)
            warm = Path(temporary) / "small"
            run("make", warm, "--interactions", "20000", "--people", "100")
            run("rebuild", warm, quietly=True)  # compiles
            shutil.rmtree(folder / "snapshots", ignore_errors=True)
            run("rebuild", folder)


def run(part: str, folder: Path, *more: str, quietly: bool = False) -> None:
    """Run a part in a process of its own."""
    subprocess.run(
        [sys.executable, __file__, "--part", part, "--workspace", str(folder), *more],
        check=True,
        stdout=subprocess.DEVNULL if quietly else None,
    )


if __name__ == "__main__":
    main()
