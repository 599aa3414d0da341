"""What became of introductions: how many were suggested, came about, met and lasted; for facilitators."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import combinations, groupby
from operator import itemgetter

import numpy as np
from django.db.models import QuerySet
from django.utils import timezone

from crosstie.actions import settings, snapshots
from crosstie.actions.columns import arrow_table
from crosstie.actions.home import Home
from crosstie.actions.organisation import gate, programmes
from crosstie.actions.organisation.powers import SEE_LASTING
from crosstie.people import Viewer
from crosstie.practice.conversion import Conversion, PairOutcome, conversion
from crosstie.privacy import SMALLEST_EVER
from crosstie.store.models import Part, Programme

WEEKS = 9
"""Ties are looked at from nine weeks on after an introduction: 63 days."""

Keys = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A count that may be shown: exact, or only that it is few, or that hardly any are missing.

    Attributes:
        value: the count; None where it is not shown exactly.
        is_few: fewer than five.
        is_nearly_all: all of the step before, but for fewer than five.
    """

    value: int | None
    is_few: bool = False
    is_nearly_all: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lasting:
    """What became of introductions.

    Attributes:
        suggested, agreed, met: how many introductions were suggested, came about, and led to a meeting as at
            least one of the people said and none denied; None where too few people are concerned.
        lasted: of those who were brought together, whether the tie still lives; with its own sentence where
            there is too little to say.
        smallest: the fewest people of whom anything is said.
    """

    suggested: Count | None
    agreed: Count | None
    met: Count | None
    lasted: Conversion
    smallest: int


def of_introductions(home: Home, viewer: Viewer) -> Lasting:
    """Return what became of the introductions that people said yes or no to themselves.

    Raises:
        NotShown: nobody signed in.
        NotAllowed: the viewer is no facilitator.
    """
    gate.acting(home, viewer, SEE_LASTING)
    return _lasting(home, Part.objects.filter(meeting__programme=None), ())


def of_programme(home: Home, viewer: Viewer, number: int) -> Lasting:
    """Return what became of a programme of the viewer's, beside those who waited.

    Raises:
        NotShown: nobody signed in, or it is not theirs.
        NotAllowed: the viewer is no facilitator.
    """
    found = programmes.mine(home, viewer, number)
    return _lasting(home, Part.objects.filter(meeting__programme=found), _waited(found))


def _waited(programme: Programme) -> list[tuple[Keys, date]]:
    if programme.sent_at is None:
        return []
    on = timezone.localdate(programme.sent_at)
    return [((one, other), on) for one, other in programme.compared]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One meeting: when it came about, if it did; its accounts, sorted; and what they said of having met."""

    agreed_at: datetime | None
    accounts: tuple[str, ...]
    said: frozenset[str]


def _rows(parts: QuerySet[Part]) -> list[_Row]:
    """Return meetings as plain rows: in a year there are thousands."""
    named = parts.exclude(meeting__state="planned").order_by("meeting_id", "account")
    columns = named.values_list("meeting_id", "meeting__agreed_at", "account", "met")
    rows = []
    for (_number, agreed_at), of_one in groupby(columns, key=itemgetter(0, 1)):
        told = [(account, met) for *_, account, met in of_one]
        rows.append(
            _Row(
                agreed_at=agreed_at,
                accounts=tuple(account for account, _ in told),
                said=frozenset(met for _, met in told),
            )
        )
    return rows


def _lasting(home: Home, parts: QuerySet[Part], waited: Iterable[tuple[Keys, date]]) -> Lasting:
    smallest = settings.chosen(home).network.smallest_group
    meetings = _rows(parts)
    brought = [(one, one.agreed_at) for one in meetings if one.agreed_at is not None]
    people = {account for one in meetings for account in one.accounts}
    suggested, agreed = len(meetings), len(brought)
    met = sum("yes" in one.said and "no" not in one.said for one, _ in brought)
    is_shown = len(people) >= smallest
    introduced = [
        (pair, timezone.localdate(agreed_at))
        for one, agreed_at in brought
        for pair in combinations(one.accounts, 2)
    ]
    return Lasting(
        suggested=Count(value=suggested) if is_shown else None,
        agreed=_count(agreed, of=suggested) if is_shown else None,
        met=_count(met, of=agreed) if is_shown else None,
        lasted=_conversion(home, introduced, list(waited), smallest),
        smallest=smallest,
    )


def _count(value: int, *, of: int) -> Count:
    """Return a count as it may be shown: a facilitator knows the pairs, so neither few nor all but few."""
    if value < SMALLEST_EVER:
        return Count(value=None, is_few=True)
    if of - value < SMALLEST_EVER:
        return Count(value=None, is_nearly_all=True)
    return Count(value=value)


def _conversion(
    home: Home, introduced: list[tuple[Keys, date]], waited: list[tuple[Keys, date]], smallest: int
) -> Conversion:
    person_of = snapshots.persons(home).person_of
    both = [
        [((person_of.get(one, ""), person_of.get(other, "")), on) for (one, other), on in side]
        for side in (introduced, waited)
    ]
    # Who is gone from view is in no figure either.
    both = [[(pair, on) for pair, on in side if all(pair)] for side in both]
    found = _contacts(home, {pair for side in both for pair, _ in side})
    outcomes = [
        [PairOutcome(people=pair, on=on, contacts_on=found.get(frozenset(pair), ())) for pair, on in side]
        for side in both
    ]
    return conversion(
        *outcomes,
        as_of=snapshots.current(home).network.as_of.date(),
        weeks=WEEKS,
        smallest=smallest,
    )


def _contacts(home: Home, pairs: set[Keys]) -> dict[frozenset[str], tuple[date, ...]]:
    """Return the days of contact of pairs, from all that was read."""
    snapshot = snapshots.current(home)
    rows = {}
    for pair in sorted(pairs):
        try:
            low, high = sorted(snapshot.network.index_of(person) for person in pair)
        except KeyError:
            continue  # nothing that was read involves one of them
        rows[low, high] = frozenset(pair)
    days = _days(str(snapshot.trail), tuple(sorted(rows)))
    return {rows[ends]: found for ends, found in days.items()}


# It depends on the snapshot alone, and a page asks again for the same: of a million interactions it takes a
# third of a second.
@lru_cache(maxsize=16)
def _days(trail: str, pairs: tuple[tuple[int, int], ...]) -> Mapping[tuple[int, int], tuple[date, ...]]:
    """Return the days of contact by pair, from the trail of a snapshot."""
    import duckdb

    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.register("wanted", arrow_table({"low": ends[:, 0], "high": ends[:, 1]}))
        found = connection.execute(
            "SELECT DISTINCT t.low, t.high, t.at_us // 86400000000 FROM read_parquet(?) AS t"
            " JOIN wanted AS w ON t.low = w.low AND t.high = w.high WHERE t.at_us IS NOT NULL",
            [trail],
        ).fetchall()
    days: dict[tuple[int, int], list[date]] = {}
    for low, high, day in found:
        days.setdefault((low, high), []).append(datetime.fromtimestamp(86_400 * day, tz=UTC).date())
    return {pair: tuple(sorted(held)) for pair, held in days.items()}
