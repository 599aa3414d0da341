"""Every metric by its name, and the one call that computes them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import import_module

from crosstie.errors import UsageRefused
from crosstie.network.metrics.metric import Metric, Scores
from crosstie.network.network import Network

MODULES = (
    "size",
    "group_diversity",
    "get",
    "give",
    "turned_to",
    "was_turned_to",
    "reciprocity",
    "two_step_reach",
    "ei_index",
    "strength",
    "effective_size",
    "efficiency",
    "constraint",
    "clustering",
    "hierarchy",
    "overlap",
    "local_bridges",
    "betweenness",
    "core_number",
    "bandwidth",
    "thin_ties",
    "group_richness",
    "richness_beyond_chance",
    "group_dominance",
    "blau",
    "blau_beyond_chance",
    "ei_beyond_chance",
    "coordinator",
    "gatekeeper",
    "representative",
    "consultant",
    "liaison",
)
"""One file each in this folder, in the order they are shown: plain ones first, technical ones last."""


@cache
def every_metric() -> dict[str, Metric]:
    """Return all metrics by name, in the order in which they are shown."""
    found: list[Metric] = [import_module(f"crosstie.network.metrics.{name}").METRIC for name in MODULES]
    return {metric.name: metric for metric in found}


def measure(network: Network, names: Iterable[str] | None = None) -> dict[str, Scores]:
    """Return the scores of everybody by metric.

    Args:
        network: the network to measure.
        names: metrics wanted; all, if not given.

    Raises:
        UsageRefused: there is no metric of a name.
    """
    metrics = every_metric()
    wanted = list(metrics) if names is None else list(names)
    for name in wanted:
        if name not in metrics:
            raise UsageRefused(f'There is no metric "{name}".', hint=f"The metrics are {', '.join(metrics)}.")
    return {name: metrics[name].compute(network) for name in wanted}
