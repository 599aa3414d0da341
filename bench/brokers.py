"""Does sampled betweenness find the people who stand between others, how sure is it, and what does it cost?

    python bench/brokers.py [--people 10000] [--far 100000]

Exact betweenness beside the sampled, on the same network, strength turned to distance; CPU seconds. Of the
100 highest, how many the sample has among its own 100; for how many people the exact value lies outside of
the bounds, which hold for all at once in nine of ten networks. Then the time the sampled takes for more.
"""

from __future__ import annotations

import argparse
import time
from typing import Any

import numpy as np
from _networks import edges

HIGHEST = 100


def built(people: int) -> Any:
    from crosstie.network.edges import network_of_edges

    made = edges(people)
    return network_of_edges(made.source, made.target, made.weight)[0]


def sampled(network: Any) -> tuple[float, Any]:
    """Return what the metric takes above its exact limit, and its values."""
    from crosstie.network.circles import circles_of
    from crosstie.network.metrics.betweenness import compute

    circles_of(network)
    start = time.process_time()
    found = compute(network)
    return time.process_time() - start, found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--far", type=int, default=100_000)
    asked = parser.parse_args()

    from crosstie.network.circles import circles_of
    from crosstie.network.kernels.paths import dependencies
    from crosstie.network.metrics.betweenness import bounds

    dependencies(circles_of(built(100)))
    sampled(built(2_000))
    network = built(asked.people)
    people = len(network.persons)
    spent, found = sampled(network)
    start = time.process_time()
    exact = dependencies(circles_of(network)) / ((people - 1) * (people - 2) / 2.0)
    whole = time.process_time() - start
    order = [set(np.argsort(-values)[:HIGHEST].tolist()) for values in (found, exact)]
    low, high = bounds(found, people=people)
    outside = int(((exact < low) | (exact > high)).sum())
    print(f"{people:,} people: exact {whole:.1f} CPU-s, sampled {spent:.2f}: 1/{whole / spent:.0f}")
    print(
        f"of the {HIGHEST} highest, {len(order[0] & order[1])} found; {outside} people outside of the bounds"
    )
    print(f"largest error {np.abs(found - exact).max():.5f}; highest value {exact.max():.4f}")
    if asked.far:
        print(f"{asked.far:,} people: sampled {sampled(built(asked.far))[0]:.2f} CPU-s")


if __name__ == "__main__":
    main()
