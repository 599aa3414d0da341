"""crosstie shows people the network they learn from, and helps them widen it.

In a notebook: ``home = crosstie.open(DIR)``, ``home.read(PATH)``, ``net = home.network()``.
"""

from __future__ import annotations

from crosstie.errors import CrosstieError
from crosstie.notebook import open  # noqa: A004 - crosstie.open(DIR) reads as what it does

__all__ = ["CrosstieError", "open"]
