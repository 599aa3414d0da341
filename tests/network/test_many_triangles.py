"""The pass over triangles sums some hundred at once: a circle with thousands must come out the same."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from crosstie.errors import UsageRefused
from crosstie.network.edges import network_of_edges
from crosstie.network.kernels import merging
from crosstie.network.metrics.registry import measure

PEOPLE = 90
TOLERANCE = 1e-9


def dense(contact: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    """Return constraint, effective size and clustering by their definitions, on the whole matrix."""
    shares = contact / contact.sum(axis=1, keepdims=True)
    relative = contact / contact.max(axis=1, keepdims=True)
    is_contact = contact > 0
    parts = np.where(is_contact, (shares + shares @ shares) ** 2, 0.0)
    redundant = np.where(is_contact, shares @ relative.T, 0.0)
    sizes = is_contact.sum(axis=1)
    triangles = np.diag(np.linalg.matrix_power(is_contact.astype(int), 3)) / 2
    return parts.sum(axis=1), sizes - redundant.sum(axis=1), triangles / (sizes * (sizes - 1) / 2)


@pytest.mark.parametrize("share", [1.0, 0.6])
def test_thousands_of_triangles_are_summed_as_the_definition_says(share):
    random = np.random.default_rng(5)
    low, high = np.triu_indices(PEOPLE, 1)
    kept = random.random(len(low)) < share
    one, other, weight = low[kept], high[kept], random.gamma(1.0, 2.0, int(kept.sum())) + 0.01
    turned = random.random(len(one)) < 0.5
    network, _ = network_of_edges(np.where(turned, one, other), np.where(turned, other, one), weight)
    contact = np.zeros((PEOPLE, PEOPLE))
    contact[one, other] = contact[other, one] = weight

    scores = measure(network, ["constraint", "effective_size", "clustering"])

    for found, expected in zip(scores.values(), dense(contact), strict=True):
        assert found == pytest.approx(expected, abs=TOLERANCE)


def test_more_edges_than_can_be_numbered_are_refused(monkeypatch):
    monkeypatch.setattr(merging, "MOST_EDGES", 2)
    ends = np.arange(3)

    with pytest.raises(UsageRefused, match="3 edges are more than the 2"):
        network_of_edges(ends, ends + 1, np.ones(3))
