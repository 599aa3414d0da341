"""Sources: how traces from outside become interactions. One folder each, none knows another.

They may use the record's types, settings and errors; they never write, and know accounts, not persons.
Start with `source.py` (what a source declares), `door.py` (what may come in) and `ledger.py` (the count).
"""

from __future__ import annotations

from crosstie.sources.conditions import REFUSED_PLACES, Mode
from crosstie.sources.door import Door, asks
from crosstie.sources.ledger import Ledger
from crosstie.sources.registry import every_source, recognise
from crosstie.sources.source import Listed, Setting, Settings, Source

__all__ = [
    "REFUSED_PLACES",
    "Door",
    "Ledger",
    "Listed",
    "Mode",
    "Setting",
    "Settings",
    "Source",
    "asks",
    "every_source",
    "recognise",
]
