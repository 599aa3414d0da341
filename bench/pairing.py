"""How near does pairing come to the best there is, who is left over, and how long does it take?

    .venv/bin/python bench/pairing.py [--cases 500]

Small groups are compared with all possible divisions; large ones are timed.
"""

from __future__ import annotations

import argparse
import time
from datetime import date
from functools import cache
from itertools import combinations
from random import Random

import numpy as np

from crosstie.people.meeting import MeetingRules, standing
from crosstie.practice.matching import Allowed, Points, matched
from crosstie.practice.pairing import pair_up

TODAY = date(2026, 1, 1)


def best_points(allowed: Allowed, points: Points) -> tuple[int, int]:
    """Return the most pairs, and the largest sum of points with so many, by trying everything."""

    @cache
    def best(left: tuple[int, ...]) -> tuple[int, int]:
        if len(left) < 2:
            return 0, 0
        one, rest = left[0], left[1:]
        found = best(rest)
        for other in rest:
            if allowed[one, other]:
                pairs, total = best(tuple(person for person in rest if person != other))
                found = max(found, (pairs + 1, total + int(points[one, other])))
        return found

    return best(tuple(range(len(allowed))))


def fewest_left(people: tuple[str, ...], may: frozenset[frozenset[str]]) -> int:
    """Return how few must be left over, by trying all divisions into pairs and trios."""

    @cache
    def fewest(left: tuple[str, ...]) -> int:
        if not left:
            return 0
        one, rest = left[0], left[1:]
        found = 1 + fewest(rest)
        for size in (1, 2):
            for others in combinations(rest, size):
                if all(frozenset(pair) in may for pair in combinations((one, *others), 2)):
                    found = min(found, fewest(tuple(person for person in rest if person not in others)))
        return found

    return fewest(people)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=500)
    cases = parser.parse_args().cases
    shares, best = [], 0
    for seed in range(cases):
        generator = np.random.default_rng(seed)
        people = int(generator.integers(4, 13))
        allowed = np.triu(generator.random((people, people)) < generator.choice([0.5, 0.8, 1.0]), 1)
        points = np.triu(generator.integers(0, 8, (people, people)), 1)
        allowed, points = allowed | allowed.T, points + points.T
        partner = matched(allowed, points, seed=seed)
        total = sum(int(points[one, other]) for one, other in enumerate(partner) if one < other)
        pairs, most = best_points(allowed, points)
        if 2 * pairs != sum(other >= 0 for other in partner):
            raise SystemExit(f"Case {seed} leaves over more than it must.")
        shares.append(total / most if most else 1.0)
        best += total == most
    print(
        f"{cases} groups of 4 to 12: points {np.mean(shares):.4f} of the largest on average, "
        f"{min(shares):.3f} at least, the largest itself in {best / cases:.0%}"
    )
    more = 0
    for seed in range(cases):
        dice = Random(seed)
        group = tuple(f"p{number}" for number in range(dice.randint(3, 9)))
        chance = dice.choice([0.4, 0.6, 0.75])
        apart = frozenset(pair for pair in combinations(group, 2) if dice.random() < chance)
        rules = MeetingRules(on=TODAY, joined=frozenset(group), do_not_pair=apart)
        found = pair_up(group, rules=rules, group_of={}, in_contact=(), seed=seed)
        by = standing(rules)
        may = frozenset(frozenset(pair) for pair in combinations(group, 2) if by.may_meet(*pair))
        more += len(found.unplaced) > fewest_left(group, may)
    print(f"{cases} groups of 3 to 9 with 40 to 75 % of pairs forbidden: {more} leave over too many")
    for people in (50, 200, 500):
        dice = Random(people)
        keys = [f"p{number:04}" for number in range(people)]
        known = [pair for pair in combinations(keys, 2) if dice.random() < 0.1]
        rules = MeetingRules(
            on=TODAY,
            joined=frozenset(keys),
            do_not_pair=frozenset(pair for pair in combinations(keys, 2) if dice.random() < 0.01),
        )
        groups = {key: f"g{dice.randrange(8)}" for key in keys}
        start = time.process_time()
        made = pair_up(keys, rules=rules, group_of=groups, in_contact=known, seed=1)
        spent = time.process_time() - start
        ideal = sum(meeting.strangers == meeting.across == 1 for meeting in made.meetings)
        print(
            f"{people} people: {spent:.2f} CPU-s, {ideal} of {len(made.meetings)} are strangers of two groups"
        )


if __name__ == "__main__":
    main()
