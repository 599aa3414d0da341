"""Seeded chance, built on `random.Random.random` alone, whose stream Python promises to keep."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from math import exp, log
from random import Random
from typing import TypeVar

Thing = TypeVar("Thing")


class Dice:
    """One stream of chance, named for its purpose so that another purpose does not disturb it."""

    __slots__ = ("roll",)

    def __init__(self, seed: int, purpose: str) -> None:
        self.roll = Random(f"{seed}:{purpose}").random

    def chance(self, probability: float) -> bool:
        """Say yes with this probability."""
        return self.roll() < probability

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from low to high, both included."""
        return low + int(self.roll() * (high - low + 1))

    def between(self, low: float, high: float) -> float:
        """Return a number in [low, high)."""
        return low + self.roll() * (high - low)

    def pick(self, things: Sequence[Thing]) -> Thing:
        """Return one of the things, each as likely as the others."""
        return things[int(self.roll() * len(things))]

    def weighed(self, things: Sequence[Thing], weights: Sequence[float]) -> Thing:
        """Return one of the things, as likely as its weight; the weights must not all be zero."""
        heaped = list(accumulate(weights))
        return things[min(bisect(heaped, self.roll() * heaped[-1]), len(things) - 1)]

    def some(self, things: Sequence[Thing], count: int) -> list[Thing]:
        """Return up to count different things, in the order drawn."""
        left = list(things)
        drawn: list[Thing] = []
        while left and len(drawn) < count:
            place = int(self.roll() * len(left))
            left[place], left[-1] = left[-1], left[place]
            drawn.append(left.pop())
        return drawn

    def often(self, mean: float) -> int:
        """Return how often something happens that happens `mean` times on average (Poisson)."""
        limit, product, count = exp(-mean), self.roll(), 0
        while product > limit:
            product *= self.roll()
            count += 1
        return count

    def wait(self, mean: float) -> float:
        """Return a waiting time with this mean (exponential)."""
        return -mean * log(1.0 - self.roll())
