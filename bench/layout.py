"""How long does the map of 10,000 people take, beside networkx' spring layout, and is it a map?

    python bench/layout.py [--people 10000] [--picture FILE.png]

CPU seconds; the map's is the median of three, networkx' one run. A map is one where neighbours belong
together: of the ten people who are nearest to someone, the share who are in the same community as found by Leiden.
`--picture` draws both, coloured by the larger communities (asks for Pillow).
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path
from typing import Any

import numpy as np
from _networks import edges

NEIGHBOURS = 10
SEED = 20
PIXELS = 900


def together(position: Any, community: Any) -> float:
    """Return the share of everybody's nearest neighbours who are in the same community."""
    from scipy.spatial import cKDTree

    _, near = cKDTree(position).query(position, k=NEIGHBOURS + 1)
    return float((community[near[:, 1:]] == community[:, None]).mean())


def draw(file: Path, positions: list[Any], community: Any) -> None:
    """Draw the maps side by side."""
    from PIL import Image

    colours = np.random.default_rng(SEED).integers(60, 230, size=(community.max() + 1, 3)).astype(np.uint8)
    picture = np.full((PIXELS, PIXELS * len(positions), 3), 255, dtype=np.uint8)
    for number, position in enumerate(positions):
        spread = position - position.min(axis=0)
        at = (spread / spread.max() * (PIXELS - 3)).astype(int)
        for across in range(2):
            for down in range(2):
                picture[at[:, 1] + down, at[:, 0] + across + number * PIXELS] = colours[community]
    Image.fromarray(picture).save(file)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--picture", type=Path)
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
    found = nx.spring_layout(graph, seed=SEED)
    theirs = time.process_time() - start
    spring = np.array([found[key] for key in network.persons.tolist()])
    spent = statistics.median(took)
    print(f"{made.people:,} people, {len(made.source):,} edges: {spent:.2f} CPU-s, "
          f"{together(ours, community):.3f} of neighbours in the same community")  # fmt: skip
    print(f"networkx' spring layout: {theirs:.1f} CPU-s ({theirs / spent:.0f} times), "
          f"{together(spring, community):.3f}")  # fmt: skip
    if asked.picture:
        draw(asked.picture, [ours, spring], community)


if __name__ == "__main__":
    main()
