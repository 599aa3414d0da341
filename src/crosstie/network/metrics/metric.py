"""What a metric is: a measure declared with its meaning, and one pure function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from crosstie.network.network import Network, Weights
from crosstie.saying import mark, say, say_count

Scores: TypeAlias = Weights
"""(P,) one value a person, in the order of `Network.persons`; NaN where the declaration says "undefined"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A measure of every person's circle, declared with its meaning.

    Attributes:
        name: the field's standard term, e.g. ``effective_size``; also the column's name.
        label: what people read, e.g. ``Separate corners``.
        question: the plain question it answers.
        unit: e.g. ``people``, ``share``, ``people's worth``.
        lowest, highest: the range; None where open.
        within_size: whether nobody's value is above the number of their contacts.
        high, low: how to read a high and a low value, one sentence each.
        caution: what it does not say.
        undefined: when it has no value ("" if it always has one).
        cost: e.g. ``linear in ties`` or ``linear in wedges``.
        on_page: whether *My circle* shows it; the library and the reference have every metric.
        of_edges: whether an edge list alone says it, without times; False also where another metric says the
            same of one.
        hangs_on_size: whether it is worth comparing among circles of about the same size.
        jackknifed: whether leaving out one contact after the other tells how sure it is; counts and sums are
            counted and not estimated.
        smallest_group: the smallest group it may be shown for, 1 for oneself only.
        needs: kinds of groups or other columns it needs, e.g. ``("department",)``; any one suffices.
        references: papers and formulas.
        compute: pure; same network, same scores.
        sentence: one plain sentence about one value, made with `crosstie.saying`, for *My circle*.
    """

    name: str
    label: str
    question: str
    unit: str
    lowest: float | None = 0.0
    highest: float | None = None
    within_size: bool = False
    high: str
    low: str
    caution: str
    undefined: str = ""
    cost: str = "linear in ties"
    on_page: bool = True
    of_edges: bool = True
    hangs_on_size: bool = True
    jackknifed: bool = False
    smallest_group: int = 1
    needs: tuple[str, ...] = field(default=())
    references: tuple[str, ...]
    compute: Callable[[Network], Scores]
    sentence: Callable[[float], str]


FADING = mark(
    "Older ones count less, thanks and reviews in part; help by voice or by reading leaves no trace."
)
"""The caution of every figure that is counted in recent answers."""


def about(value: float) -> str:
    """Say an amount that fades with time as people count: ``less than one``, ``about one``, ``about 12``."""
    count = round(value)
    if count == 0:
        return say("less than one")
    return say_count("about one", "about %(count)s", count)


def times(value: float) -> str:
    """Say the same of what was done: ``less than once``, ``about once``, ``about 12 times``."""
    count = round(value)
    if count == 0:
        return say("less than once")
    return say_count("about once", "about %(count)s times", count)
