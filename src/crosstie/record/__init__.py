"""The record: what an interaction is, and the append-only table of all of them.

It may use settings and errors, nothing else; it knows neither names nor addresses, only opaque keys.
Start with `interaction.py` (the row), then `table.py` (append, edit, forget, query).
"""

from __future__ import annotations

from crosstie.record.interaction import Account, Entry, Interaction, Kind, KnownHow, Openness, Place, Trace

__all__ = ["Account", "Entry", "Interaction", "Kind", "KnownHow", "Openness", "Place", "Trace"]
