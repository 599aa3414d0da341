"""Made-up edge lists of an organisation: teams, communities, a heavy tail, half of the edges answered.

Half of the edges stay in a team of ten, a fifth in a community of three hundred, and the rest goes anywhere;
outside the team people are chosen by a standing whose tail is heavy. Keys and edges are
shuffled, so that neither order helps anybody.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

SEED = 20
EDGES_A_PERSON = 9.2
TEAM, COMMUNITY = 10, 300
IN_TEAM, IN_COMMUNITY = 0.55, 0.2
ANSWERED = 0.48
"""Of the edges drawn, how many go back as well: some 1.5 edges a pair come of it."""

TAIL = 1.15
"""The exponent of the Pareto distribution of standings."""


class Edges(NamedTuple):
    """Directed edges, each ordered pair once.

    Attributes:
        source, target: (E,) keys of people, whole numbers.
        weight: (E,) above 0.
        community: (P,) of each person.
    """

    source: NDArray[np.int64]
    target: NDArray[np.int64]
    weight: NDArray[np.float64]
    community: NDArray[np.int64]

    @property
    def people(self) -> int:
        return len(self.community)


def edges(people: int, *, a_person: float = EDGES_A_PERSON, seed: int = SEED) -> Edges:
    """Return about `a_person` edges a person."""
    random = np.random.default_rng(seed)
    standing = np.minimum(random.pareto(TAIL, people) + 1.0, 0.3 * people)
    total = np.concatenate([[0.0], np.cumsum(standing)])
    wanted = int(people * a_person)
    drawn = int(wanted / (1 + ANSWERED) * 1.25)
    one = random.integers(people, size=drawn)
    how = random.random(drawn)
    other = np.empty(drawn, dtype=np.int64)
    team = how < IN_TEAM
    other[team] = one[team] // TEAM * TEAM + random.integers(TEAM, size=int(team.sum()))
    for far, size in (
        (~team & (how < IN_TEAM + IN_COMMUNITY), COMMUNITY),
        (how >= IN_TEAM + IN_COMMUNITY, people),
    ):
        low = one[far] // size * size
        high = np.minimum(low + size, people)
        at = total[low] + (total[high] - total[low]) * random.random(len(low))
        other[far] = np.searchsorted(total, at, side="right") - 1
    other = np.minimum(other, people - 1)
    answered = random.random(drawn) < ANSWERED
    code = np.concatenate([one * people + other, (other * people + one)[answered]])
    code = np.unique(code[code // people != code % people])
    code = random.permutation(code)[:wanted]
    key = random.permutation(people)
    community = np.empty(people, dtype=np.int64)
    community[key] = np.arange(people) // COMMUNITY
    return Edges(
        source=key[code // people],
        target=key[code % people],
        weight=random.gamma(1.0, 2.0, len(code)) + 0.01,
        community=community,
    )


def pairs_of(made: Edges) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return (E, 2) each pair once, and (E,) the sum of both directions."""
    low, high = np.minimum(made.source, made.target), np.maximum(made.source, made.target)
    codes, place = np.unique(low * made.people + high, return_inverse=True)
    pairs = np.stack([codes // made.people, codes % made.people], axis=1)
    return pairs, np.bincount(place, weights=made.weight).astype(np.float64)


def graph_of(people: int, pairs: NDArray[np.int64], weight: NDArray[np.float64]) -> Any:
    """Return igraph's graph."""
    import igraph

    graph = igraph.Graph(n=people, edges=pairs)
    graph.es["weight"] = weight
    return graph
