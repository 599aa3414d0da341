"""Which way learning went between two people, if it did: said where it is clear, not where it is likely."""

from __future__ import annotations

from crosstie.network.network import Flags, Weights

EVEN = 1.0
"""Evidence that might as well have been there, both ways: one trace alone says little."""

TIMES = 2.5
"""More than so many times as much one way is clear, which one answer alone is not. Set on made-up companies
(`evaluation.direction`): where learning went one way only, nine in ten of such directions are right there."""


def clear(shown: Weights, shown_back: Weights) -> Flags:
    """Return (n,) whether what shows that one learned from another is several times what shows the other way.

    That says which way, and not whether: of those it is true of, more than half have learned nothing.

    Both are without decay: who learned from whom once does not change with time.

    Args:
        shown: (n,) evidence that one learned from the other, and half of that they turned to them: a question
            without an answer points the way, and teaches nobody.
        shown_back: (n,) the same the other way round.
    """
    is_clear: Flags = shown + EVEN > TIMES * (shown_back + EVEN)
    return is_clear


__all__ = ["EVEN", "TIMES", "clear"]
