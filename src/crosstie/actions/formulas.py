"""Texts of others in a CSV file, which a spreadsheet must not take for formulas."""

from __future__ import annotations

_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 -- these are meant
"""What a spreadsheet takes for the beginning of a formula; the wide signs are Japanese ones' (OWASP)."""


def guarded(text: str) -> str:
    """Return a text as a spreadsheet shows it and never runs it: with an apostrophe before a formula.

    >>> guarded("=1+1"), guarded("Ada Berg")
    ("'=1+1", 'Ada Berg')
    """
    return f"'{text}" if text.startswith(_BEGINNINGS) else text
