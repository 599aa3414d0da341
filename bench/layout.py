"""How long does the map of 10,000 people take, beside networkx' spring layout, and is it a map?

    python bench/layout.py [--people 10000]

CPU seconds; the map's is the median of three. networkx' is that of 2 of its 50 rounds, scaled up, since all
of them take minutes. On a map, neighbours belong together: of the ten people who are nearest to someone, the
share who are in the same community as found by Leiden.
"""

from __future__ import annotations

import argparse
import statistics
import time
from typing import Any

from _networks import edges

NEIGHBOURS = 10
SEED = 20
ROUNDS, ASKED_ROUNDS = 50, 2
"""networkx' own number of rounds, and how many are run here."""


def together(position: Any, community: Any) -> float:
    """Return the share of everybody's nearest neighbours who are in the same community."""
    from scipy.spatial import cKDTree

    _, near = cKDTree(position).query(position, k=NEIGHBOURS + 1)
    return float((community[near[:, 1:]] == community[:, None]).mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    asked = parser.parse_args()

    import networkx as nx

    from crosstie.network.communities import communities
    from crosstie.network.edges import network_of_edges
    from crosstie.network.layout import layout

    layout(network_of_edges(*edges(100)[:3])[0], seed=SEED)  # compiles
    made = edges(asked.people)
    took = []
    for _ in range(3):
        network, _ = network_of_edges(made.source, made.target, made.weight)
        start = time.process_time()
        ours = layout(network, seed=SEED)
        took.append(time.process_time() - start)
    community = communities(network, seed=SEED)
    graph = nx.Graph()
    graph.add_nodes_from(network.persons.tolist())
    graph.add_edges_from(zip(made.source.tolist(), made.target.tolist(), strict=True))
    start = time.process_time()
    nx.spring_layout(graph, seed=SEED, iterations=ASKED_ROUNDS, threshold=0.0)
    theirs = (time.process_time() - start) * ROUNDS / ASKED_ROUNDS
    spent = statistics.median(took)
    print(f"{made.people:,} people, {len(made.source):,} edges: {spent:.2f} CPU-s, "
          f"{together(ours, community):.3f} of neighbours in the same community")  # fmt: skip
    print(f"networkx' spring layout, scaled up: {theirs:.0f} CPU-s, {theirs / spent:.0f} times")


if __name__ == "__main__":
    main()
