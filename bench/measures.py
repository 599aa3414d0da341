"""How long does it take to measure everybody, every group and the whole, with how sure it is?

    .venv/bin/python bench/measures.py [--people 5000] [--pairs 50000]

Prints CPU seconds of one process, compiled code warm, on a made-up organisation of teams of ten in
departments of 200, of whose contact 35 % is in the team, 35 % in the department, and the rest anywhere.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np

from crosstie.network.adjusted import adjusted
from crosstie.network.communities import communities
from crosstie.network.jackknife import errors
from crosstie.network.metrics.registry import every_metric, measure
from crosstie.network.network import NO_EVIDENCE, Network
from crosstie.network.pairs import Pairs, both_ways
from crosstie.network.tie_measures import tie_measures
from crosstie.network.whole.groups import group_figures
from crosstie.network.whole.mixing import mixing
from crosstie.network.whole.shape import shape

DEPARTMENT = 200


def organisation(people: int, pairs: int, seed: int = 1) -> Network:
    """Return a made-up network of about so many pairs in contact."""
    generator = np.random.default_rng(seed)
    low = generator.integers(0, people, int(pairs * 1.25))
    team = low // 10 * 10 + generator.integers(0, 10, len(low))
    department = low // DEPARTMENT * DEPARTMENT + generator.integers(0, DEPARTMENT, len(low))
    anywhere = (people * generator.beta(0.6, 2.0, len(low))).astype(np.int64)
    which = generator.random(len(low))
    high = np.select([which < 0.35, which < 0.7], [team, department], anywhere)
    high = np.minimum(high, people - 1)
    apart = low != high
    both = np.unique(np.sort(np.stack([low, high])[:, apart], axis=0), axis=1).astype(np.int32)
    count = both.shape[1]
    contact = np.asarray(generator.gamma(1.0, 2.0, count) + 0.26, dtype=np.float64)
    learned = [np.where(generator.random(count) < 0.6, contact * share, 0.0) for share in (0.5, 0.3)]
    began = round(datetime(2025, 1, 1, tzinfo=UTC).timestamp() * 1e6)
    yes, none = np.ones(count, dtype=np.bool_), np.full(count, NO_EVIDENCE, dtype=np.uint64)
    ties = both_ways(
        Pairs(
            low=both[0],
            high=both[1],
            contact=contact,
            known_contact=contact * 3,
            low_learned=learned[0],
            low_turned_to=learned[0],
            high_learned=learned[1],
            high_turned_to=learned[1],
            low_shown=learned[0],
            high_shown=learned[1],
            first_at=np.full(count, began),
            last_at=np.full(count, began + 1),
            stated=yes,
            known=yes,
            is_open=yes,
            low_evidence=none,
            high_evidence=none,
        ),
        active_contact=0.25,
    )
    return Network(
        persons=np.array([f"p{one:07}" for one in range(people)], dtype=object),
        ties=ties,
        as_of=datetime(2026, 1, 1, tzinfo=UTC),
        groups={"department": np.array([f"d{one // DEPARTMENT}" for one in range(people)], dtype=object)},
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--pairs", type=int, default=50_000)
    given = parser.parse_args()
    for network in (organisation(100, 500), organisation(given.people, given.pairs)):
        seconds = steps(network)
    print(f"{given.people:,} people, {len(network.ties) // 2:,} pairs in contact")
    for name, spent in seconds.items():
        print(f"{spent:8.2f}  {name}")
    print(f"{sum(seconds.values()):8.2f}  all")


def steps(network: Network) -> dict[str, float]:
    """Return the CPU seconds of each step, in the order of a snapshot."""
    group = np.arange(len(network.persons)) // DEPARTMENT
    spent: dict[str, float] = {}

    def timed(name: str, step: Callable[[], object]) -> None:
        start = time.process_time()
        step()
        spent[name] = time.process_time() - start

    timed("betweenness", lambda: measure(network, ["betweenness"]))
    rest = [name for name in every_metric() if name != "betweenness"]
    timed(f"the other {len(rest)} measures of people", lambda: measure(network, rest))
    timed("errors by leaving out contacts", lambda: errors(network))
    scores = measure(network, ["constraint", "effective_size", "clustering"])
    timed(
        "three of them among circles of one size", lambda: [adjusted(network, one) for one in scores.values()]
    )
    timed("ties", lambda: tie_measures(network))
    timed("communities", lambda: communities(network, seed=1))
    found = communities(network, seed=1)
    timed("the whole, core and backbone", lambda: shape(network, found))
    timed("1,000 shuffles of the whole", lambda: mixing(network, group, seed=1))
    timed("1,000 draws and shuffles of groups", lambda: group_figures(network, group, seed=1))
    return spent


if __name__ == "__main__":
    main()
