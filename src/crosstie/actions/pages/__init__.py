"""What each page shows, already through the gate: plain values from `crosstie.actions.views`.

A page measures nothing anew: it reads a snapshot. Start with `circle.py`.
"""

from __future__ import annotations

from crosstie.actions.pages.circle import circle
from crosstie.actions.pages.figures import unsaid
from crosstie.actions.pages.looks import looks
from crosstie.actions.pages.network_map import network_map
from crosstie.actions.pages.originals import contact, trace
from crosstie.actions.pages.sources import sources

__all__ = ["circle", "contact", "looks", "network_map", "sources", "trace", "unsaid"]
