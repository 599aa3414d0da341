"""*Circle check*: a word to one person when their circle is too small, closing, or all alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from crosstie.network.network import Weights
from crosstie.practice import said
from crosstie.practice.checked import CircleCheck, Finding, Sign, Withheld, WithheldWhy
from crosstie.practice.quarters import QUARTER_DAYS, Errors, Quarter

LOW = 0.2
HIGH = 0.8
"""Below and above these shares of comparable colleagues a value stands out."""

QUARTERS = 3  # now, and the two before
_EQUAL = 1e-9
"""Nearer than this, two values are equal: the last bits depend on the order of a sum."""

_NOBODY: NDArray[np.bool_] = np.zeros(0, dtype=np.bool_)


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """How much of a person's time there was for traces to arise; the caller knows it, it is never guessed.

    Attributes:
        joined_on: the day they came to the organisation; None where unknown.
        absences: first and last day of each absence that is known.
        share: the part of full time they work, above 0 and up to 1.
    """

    joined_on: date | None = None
    absences: tuple[tuple[date, date], ...] = ()
    share: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSettings:
    """When something is said.

    Attributes:
        fewest_contacts: circles smaller than this are not judged for what they are like.
        fewest_colleagues: so many comparable people it takes at least.
        longest_absence_days: longer absences in one quarter withhold the check.
        present_weeks: weeks of each quarter in which a full-time person must have done something.
        least_share: part-time counts as at least this much of full time.
        fall: a circle that met this share of the expected number of people or fewer has become smaller.
        closing: a circle whose separateness fell to this share of the former or lower is closing.
        improved: group diversity that rose by this share or less did not rise to speak of.
        level: standard errors to either side of an interval; 1.645 make it one of 90 %.
    """

    fewest_contacts: int = 5
    fewest_colleagues: int = 30
    longest_absence_days: int = 28
    present_weeks: int = 6
    least_share: float = 0.5
    fall: float = 2 / 3
    closing: float = 0.9
    improved: float = 0.03
    level: float = 1.645


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """One person before three quarters."""

    me: int
    quarters: tuple[Quarter, ...]
    presence: Presence
    errors: Errors
    chosen: CheckSettings
    peers: NDArray[np.bool_]

    @property
    def now(self) -> Quarter:
        return self.quarters[-1]

    @property
    def share(self) -> float:
        return max(self.presence.share, self.chosen.least_share)


def circle_check(
    me: int,
    *,
    quarters: tuple[Quarter, ...],
    presence: Presence,
    errors: Errors,
    settings: CheckSettings | None = None,
) -> CircleCheck:
    """Look at one person's circle over three quarters; for that person's eyes alone.

    * **Too small**: fewer active contacts than four in five colleagues (part-time taken into account), and
      really in touch with at least a third fewer people than half a year ago, and by more than chance, when
      weeks without a trace and everybody's change since then are allowed for. What faded is not counted.
    * **Closing**: separateness below that of four in five colleagues with about as many contacts, and down by
      a tenth or more over two quarters, in each of them lower.
    * **All alike**: group diversity below that of four in five colleagues with about as many contacts, and no
      higher to speak of than in either of the two quarters before; and, where it is known, thought similarity
      above that of four in five, and no lower than before.

    The latter two only where the whole 90 % interval lies below the middle of those colleagues, so that no
    single contact decides.

    Nothing at all is said, but for the reason, with fewer than three quarters, soon after joining, after a
    long absence, where the person left few traces in any quarter (which may be leave nobody told of, or work
    in places that are not read), and where there are too few to compare with. Each sign is withheld by itself
    where the circle has fewer than five people.

    Args:
        me: the person's row.
        quarters: oldest first; the last three are looked at.
        presence: joining, absences and part-time of this person.
        errors: of this person's figures now, for the intervals.
        settings: when something is said.
    """
    chosen = settings or CheckSettings()
    case = _Case(
        me=me, quarters=quarters[-QUARTERS:], presence=presence, errors=errors, chosen=chosen, peers=_NOBODY
    )
    reason = _withheld(case)
    if reason is None:
        case = replace(case, peers=_peers(case))
        if case.peers.sum() < chosen.fewest_colleagues:
            reason = WithheldWhy.FEW_COLLEAGUES
    if reason is not None:
        return CircleCheck(
            findings=(), withheld=(Withheld(sign=None, why=reason, sentence=said.withheld(reason)),)
        )
    looked = [_too_small(case), _closing(case), _all_alike(case)]
    return CircleCheck(
        findings=tuple(one for one in looked if isinstance(one, Finding)),
        withheld=tuple(one for one in looked if isinstance(one, Withheld)),
    )


def _withheld(case: _Case) -> WithheldWhy | None:
    """Return why nothing can be said of this person at all."""
    if len(case.quarters) < QUARTERS:
        return WithheldWhy.FEW_MONTHS
    starts_on = case.quarters[0].ends_on - timedelta(days=QUARTER_DAYS)
    if case.presence.joined_on is not None and case.presence.joined_on > starts_on:
        return WithheldWhy.JOINED_LATELY
    for quarter in case.quarters:
        first = quarter.ends_on - timedelta(days=QUARTER_DAYS - 1)
        away = sum(
            max(0, (min(until, quarter.ends_on) - max(since, first)).days + 1)
            for since, until in case.presence.absences
        )
        if away > case.chosen.longest_absence_days:
            return WithheldWhy.AWAY
    if any(quarter.weeks[case.me] < case.chosen.present_weeks * case.share for quarter in case.quarters):
        return WithheldWhy.FEW_TRACES
    return None


def _peers(case: _Case) -> NDArray[np.bool_]:
    """Say who can be compared with: others who were there in all three quarters."""
    there = np.ones(len(case.now.size), dtype=np.bool_)
    for quarter in case.quarters:
        there &= quarter.weeks >= case.chosen.present_weeks * case.chosen.least_share
    there[case.me] = False
    return there


def _too_small(case: _Case) -> Finding | Withheld | None:
    chosen, me = case.chosen, case.me
    then, between, now = (int(quarter.met[me]) for quarter in case.quarters)
    if min(then, int(case.quarters[0].size[me])) < chosen.fewest_contacts:
        return _few(Sign.TOO_SMALL)
    size = int(case.now.size[me])
    below = _place(case.now.size[case.peers].astype(np.float64), size / case.share)
    weeks = [int(quarter.weeks[me]) for quarter in (case.quarters[0], case.now)]
    expected = then * min(1.0, weeks[1] / weeks[0]) * _everybodys_change(case)
    # Two counts differ by chance by the root of their sum.
    fell = now <= chosen.fall * expected and expected - now >= chosen.level * np.sqrt(expected + now)
    if below >= LOW or not fell or between > then:
        return None
    return Finding(
        sign=Sign.TOO_SMALL,
        now=float(now),
        before=float(then),
        low=None,
        high=None,
        contacts=size,
        months=3 * QUARTERS,
        sentence=said.too_small(size=size, now=now, then=then),
    )


def _closing(case: _Case) -> Finding | Withheld | None:
    values = [float(quarter.separateness[case.me]) for quarter in case.quarters]
    if any(quarter.open_size[case.me] < case.chosen.fewest_contacts for quarter in case.quarters):
        return _few(Sign.CLOSING)
    then, between, now = values
    falls = now < between < then and now <= case.chosen.closing * then
    others = _alike_in_size(case, case.now.open_size, case.now.separateness)
    if not falls or not _is_low(case, others, now, case.errors.separateness):
        return None
    sentence = said.closing(now=now, then=then)
    return _finding(case, Sign.CLOSING, (now, then, case.errors.separateness), sentence)


def _all_alike(case: _Case) -> Finding | Withheld | None:
    values = [float(quarter.group_diversity[case.me]) for quarter in case.quarters]
    if _is_few(case):
        return _few(Sign.ALL_ALIKE)
    if np.isnan(values).any():
        return Withheld(
            sign=Sign.ALL_ALIKE, why=WithheldWhy.NO_GROUPS, sentence=said.withheld(WithheldWhy.NO_GROUPS)
        )
    then, between, now = values
    others = _alike_in_size(case, case.now.size, case.now.group_diversity)
    if now > (1 + case.chosen.improved) * min(then, between) + _EQUAL or not _is_low(
        case, others, now, case.errors.group_diversity
    ):
        return None
    alike = _thinks_alike(case)
    if alike is False:
        return None
    sentence = said.all_alike(now=now, then=then, thinking=alike)
    return _finding(case, Sign.ALL_ALIKE, (now, then, case.errors.group_diversity), sentence)


def _thinks_alike(case: _Case) -> bool | None:
    """Say whether those in the circle also think alike; None where that is not known of this person."""
    columns = [quarter.thought_similarity for quarter in case.quarters]
    known = [column for column in columns if column is not None]
    values = [float(column[case.me]) for column in known]
    if len(values) < QUARTERS or np.isnan(values).any():
        return None
    above = _place(_alike_in_size(case, case.now.size, known[-1]), values[-1])
    return above > HIGH and values[-1] >= max(values[:-1]) - _EQUAL


def _everybodys_change(case: _Case) -> float:
    """Return how many people others met now for one half a year ago, at most 1: it may be summer."""
    then, now = (quarter.met[case.peers] for quarter in (case.quarters[0], case.now))
    return min(1.0, float(np.median(now[then > 0] / then[then > 0]))) if (then > 0).any() else 1.0


def _is_low(case: _Case, others: Weights, value: float, error: float) -> bool:
    """Say whether a value is low among others, and surely lower than their middle."""
    return _place(others, value) < LOW and value + case.chosen.level * error < float(np.median(others))


def _finding(case: _Case, sign: Sign, figures: tuple[float, float, float], sentence: str) -> Finding:
    now, then, error = figures
    return Finding(
        sign=sign,
        now=now,
        before=then,
        low=now - case.chosen.level * error,
        high=now + case.chosen.level * error,
        contacts=int((case.now.open_size if sign is Sign.CLOSING else case.now.size)[case.me]),
        months=3 * QUARTERS,
        sentence=sentence,
    )


def _is_few(case: _Case) -> bool:
    return any(quarter.size[case.me] < case.chosen.fewest_contacts for quarter in case.quarters)


def _few(sign: Sign) -> Withheld:
    why = WithheldWhy.FEW_CONTACTS
    return Withheld(sign=sign, why=why, sentence=said.withheld(why))


def _alike_in_size(case: _Case, size: NDArray[np.int64], values: Weights) -> Weights:
    """Return the values of peers with about as many contacts: the nearest tenth, or thirty if that is more.

    Nearly every figure of a circle rises or falls with its size, so only those of like size can be compared.
    """
    able = case.peers & (size >= case.chosen.fewest_contacts) & ~np.isnan(values)
    apart = np.abs(size[able] - size[case.me])
    wanted = max(case.chosen.fewest_colleagues, len(apart) // 10)
    if len(apart) <= wanted:
        return values[able]
    # All who are as near as the last one wanted are in, so that nobody's place in the list matters.
    near: Weights = values[able][apart <= np.partition(apart, wanted - 1)[wanted - 1]]
    return near


def _place(values: Weights, value: float) -> float:
    """Return the share of values below this one, equal ones counting half; a half where there are none."""
    if len(values) == 0:
        return 0.5
    lower, equal = (values < value - _EQUAL).sum(), (np.abs(values - value) <= _EQUAL).sum()
    return float(lower + equal / 2) / len(values)


__all__ = ["CheckSettings", "Presence", "circle_check"]
