"""Whole numbers in what a browser sends outside a form."""

from __future__ import annotations

from typing import Final

_DIGITS: Final = 15
"""No row and no page has a number this long; databases and Python itself refuse far longer ones."""


def number_in(given: str) -> int | None:
    """Return the number that is written, None if none is."""
    return int(given) if given.isdecimal() and len(given) <= _DIGITS else None
