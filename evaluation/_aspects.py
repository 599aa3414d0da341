"""How many sides of a matter a list of people brings, and how many of the groups that could be there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from evaluation._panel_cases import Case

SEATS = 5
ALPHA = 0.5


def alpha_ndcg(people: Sequence[int], case: Case, *, alpha: float = ALPHA) -> float:
    """Return the alpha-nDCG of a list: the second of the same aspect counts half; 1 is the best greedy list.

    References:
        Clarke, C. L. A. et al. (2008). Novelty and diversity in information retrieval evaluation. SIGIR.
    """
    best: list[int] = []
    left = [one for one in case.moment.people.tolist() if one in case.aspects]
    seen: dict[str, int] = {}
    for _ in range(min(SEATS, len(left))):
        following = max(left, key=lambda one: (_gain(one, seen, case, alpha), -one))
        best.append(following)
        left.remove(following)
        _count(following, seen, case)
    ideal = _discounted(best, case, alpha)
    return _discounted(people, case, alpha) / ideal if ideal else 0.0


def _discounted(people: Sequence[int], case: Case, alpha: float) -> float:
    seen: dict[str, int] = {}
    total = 0.0
    for rank, person in enumerate(people):
        total += _gain(person, seen, case, alpha) / float(np.log2(rank + 2))
        _count(person, seen, case)
    return total


def _gain(person: int, seen: Mapping[str, int], case: Case, alpha: float) -> float:
    return float(sum((1 - alpha) ** seen.get(one, 0) for one in case.aspects.get(person, ())))


def _count(person: int, seen: dict[str, int], case: Case) -> None:
    for one in case.aspects.get(person, ()):
        seen[one] = seen.get(one, 0) + 1


def coverage(people: Sequence[int], case: Case) -> float:
    """Return the share of the units that could be there which people who know bring; the mean over kinds."""
    shares = []
    for units in case.units.values():
        reachable = {units[one] for one in case.moment.people.tolist() if one in units}
        if reachable:
            brought = {units[one] for one in people if one in units}
            shares.append(len(brought) / min(SEATS, len(reachable)))
    return float(np.mean(shares))
