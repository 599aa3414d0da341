"""Numbers as tables write them, with a point or a comma before the fraction."""

from __future__ import annotations

import math
import re

_FRACTION_AFTER_COMMA = re.compile(r"[+-]?\d*,\d+")
_MAYBE_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
_POINTS_FOR_THOUSANDS = re.compile(r"[+-]?\d{1,3}((\.\d{3})+,\d+|(\.\d{3}){2,})")
_COMMAS_FOR_THOUSANDS = re.compile(r"[+-]?\d{1,3}((,\d{3})+\.\d+|(,\d{3}){2,})")


def number(text: str) -> float | None:
    """Return the finite number that a text is; None where it is none, or may be two.

    >>> [number(text) for text in ("1.5", "1,5", "0,125", "1.234,5", "1,234.5")]
    [1.5, 1.5, 0.125, 1234.5, 1234.5]
    >>> [number(text) for text in ("1,234", "1,5,7", "often", "nan", "")]
    [None, None, None, None, None]
    """
    written = text.strip()
    if "," in written:
        if _FRACTION_AFTER_COMMA.fullmatch(written):
            if _MAYBE_THOUSANDS.fullmatch(written):
                return None
            written = written.replace(",", ".")
        elif _COMMAS_FOR_THOUSANDS.fullmatch(written):
            written = written.replace(",", "")
        elif _POINTS_FOR_THOUSANDS.fullmatch(written):
            written = written.replace(".", "").replace(",", ".")
        else:
            return None
    elif _POINTS_FOR_THOUSANDS.fullmatch(written):
        written = written.replace(".", "")
    try:
        found = float(written)
    except ValueError:
        return None
    return found if math.isfinite(found) else None
