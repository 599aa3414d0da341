"""How sure a share is."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist


def wilson(share: float, count: float, *, level: float) -> tuple[float, float]:
    """Return Wilson's interval of a share of `count` independent cases.

    References:
        Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. JASA 22.
    """
    z = NormalDist().inv_cdf(0.5 + level / 2)
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return max(0.0, middle - half), min(1.0, middle + half)
