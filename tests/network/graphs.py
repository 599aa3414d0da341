"""Networks made from a few weighted pairs, for tests of what is computed over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

import networkx as nx
import numpy as np
from hypothesis import strategies

from crosstie.network.network import NO_EVIDENCE, Network
from crosstie.network.pairs import Pairs, both_ways

Learned = Mapping[tuple[int, int], float]


def network_of_pairs(
    people: int,
    contact: Mapping[tuple[int, int], float],
    *,
    learned: Learned | None = None,
    groups: Mapping[str, Iterable[str]] | None = None,
    active_contact: float = 0.25,
) -> Network:
    """Return a network of persons "p000", "p001", … from contact by pair (low, high)."""
    learned = learned or {}
    pairs = sorted(contact)
    low = np.array([pair[0] for pair in pairs], dtype=np.int32)
    high = np.array([pair[1] for pair in pairs], dtype=np.int32)
    assert (low < high).all()
    weights = np.array([contact[pair] for pair in pairs], dtype=np.float64)
    low_learned = np.array([learned.get(pair, 0.0) for pair in pairs], dtype=np.float64)
    high_learned = np.array([learned.get((b, a), 0.0) for a, b in pairs], dtype=np.float64)
    nowhere = np.zeros(len(pairs), dtype=np.int64)
    yes = np.ones(len(pairs), dtype=bool)
    none = np.full(len(pairs), NO_EVIDENCE, dtype=np.uint64)
    ties = both_ways(
        Pairs(
            low=low,
            high=high,
            contact=weights,
            known_contact=weights,
            low_learned=low_learned,
            low_turned_to=low_learned / 2,
            high_learned=high_learned,
            high_turned_to=high_learned / 2,
            low_shown=low_learned * 1.25,
            high_shown=high_learned * 1.25,
            first_at=nowhere,
            last_at=nowhere,
            stated=yes,
            known=yes,
            is_open=yes,
            low_evidence=none,
            high_evidence=none,
        ),
        active_contact=active_contact,
    )
    return Network(
        persons=np.array([f"p{number:03}" for number in range(people)], dtype=object),
        ties=ties,
        as_of=datetime(2026, 1, 1, tzinfo=UTC),
        groups={kind: np.array(list(units), dtype=object) for kind, units in (groups or {}).items()},
    )


def graph_of(network: Network) -> nx.Graph:
    """Return the active contact as networkx has it."""
    graph = nx.Graph()
    graph.add_nodes_from(range(len(network.persons)))
    ties = network.ties
    for learner, teacher, contact, active in zip(
        ties.learner.tolist(), ties.teacher.tolist(), ties.contact.tolist(), ties.active.tolist(), strict=True
    ):
        if active:
            graph.add_edge(learner, teacher, weight=contact)
    return graph


@strategies.composite
def networks(draw: strategies.DrawFn) -> Network:
    """Draw a network of up to 14 people: sparse or dense, with weak, isolated and one-way ties."""
    people = draw(strategies.integers(0, 14))
    every = [(low, high) for high in range(people) for low in range(high)]
    chosen = draw(strategies.lists(strategies.sampled_from(every), unique=True)) if every else []
    weight = strategies.floats(0.05, 50.0, allow_nan=False)
    contact = {pair: draw(weight) for pair in chosen}
    learned = {}
    for low, high in chosen:
        for pair in ((low, high), (high, low)):
            if draw(strategies.booleans()):
                learned[pair] = draw(weight)
    units = [draw(strategies.sampled_from(["", "Sales", "Build", "Care"])) for _ in range(people)]
    return network_of_pairs(people, contact, learned=learned, groups={"department": units})
