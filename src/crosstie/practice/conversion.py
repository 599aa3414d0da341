"""Did the introductions last? The share of pairs in contact some weeks later, beside those who waited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

from crosstie.network.shares import wilson

SMALLEST = 10
"""Fewer pairs, or people, than this on either side are too few to say anything of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairOutcome:
    """What became of two people who were introduced, or would have been.

    Attributes:
        people: the two person keys.
        on: the day they were introduced; in the comparison group, the day they would have been.
        contacts_on: days of any contact between the two, from what the record holds.
    """

    people: tuple[str, str]
    on: date
    contacts_on: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share of pairs with its interval.

    Attributes:
        pairs: pairs that were followed long enough.
        lasted: those of them in contact in the weeks looked at.
        value: lasted / pairs.
        low, high: the interval.
    """

    pairs: int
    lasted: int
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """Whether introductions lasted; without figures where there is too little to say.

    Attributes:
        introduced: those introduced; None if too few.
        comparison: those who would have been; None if too few.
        difference, low, high: by how much the first share is above the second, with its interval; None
            unless both are there.
        not_yet: pairs introduced so lately that it cannot be said.
        sentence: what it comes to, in plain words.
    """

    introduced: Share | None
    comparison: Share | None
    difference: float | None
    low: float | None
    high: float | None
    not_yet: int
    sentence: str


def conversion(
    introduced: Iterable[PairOutcome],
    comparison: Iterable[PairOutcome],
    *,
    as_of: date,
    weeks: int = 12,
    window_weeks: int = 4,
    level: float = 0.9,
    smallest: int = SMALLEST,
) -> Conversion:
    """Compare pairs who were introduced with pairs who waited.

    A pair lasted if there was contact in the window that begins `weeks` after its day; the meeting itself and
    what followed at once does not count. Pairs whose window has not ended are counted apart. Shares have
    Wilson's interval, their difference Newcombe's; where a person stands in several pairs (a trio), the
    pairs count as half as many as there are people, since they are not independent.

    Args:
        introduced: pairs who were introduced, met or not: who accepts is not a matter of chance.
        comparison: pairs made in the same way of those whom the draw let wait.
        as_of: the last day the record covers.
        weeks: after how many weeks to look.
        window_weeks: for how many weeks to look.
        level: of the intervals.
        smallest: fewer pairs or people on a side are not shown; values under 5 are raised to 5.
    """
    until = timedelta(weeks=weeks + window_weeks)
    every = list(introduced)
    followed = [pair for pair in every if pair.on + until <= as_of]
    waited = [pair for pair in comparison if pair.on + until <= as_of]
    least = max(smallest, 5)
    after = timedelta(weeks=weeks)
    one = _share(followed, after, until, level, least)
    other = _share(waited, after, until, level, least)
    apart = _apart(one, other)
    return Conversion(
        introduced=one,
        comparison=other,
        difference=apart[0] if apart else None,
        low=apart[1] if apart else None,
        high=apart[2] if apart else None,
        not_yet=len(every) - len(followed),
        sentence=_sentence(one, other, apart, weeks=weeks, least=least),
    )


def _share(
    pairs: list[PairOutcome], after: timedelta, until: timedelta, level: float, least: int
) -> Share | None:
    people = {person for pair in pairs for person in pair.people}
    if len(pairs) < least or len(people) < least:
        return None
    lasted = sum(any(pair.on + after <= day < pair.on + until for day in pair.contacts_on) for pair in pairs)
    low, high = wilson(lasted / len(pairs), min(len(pairs), len(people) / 2), level=level)
    return Share(pairs=len(pairs), lasted=lasted, value=lasted / len(pairs), low=low, high=high)


def _apart(one: Share | None, other: Share | None) -> tuple[float, float, float] | None:
    """Return the difference of two shares with Newcombe's interval.

    References:
        Newcombe, R. G. (1998). Interval estimation for the difference between independent proportions.
        Statistics in Medicine 17, method 10.
    """
    if one is None or other is None:
        return None
    difference = one.value - other.value
    low = difference - sqrt((one.value - one.low) ** 2 + (other.high - other.value) ** 2)
    high = difference + sqrt((one.high - one.value) ** 2 + (other.value - other.low) ** 2)
    return difference, low, high


def _sentence(
    one: Share | None,
    other: Share | None,
    apart: tuple[float, float, float] | None,
    *,
    weeks: int,
    least: int,
) -> str:
    if one is None:
        return (
            f"Too few to say: it takes {least} pairs, followed for {weeks} weeks and more. "
            "Elsewhere about one introduction in ten lasted."
        )
    said = (
        f"{one.lasted} of {one.pairs} pairs ({_percent(one.value)}) were in contact {weeks} weeks after they "
        f"were introduced (likely between {_percent(one.low)} and {_percent(one.high)})."
    )
    if other is None or apart is None:
        return f"{said} Too few waited to say how many would have been without it."
    said += f" Of {other.pairs} pairs who waited, {other.lasted} were ({_percent(other.value)})."
    _, low, high = apart
    if low > 0:
        return f"{said} The introductions made a difference of {_points(low)} to {_points(high)} points."
    if high < 0:
        return f"{said} Those who waited were ahead by {_points(-high)} to {_points(-low)} points."
    return f"{said} That may be chance."


def _percent(share: float) -> str:
    return f"{share:.0%}"


def _points(share: float) -> str:
    return f"{100 * share:.0f}"


__all__ = ["SMALLEST", "Conversion", "PairOutcome", "Share", "conversion"]
