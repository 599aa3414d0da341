"""How often inferred learning holds, by the organisation's own sample of "is this right?"."""

from __future__ import annotations

import math
from dataclasses import dataclass

FEWEST_JUDGED = 30
FEWEST_JUDGES = 10
"""Below either, there is too little to say, and too few to hide among."""

Z_90 = 1.6448536269514722


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """The share of sampled ties that members said are right.

    Attributes:
        share: right of those judged right or wrong; None where there is too little to say.
        low, high: the 90 % interval (Wilson 1927); None likewise.
        judged: how many were judged; 0 where fewer than enough people judged.
        is_enough: whether there is enough to say.
        fewest_judged, fewest_judges: how many ties and people are enough.
    """

    share: float | None
    low: float | None
    high: float | None
    judged: int
    is_enough: bool
    fewest_judged: int = FEWEST_JUDGED
    fewest_judges: int = FEWEST_JUDGES


def precision(*, right: int, judged: int, judges: int) -> Precision:
    """Return the share with its interval, or that there is too little to say.

    Args:
        right: ties that were judged right.
        judged: ties that were judged right or wrong.
        judges: people who judged.

    Raises:
        ValueError: more are right than were judged.

    Reference: E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference,
    Journal of the American Statistical Association 22:209.
    """
    if not 0 <= right <= judged:
        raise ValueError(f"{right} of {judged} cannot be right.")
    if judged < FEWEST_JUDGED or judges < FEWEST_JUDGES:
        return Precision(share=None, low=None, high=None, judged=0, is_enough=False)
    share = right / judged
    middle = (share + Z_90**2 / (2 * judged)) / (1 + Z_90**2 / judged)
    half = Z_90 * math.sqrt(share * (1 - share) / judged + Z_90**2 / (4 * judged**2)) / (1 + Z_90**2 / judged)
    return Precision(share=share, low=middle - half, high=middle + half, judged=judged, is_enough=True)
