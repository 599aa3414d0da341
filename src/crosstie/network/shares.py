"""How sure a share is, and what rests on few."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray


def wilson(share: float, count: float, *, level: float) -> tuple[float, float]:
    """Return Wilson's interval of a share of `count` independent cases.

    References:
        Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. JASA 22.
    """
    z = NormalDist().inv_cdf(0.5 + level / 2)
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return max(0.0, middle - half), min(1.0, middle + half)


def student(freedom: NDArray[np.float64], *, level: float = 0.9) -> NDArray[np.float64]:
    """Return half an interval of Student's t in standard errors; NaN below 1 degree of freedom.

    By Hill's expansion of Fisher's series, right to 1 % from 3 degrees on.

    References:
        Abramowitz, M. and Stegun, I. A. (1964). Handbook of Mathematical Functions, 26.7.5.
    """
    z, free = NormalDist().inv_cdf(0.5 + level / 2), np.where(freedom >= 1, freedom, np.nan)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    quantile = np.full(len(free), z)
    for place, term in enumerate(terms):
        quantile += term / free ** (place + 1)
    return quantile
