"""crosstie shows people the network they learn from, and helps them widen it.

In a notebook: ``home = crosstie.open(DIR)``, ``home.read(PATH)``, ``net = home.network()``.
Without a workspace: ``crosstie.measure(ties)``.
"""

from __future__ import annotations

from crosstie.errors import CrosstieError
from crosstie.notebook import (
    measure,
    open,  # noqa: A004 - crosstie.open(DIR) reads as what it does
)

__all__ = ["CrosstieError", "measure", "open"]
