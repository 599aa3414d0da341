"""The record: what an interaction is, and the append-only table of all of them.

It may use settings and errors, nothing else; it knows neither names nor addresses, only opaque keys.
Start with `interaction.py` (the row), then `table.py` (append, edit, forget, query).
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from crosstie.record.interaction import Account, Entry, Interaction, Kind, KnownHow, Openness, Place, Trace
from crosstie.record.keys import Keyring, new_key, outside_key

if TYPE_CHECKING:
    from crosstie.record.ageing import Dropped
    from crosstie.record.append import Appended
    from crosstie.record.forget import Forgotten
    from crosstie.record.table import Record

__all__ = [
    "Account",
    "Appended",
    "Dropped",
    "Entry",
    "Forgotten",
    "Interaction",
    "Keyring",
    "Kind",
    "KnownHow",
    "Openness",
    "Place",
    "Record",
    "Trace",
    "new_key",
    "outside_key",
]

# DuckDB, Delta and numpy take half a second to load, and every source needs the row types.
_LATE = {"Appended": "append", "Dropped": "ageing", "Forgotten": "forget", "Record": "table"}


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_LATE[name]}"), name)
