"""Noise for counts of people: drawn once for each cell and period, so that asking again tells no more."""

from __future__ import annotations

import hashlib
import math

EPSILON = 1.0
"""Of one count in one period: one person more or less changes the odds of what is shown e-fold at most."""

_STEP = 5


def noisy_count(count: int, *, secret: bytes, cell: str) -> int:
    """Return a count with noise: with a chance of about two in five it is exact, and no one can tell.

    The noise is two-sided geometric. It is drawn by a keyed hash of the cell, so it is the same whenever the
    same cell of the same period is asked for, and no mean of many answers takes it away.

    Args:
        count: of people.
        secret: known to the workspace alone.
        cell: names the cell and the period.

    References:
        Ghosh, A., Roughgarden, T., Sundararajan, M. (2012). Universally utility-maximizing privacy
        mechanisms. SIAM Journal on Computing 41(6): the geometric mechanism.
    """
    drawn = hashlib.blake2b(cell.encode(), key=secret, digest_size=16).digest()
    one, other = (_geometric(int.from_bytes(half) / 2**64) for half in (drawn[:8], drawn[8:]))
    return count + one - other


def in_steps(count: int) -> int:
    """Return a count rounded to the nearest five."""
    return _STEP * round(count / _STEP)


def _geometric(uniform: float) -> int:
    """Return how many times in a row a chance of exp(-epsilon) came true."""
    return math.floor(math.log(1 - uniform) / -EPSILON) if uniform < 1 else 0
