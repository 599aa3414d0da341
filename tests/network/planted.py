"""Graphs with communities that are known, for tests of what finds and draws them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from tests.network.graphs import network_of_pairs

from crosstie.network.network import Network


def planted(
    groups: int, size: int, *, inside: int, outside: int, seed: int
) -> tuple[Network, NDArray[np.int64]]:
    """Return a network of groups of equal size, and the group of each person.

    Everybody seeks `inside` contacts in the own group and `outside` ones anywhere.
    """
    generator = np.random.default_rng(seed)
    people = groups * size
    contact: dict[tuple[int, int], float] = {}
    for person in range(people):
        near = person // size * size + generator.integers(size, size=inside)
        for other in (*near.tolist(), *generator.integers(people, size=outside).tolist()):
            if other != person:
                contact[min(person, other), max(person, other)] = float(generator.gamma(1.0, 2.0)) + 0.3
    return network_of_pairs(people, contact), np.arange(people) // size


def near_share(position: NDArray[np.float64], group: NDArray[np.int64], *, neighbours: int = 8) -> float:
    """Return the share of people's nearest neighbours on the map that are of their own group."""
    apart = ((position[:, None] - position[None]) ** 2).sum(axis=2)
    np.fill_diagonal(apart, np.inf)
    nearest = np.argsort(apart, axis=1)[:, :neighbours]
    return float((group[nearest] == group[:, None]).mean())
