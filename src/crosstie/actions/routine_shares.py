"""How much of what is asked was asked before: for somebody alone of their own answers, and of everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import numpy as np
from django.utils.translation import get_language
from numpy.typing import NDArray

from crosstie.actions import advising, routine_files, snapshots
from crosstie.actions import settings as settings_of
from crosstie.actions.home import Home
from crosstie.actions.prepared import prepared
from crosstie.actions.speaking import spoken
from crosstie.ideas import Index
from crosstie.people import Persons, Viewer
from crosstie.privacy import SMALLEST_EVER
from crosstie.saying import Number, say, say_count

if TYPE_CHECKING:
    from crosstie.advice.routine_share import Put, Trend

FEWEST_OWN = 5
"""From how many answered questions one's own share is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnShare:
    """Of the questions somebody answered, how many had been asked and answered before; for them alone."""

    answered: int
    repeated: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterView:
    """One quarter of everybody: the share with its 95 % interval; None where withheld."""

    begins_on: date
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SharesView:
    """How much of what is asked was asked before, of everybody together.

    Attributes:
        quarters: whole quarters of the calendar, oldest first.
        a_year, low, high: the trend, by how much the share changes in a year; None where too little is known.
        sentence: the trend in words.
        smallest_group: how many people have to have asked in a quarter.
    """

    quarters: tuple[QuarterView, ...]
    a_year: float | None
    low: float | None
    high: float | None
    sentence: str
    smallest_group: int


def own_share(home: Home, viewer: Viewer | str | None) -> OwnShare | None:
    """Return what part of the questions the viewer answered was asked before; None with too few, or not yet.

    Raises:
        NotShown: nobody looks.
    """
    me = advising.admitted(home, viewer).person
    found = routine_files.at_hand(home)
    if found is None or me not in snapshots.persons(home).by_key:
        return None
    with prepared(home).index() as index:
        is_mine = np.isin(found.links.looked_at, index.answered_by(me))
        was_before = home.once(
            "which questions were asked before", lambda: _was_before(found, index), of=found
        )
    answered, times = int(is_mine.sum()), int((is_mine & was_before).sum())
    if answered < FEWEST_OWN:
        return None
    return OwnShare(
        answered=answered,
        repeated=times,
        sentence=spoken(
            say_count(
                "Of %(answered)s questions that you answered, %(count)s was like one that had been asked "
                "and answered in the half year before.",
                "Of %(answered)s questions that you answered, %(count)s were like one that had been asked "
                "and answered in the half year before.",
                times,
                answered=answered,
            )
        ),
    )


def shares(home: Home) -> SharesView | None:
    """Return how much of what is asked was asked before, by quarter; None where it is yet to be made.

    It is of everybody together; nobody in particular looks.
    """
    found = routine_files.at_hand(home)
    if found is None:
        return None
    return home.once(f"how much comes again, {get_language()}", lambda: _of_all(home, found), of=found)


def _of_all(home: Home, found: routine_files.Alike) -> SharesView:
    from crosstie.advice.routine_share import by_quarter, known_from, trend

    chosen = settings_of.chosen(home).network
    smallest = max(chosen.smallest_group, SMALLEST_EVER)
    with prepared(home).index() as index:
        at = index.times()
        put = _put(found, at, index, snapshots.persons(home))
    if not len(put.at):
        return _shares((), None, smallest)
    first = int(at[found.links.looked_at[0] - 1] if _is_cut(found) else at[0])
    since = known_from(_moment(first))
    until = snapshots.current(home).network.as_of.astimezone(UTC).date()
    quarters = tuple(
        QuarterView(begins_on=one.begins_on, share=one.share, low=one.low, high=one.high)
        for one in by_quarter(put, since=since, until=until, smallest=smallest)
    )
    line = trend(put, since=since, until=until, smallest=smallest)
    return _shares(quarters, line, smallest)


def _was_before(found: routine_files.Alike, index: Index) -> NDArray[np.bool_]:
    from crosstie.advice.routine_share import repeated

    return repeated(found.links, index.times())


def _put(found: routine_files.Alike, at: NDArray[np.int64], index: Index, who: Persons) -> Put:
    from crosstie.advice.routine_share import Put, repeated

    looked_at = found.links.looked_at
    asked = index.questions(looked_at.tolist())
    askers = [asked[number].asker for number in looked_at.tolist()]
    is_here = np.array([one in who.by_key for one in askers], dtype=np.bool_)
    number_of = {key: row for row, key in enumerate(sorted(set(askers)))}
    return Put(
        at=at[looked_at[is_here] - 1],
        asker=np.array([number_of[one] for one in askers], dtype=np.int64)[is_here],
        is_repeated=repeated(found.links, at)[is_here],
    )


def _is_cut(found: routine_files.Alike) -> bool:
    """Say whether only the latest questions were looked at."""
    from crosstie.advice.routine import RoutineSettings

    return len(found.links.looked_at) >= RoutineSettings().most_questions


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1_000_000, tz=UTC)


def _shares(quarters: tuple[QuarterView, ...], line: Trend | None, smallest: int) -> SharesView:
    return SharesView(
        quarters=quarters,
        a_year=line.a_year if line else None,
        low=line.low if line else None,
        high=line.high if line else None,
        sentence=spoken(_in_words(line)),
        smallest_group=smallest,
    )


def _in_words(line: Trend | None) -> str:
    if line is None:
        return say(
            "There is not enough to say whether it rises or falls: it takes twelve whole months, and in them "
            "ten questions that had been asked before and ten that had not."
        )
    low, high = Number(100 * line.low, 1), Number(100 * line.high, 1)
    if not line.is_settled:
        return say(
            "Whether it rises or falls is not settled: by %(low)s to %(high)s in a hundred a year, over "
            "%(months)s months.",
            low=low,
            high=high,
            months=line.months,
        )
    a_year = Number(100 * abs(line.a_year), 1)
    if line.a_year > 0:
        return say(
            "It rises, by %(a_year)s in a hundred a year (%(low)s to %(high)s), over %(months)s months.",
            a_year=a_year,
            low=low,
            high=high,
            months=line.months,
        )
    return say(
        "It falls, by %(a_year)s in a hundred a year (%(low)s to %(high)s), over %(months)s months.",
        a_year=a_year,
        low=Number(-100 * line.high, 1),
        high=Number(-100 * line.low, 1),
        months=line.months,
    )


__all__ = ["OwnShare", "QuarterView", "SharesView", "own_share", "shares"]
