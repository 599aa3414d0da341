"""How long does it take to measure everybody's circle, from edge arrays to columns, and in how much memory?

    python bench/measuring.py                                   # 100,000 people, 920,000 edges
    python bench/measuring.py --people 1000000 --rounds 3       # 9.2 million edges

Effective size, constraint, clustering, reciprocity and strength, all together, beside

* igraph's constraint alone, with its build, on the sums of both directions, which numpy makes for it without
  that being counted. Above 200,000 people its constraint is that of a sample of 2 % of them, scaled up;
* networkx' constraint, effective size, clustering and reciprocity of a sample of 30 people, person by person,
  without its build, on the same undirected sums (the last on the directed graph). Up to 200,000 people;
* the plain wedge scan over the same ties: whether the two far ends of each wedge are in contact, and no more.

CPU seconds, medians of rounds, in turn in one process; the values must agree within 1e-9. Memory is the
high-water mark of a process of its own, less what it held when the arrays and the machine code were loaded.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from _networks import Edges, edges, graph_of, pairs_of

MEASURES = ("effective_size", "constraint", "clustering", "reciprocity", "strength")
FEW, SAMPLE_OF_MANY, SAMPLE_FOR_NETWORKX = 200_000, 0.02, 30
SMALL = 10_000
AGREED = 1e-9


def timed(run: Callable[[], Any]) -> tuple[float, Any]:
    """Return the CPU seconds a call takes, and what it returns."""
    start = time.process_time()
    found = run()
    return time.process_time() - start, found


def ours(made: Edges) -> dict[str, Any]:
    """Measure everybody as `crosstie.measure` does, in two steps."""
    from crosstie.network.circles import circles_of
    from crosstie.network.edges import network_of_edges
    from crosstie.network.metrics.registry import measure

    build, (network, _) = timed(lambda: network_of_edges(made.source, made.target, made.weight))
    rows, circles = timed(lambda: circles_of(network))
    kernel, scores = timed(lambda: measure(network, MEASURES))
    by_key = {name: np.full(made.people, np.nan) for name in scores}  # a few people have no edge
    for name, values in scores.items():
        by_key[name][network.persons] = values
    return {"build": build + rows, "measure": kernel, "scores": by_key, "circles": circles}


def scanned(circles: Any) -> dict[str, float]:
    """Return what the plain wedge scan takes, and how many wedges there are."""
    from numba import njit

    from crosstie.network.kernels.orienting import oriented

    @njit
    def scan(begins: Any, ends: Any) -> int:
        is_contact = np.zeros(len(begins) - 1, dtype=np.uint8)
        closed = 0
        for a in range(len(begins) - 1):
            for at in range(begins[a], begins[a + 1]):
                is_contact[ends[at]] = 1
            for at in range(begins[a], begins[a + 1]):
                for further in range(begins[ends[at]], begins[ends[at] + 1]):
                    closed += is_contact[ends[further]]
            for at in range(begins[a], begins[a + 1]):
                is_contact[ends[at]] = 0
        return closed

    ties = oriented(circles.starts, circles.contacts, circles.weights)
    scan(ties.begins[:2], ties.ends[:0])
    spent, closed = timed(lambda: scan(ties.begins, ties.ends))
    wedges = int(np.diff(ties.begins)[ties.ends].sum())
    return {"scan": spent, "wedges": wedges, "triangles": int(closed)}


def by_igraph(made: Edges, constraint: Any) -> dict[str, float]:
    """Build igraph's graph and ask for the constraint of everybody, or of a sample of many."""
    pairs, weight = pairs_of(made)
    build, graph = timed(lambda: graph_of(made.people, pairs, weight))
    asked = np.arange(made.people)
    if made.people > FEW:
        asked = np.random.default_rng(1).choice(asked, int(made.people * SAMPLE_OF_MANY), replace=False)
    spent, found = timed(lambda: graph.constraint(vertices=asked.tolist(), weights="weight"))
    agree("constraint", constraint[asked], np.array(found))
    return {"igraph_build": build, "igraph": spent * made.people / len(asked)}


