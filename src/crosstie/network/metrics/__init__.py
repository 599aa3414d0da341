"""Metrics: one file each, one declaration, one pure function.

It may use the network and its kernel; metrics do not know one another. Start with `metric.py`; `registry.py`
names them all.
"""

from __future__ import annotations

from crosstie.network.metrics.metric import Metric, Scores
from crosstie.network.metrics.registry import every_metric, measure

__all__ = ["Metric", "Scores", "every_metric", "measure"]
