"""Whether anything is there to be shown yet."""

from __future__ import annotations

from crosstie.actions.home import Home


def has_begun(home: Home) -> bool:
    """Say whether anything was read, or said here; before, every figure would be an empty one."""
    return bool(home.store.readings.all()) or home.record.count() > 0
