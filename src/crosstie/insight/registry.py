"""Every insight by its name."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from crosstie.insight.insight import Insight

MODULES = ("idea_flow", "group_topics", "idea_variety")
"""One module each in this folder, in the order in which they are shown."""


@cache
def every_insight() -> dict[str, Insight]:
    """Return all insights by name."""
    found: list[Insight] = [import_module(f"crosstie.insight.{name}").INSIGHT for name in MODULES]
    return {insight.name: insight for insight in found}