def by_networkx(made: Edges, scores: dict[str, Any]) -> dict[str, float]:
    """Measure a sample of people one by one in networkx."""
    import networkx as nx

    pairs, weight = pairs_of(made)
    graph, directed = nx.Graph(), nx.DiGraph()
    graph.add_weighted_edges_from(zip(*pairs.T.tolist(), weight.tolist(), strict=True))
    directed.add_edges_from(zip(made.source.tolist(), made.target.tolist(), strict=True))
    asked = np.random.default_rng(1).choice(made.people, SAMPLE_FOR_NETWORKX, replace=False).tolist()
    total = 0.0
    for name, run in (
        ("constraint", lambda: nx.constraint(graph, asked, weight="weight")),
        ("effective_size", lambda: nx.effective_size(graph, asked, weight="weight")),
        ("clustering", lambda: nx.clustering(graph, asked)),
        ("reciprocity", lambda: nx.reciprocity(directed, asked)),
        ("strength", lambda: dict(graph.degree(asked, weight="weight"))),
    ):
        spent, found = timed(run)
        total += spent
        expected = np.array([found[one] for one in asked], dtype=np.float64)
        mine = scores[name][asked]
        agree(name, np.where(np.isnan(mine), 0.0, mine), np.nan_to_num(expected))
    return {"networkx_a_person": total / len(asked)}


def agree(name: str, mine: Any, other: Any) -> None:
    """Refuse values that differ; people without contacts have none."""
    difference = float(np.nanmax(np.abs(mine - other), initial=0.0))
    if difference > AGREED * max(1.0, float(np.nanmax(np.abs(other)))):
        raise SystemExit(f"{name} differs by {difference}.")


def rounds(made: Edges, count: int, *, beside: bool) -> dict[str, float]:
    """Measure in turn with what stands beside it, and return the medians."""
    found: dict[str, list[float]] = {}
    for number in range(count):
        mine = ours(made)
        scores = mine.pop("scores")
        took = scanned(mine.pop("circles")) | mine
        if beside:
            took |= by_igraph(made, scores["constraint"])
            if number == 0 and made.people <= FEW:
                took |= by_networkx(made, scores)
        for name, value in took.items():
            found.setdefault(name, []).append(value)
    return {name: statistics.median(values) for name, values in found.items()}


def held(name: str) -> int:
    """Return the bytes this process holds now (VmRSS), or held at most (VmHWM)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(1024 * int(line.split()[1]) for line in lines if line.startswith(name))


def memory_of(file: Path) -> None:
    """Print the bytes an edge that measuring takes beside its input."""
    ours(edges(SMALL))
    with np.load(file) as columns:
        made = Edges(*(columns[name] for name in Edges._fields))
    Path("/proc/self/clear_refs").write_text("5")  # the high-water mark starts anew
    before = held("VmRSS")
    ours(made)
    print(json.dumps({"bytes": (held("VmHWM") - before) / len(made.source)}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.file:
        memory_of(asked.file)
        return
    made, small = edges(asked.people), edges(SMALL)
    rounds(small, 1, beside=False)  # compiles
    few = rounds(small, 5, beside=False)
    took = rounds(made, asked.rounds, beside=True)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "edges.npz"
        np.savez(file, **made._asdict())
        command = [sys.executable, __file__, "--file", str(file)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    whole = took["build"] + took["measure"]
    igraph = took["igraph_build"] + took["igraph"]
    sampled = ", a sample scaled up" if made.people > FEW else ""
    print(f"{made.people:,} people, {len(made.source):,} edges, {took['wedges']:,.0f} wedges; CPU seconds")
    print(f"  crosstie: build {took['build']:.3f}, measure {took['measure']:.3f}, together {whole:.3f}")
    print(f"  igraph: build {took['igraph_build']:.2f}, constraint {took['igraph']:.2f}{sampled}: "
          f"{igraph / whole:.1f} times")  # fmt: skip
    if "networkx_a_person" in took:
        each = whole / made.people
        print(f"  networkx, {SAMPLE_FOR_NETWORKX} people: {took['networkx_a_person']:.4f} a person: "
              f"{took['networkx_a_person'] / each:,.0f} times")  # fmt: skip
    print(
        f"  plain wedge scan: {took['scan']:.3f}; measuring is {took['measure'] / took['scan']:.1f} times it"
    )
    wedge, of_few = (1e9 * one["measure"] / one["wedges"] for one in (took, few))
    print(f"  a wedge: {wedge:.0f} ns, of {SMALL:,} people {of_few:.0f} ns: {wedge / of_few:.1f} times")
    print(f"  memory beside the input: {json.loads(done.stdout)['bytes']:.0f} bytes an edge")


if __name__ == "__main__":
    main()
