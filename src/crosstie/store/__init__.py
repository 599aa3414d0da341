"""The store: what people decide, the names behind the keys, and what became of each reading.

It is the only room that knows SQL tables, through Django's ORM on a database of the workspace; it may use
people's and the record's types. Start with `workspace.py` (open, load, save), then `models.py` (the tables).
"""

from __future__ import annotations

from crosstie.store.readings import SavedReading
from crosstie.store.workspace import Store

__all__ = ["SavedReading", "Store"]
