"""Every advisor by its name."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from crosstie.advice.advisor import Advisor

MODULES = (
    "experts",
    "panel",
    "introductions",
    "organisation_introductions",
    "lapsing",
    "routine",
    "at_risk",
)
"""One module each in this folder, in the order in which they are shown."""


@cache
def every_advisor() -> dict[str, Advisor]:
    """Return all advisors by name."""
    found: list[Advisor] = [import_module(f"crosstie.advice.{name}").ADVISOR for name in MODULES]
    return {advisor.name: advisor for advisor in found}
