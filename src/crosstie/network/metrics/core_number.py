"""How deep one is in the densest part."""

from __future__ import annotations

import numpy as np

from crosstie.network.circles import circles_of
from crosstie.network.metrics.metric import Metric, Scores
from crosstie.network.network import Network
from crosstie.saying import say_count


def compute(network: Network) -> Scores:
    """Return the largest k for which each person has k contacts among people of whom the same holds."""
    from crosstie.network.kernels.cores import core_numbers  # loads numba

    return core_numbers(circles_of(network)).astype(np.float64)


def sentence(value: float) -> str:
    """Say of which core one is."""
    return say_count(
        "You are part of a set of people each of whom has one contact in it.",
        "You are part of a set of people each of whom has %(count)s contacts in it.",
        round(value),
    )


METRIC = Metric(
    name="core_number",
    label="Depth in the core",
    question="How deep am I in the part where everybody knows many of the others?",
    unit="contacts",
    on_page=False,
    high="You are in the densest part of the network.",
    low="You are at the edge of the network, where ties are few.",
    caution="A large team in which all know one another is a deep core by itself. The edge is where "
    "new things come from.",
    references=(
        "Seidman, S. B. (1983). Network structure and minimum degree. Social Networks 5.",
        "Batagelj, V. and Zaversnik, M. (2003). An O(m) algorithm for cores decomposition. cs/0310049.",
    ),
    compute=compute,
    sentence=sentence,
)
