"""How long does a whole snapshot of 5,000 people and 50,000 ties take, with all that is measured on it?

    python bench/snapshot.py [--people 5000] [--edges 50000] [--rounds 3] [--peer PYTHON]

From edge arrays: every metric, the errors of those that are estimated, communities, the map, measures of
ties, the whole with its core, backbone and mixing, and groups of 25 with their intervals. CPU seconds,
medians, step by step. With `--peer` vivainsights' network summary (five centralities) is asked of the same
edges by that Python, without the layout by scaling that it works out first unless told otherwise: of 5,000
people that takes more than nine minutes.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from _networks import Edges, edges

SEED = 20
UNIT = 25

PEER = """
import sys, time
import pandas
import vivainsights
frame = pandas.read_csv(sys.argv[1])
start = time.process_time()
found = vivainsights.network_summary(vivainsights.network_p2p(frame, return_type="network", layout="random"))
print(time.process_time() - start, found.shape)
"""


def steps(made: Edges) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Yield what is done to make a snapshot, in order."""
    from crosstie.network.circles import circles_of
    from crosstie.network.communities import communities
    from crosstie.network.jackknife import errors
    from crosstie.network.layout import layout
    from crosstie.network.metrics.registry import measure
    from crosstie.network.tie_measures import tie_measures
    from crosstie.network.whole.backbone import backbone
    from crosstie.network.whole.core import core
    from crosstie.network.whole.groups import group_figures
    from crosstie.network.whole.mixing import mixing
    from crosstie.network.whole.shape import shape

    network = built(made)
    unit = np.unique(network.groups["unit"], return_inverse=True)[1]
    yield "ties from edge arrays", lambda: built(made)
    yield "all metrics of everybody", lambda: measure(network)
    yield "their errors, contact by contact", lambda: errors(network)
    yield "measures of ties", lambda: tie_measures(network)
    yield "communities", lambda: communities(network, seed=SEED)
    yield "the map", lambda: layout(network, seed=SEED)
    yield "the whole", lambda: shape(network, communities(network, seed=SEED))
    yield "core and backbone", lambda: (core(circles_of(network)), backbone(circles_of(network)))
    yield "mixing of groups, shuffled", lambda: mixing(network, unit, seed=SEED)
    yield "each group, drawn and shuffled", lambda: group_figures(network, unit, seed=SEED)


def built(made: Edges) -> Any:
    """Return a network with groups that follow the communities, made anew: it has nothing measured yet."""
    from dataclasses import replace

    from crosstie.network.edges import network_of_edges

    network, _ = network_of_edges(made.source, made.target, made.weight)
    unit = np.array(
        [f"unit {number // UNIT}" for number in np.argsort(np.argsort(made.community))], dtype=object
    )
    return replace(network, groups={"unit": unit[network.persons]})


def peer(python: Path, made: Edges) -> str:
    """Return what vivainsights' summary takes, and how many figures it has."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "edges.csv"
        rows = zip(made.source.tolist(), made.target.tolist(), made.weight.tolist(), strict=True)
        unit = (made.community * 10).tolist()
        file.write_text(
            "PrimaryCollaborator_PersonId,SecondaryCollaborator_PersonId,StrongTieScore,"
            "PrimaryCollaborator_Organization,SecondaryCollaborator_Organization\n"
            + "".join(f"{one},{other},{weight},{unit[one]},{unit[other]}\n" for one, other, weight in rows)
        )
        done = subprocess.run([python, "-c", PEER, file], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--edges", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peer", type=Path, help="a Python that has vivainsights")
    asked = parser.parse_args()
    for _, step in steps(edges(200)):
        step()  # compiles
    made = edges(asked.people, a_person=asked.edges / asked.people)
    took: dict[str, list[float]] = {}
    for _ in range(asked.rounds):
        for name, step in steps(made):
            start = time.process_time()
            step()
            took.setdefault(name, []).append(time.process_time() - start)
    for name, each in took.items():
        print(f"{name:<36}{statistics.median(each):7.2f} CPU-s")
    whole = sum(statistics.median(each) for each in took.values())
    print(f"{made.people:,} people, {len(made.source):,} edges, all of it: {whole:.2f} CPU-s")
    if asked.peer:
        print("vivainsights' network summary, CPU-s:", peer(asked.peer, made))


if __name__ == "__main__":
    main()
