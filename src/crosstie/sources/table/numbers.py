"""Numbers as tables write them."""

from __future__ import annotations

import math


def number(text: str) -> float | None:
    """Return the finite number that a text is; None where it is none.

    >>> [number(text) for text in ("1.5", "often", "nan", "")]
    [1.5, None, None, None]
    """
    try:
        found = float(text.strip())
    except ValueError:
        return None
    return found if math.isfinite(found) else None
