"""Everybody's circle over the last quarters, for *Circle check*: made behind the pages, once a week.

It lies in a folder beside the snapshots, and goes as they go when somebody opts out or is forgotten.
"""

from __future__ import annotations

import hashlib
import shutil
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crosstie.actions import settings, snapshots
from crosstie.actions.columns import accounts_table
from crosstie.actions.corrections import MEMBERS, Corrections, corrected, standing
from crosstie.actions.home import Home
from crosstie.actions.settings import Chosen
from crosstie.actions.tying import tied_at
from crosstie.network.network import Network
from crosstie.people import Persons
from crosstie.practice.circle_check import QUARTERS
from crosstie.practice.quarters import QUARTER_DAYS, Errors, Quarter, errors_of, quarter_of

FORMAT = "1"
"""Raised when the files hold something else than before."""

_FILE = "quarters.npz"
_QUARTER = timedelta(days=QUARTER_DAYS)
_COLUMNS = ("size", "met", "weeks", "open_size", "separateness", "group_diversity")


@dataclass(frozen=True, slots=True, kw_only=True)
class Circles:
    """Everybody's circle over the last quarters.

    Attributes:
        persons: (P,) person keys, sorted.
        quarters: oldest first; fewer than three where the record does not reach back so far.
        separateness_error, group_diversity_error: (P,) standard errors of the figures now; NaN for those for
            whom they were not computed.
    """

    persons: NDArray[np.str_]
    quarters: tuple[Quarter, ...]
    separateness_error: NDArray[np.float64]
    group_diversity_error: NDArray[np.float64]

    def row_of(self, person: str) -> int | None:
        """Return the row of a person; None if they are not among them."""
        found = int(np.searchsorted(self.persons, person))
        return found if found < len(self.persons) and self.persons[found] == person else None

    def errors(self, row: int) -> Errors:
        """Return the errors of one person's figures now."""
        return Errors(
            separateness=float(self.separateness_error[row]),
            group_diversity=float(self.group_diversity_error[row]),
        )


def newest(home: Home) -> Circles | None:
    """Return what was made last; None where nothing was yet. Where it is old, new work is put in."""
    wanted, found = wanted_name(home), folder(home)
    if found is None or found.name != wanted:
        home.store.put_in_run("circle-check", f"circle-check:{wanted}")
    if found is None:
        return None
    return home.once(f"quarters {found.name}", lambda: _load(found / _FILE))


def folder(home: Home) -> Path | None:
    """Return the folder of what was made last."""
    there = {one.name: one for one in home.folder.joinpath(snapshots.QUARTERS).glob("[!.]*")}
    wanted = there.get(wanted_name(home))
    return wanted or max(there.values(), key=lambda one: one.stat().st_mtime_ns, default=None)


def wanted_name(home: Home) -> str:
    """Return the name of what would be made now: of the week, and of what was read and decided."""
    return home.once("quarters wanted", lambda: _wanted(home))


def _wanted(home: Home) -> str:
    as_of = snapshots.current(home).network.as_of
    year, week, _day = as_of.isocalendar()
    # Neither a new member nor a question asked makes another quarter, so not the whole of `home.state()`.
    state = (
        FORMAT,
        (year, week),
        len(home.store.readings.all()),
        len(home.store.decisions()),
        len(home.store.forgotten()),
        settings.chosen(home),
    )
    return hashlib.blake2b(repr(state).encode(), digest_size=10).hexdigest()


def make(home: Home, *, exact_for: Collection[str]) -> None:
    """Make everybody's circle over the last quarters, unless they are there already.

    Args:
        home: the workspace.
        exact_for: keys of the persons whose errors are computed as well: those who joined.
    """
    name = wanted_name(home)
    every = home.folder / snapshots.QUARTERS
    if (every / name / _FILE).exists():
        return
    who, before = snapshots.persons(home), home.state()
    made = _made(home, who, frozenset(exact_for))
    with snapshots.alone(home):
        if home.state() != before and frozenset(snapshots.persons(home).by_key) != frozenset(who.by_key):
            return  # somebody opted out or was forgotten meanwhile; the next page puts it in again
        beside = every / f".{uuid.uuid4().hex[:8]}"
        beside.mkdir(parents=True)
        try:
            np.savez(beside / _FILE, allow_pickle=False, **made)
            beside.rename(every / name)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
        for other in every.glob("[!.]*"):
            if other.name != name:
                shutil.rmtree(other, ignore_errors=True)


def _made(home: Home, who: Persons, exact_for: frozenset[str]) -> Mapping[str, Any]:
    chosen, corrections = settings.chosen(home), standing(home, who)
    ends = _ends(home)
    whole = [_tied(home, who, end, chosen, corrections) for end in ends]
    open_ones = [_tied(home, who, end, chosen, corrections, open_only=True) for end in ends[1:]]
    persons = whole[-1].persons if whole else np.array(sorted(who.by_key), dtype=object)
    columns: dict[str, Any] = {
        "persons": persons.astype(np.str_),
        "ends": np.array([end.date().isoformat() for end in ends[1:]], dtype=np.str_),
    }
    for number, end in enumerate(ends[1:]):
        quarter = quarter_of(
            whole[number + 1],
            whole[number],
            weeks=_weeks(home, who, persons, end, corrections),
            open_network=open_ones[number],
        )
        columns |= {f"{name} {number}": getattr(quarter, name) for name in _COLUMNS}
    errors = {name: np.full(len(persons), np.nan) for name in ("separateness", "group_diversity")}
    if len(ends) > QUARTERS:
        for row in np.flatnonzero(np.isin(columns["persons"], list(exact_for))).tolist():
            found = errors_of(whole[-1], row, open_network=open_ones[-1])
            for one in fields(Errors):
                errors[one.name][row] = getattr(found, one.name)
    return columns | {f"{name} error": column for name, column in errors.items()}


def _tied(
    home: Home,
    who: Persons,
    end: datetime,
    chosen: Chosen,
    corrections: Corrections,
    *,
    open_only: bool = False,
) -> Network:
    return tied_at(home, who, end, chosen=chosen, corrections=corrections, open_only=open_only)


def _ends(home: Home) -> list[datetime]:
    """Return the last days of the quarters the record reaches back to, and of one before, oldest first.

    What members do here is told at once, and other sources when they are read: the quarters end where the
    first of those that still go on ends, so that a source not read lately is not taken for silence.
    """
    with home.record.connect() as connection:
        told = connection.execute(
            'SELECT source, epoch_us(min("at")), epoch_us(max("at")) FROM interactions'
            ' WHERE "at" IS NOT NULL GROUP BY source'
        ).fetchall()
    read = [row for row in told if row[0] != MEMBERS] or told
    if not read:
        return []
    latest = max(last for _, _, last in read)
    until = min(last for _, _, last in read if latest - last <= _STILL_GOES_ON / _MICROSECOND)
    since = until - min(first for _, first, _ in read)
    quarters = min(QUARTERS, (since + _NEARLY // _MICROSECOND) // (_QUARTER // _MICROSECOND))
    as_of = datetime.fromtimestamp(until / 1_000_000, tz=UTC)
    return [as_of - back * _QUARTER for back in range(quarters, -1, -1)] if quarters else []


_NEARLY = timedelta(days=7)
"""A record that lacks a few days of a quarter still has the quarter."""

_STILL_GOES_ON = timedelta(days=30)
"""A source whose latest interaction is older than this beside another's has come to its end."""

_MICROSECOND = timedelta(microseconds=1)


def _weeks(
    home: Home, who: Persons, persons: NDArray[Any], end: datetime, corrections: Corrections
) -> NDArray[np.int64]:
    """Return (P,) weeks of the quarter up to `end` in which each person did something that is recorded."""
    last = int(end.timestamp() * 1_000_000)
    with corrected(home, corrections) as connection:
        connection.register("persons_of", accounts_table(who))
        rows = connection.execute(
            """
            SELECT p.person, count(DISTINCT (? - epoch_us(i."at")) // 604800000000)
            FROM interactions AS i JOIN persons_of AS p ON p.account = i.actor
            WHERE epoch_us(i."at") <= ? AND epoch_us(i."at") > ? AND p.person IS NOT NULL
            GROUP BY p.person
            """,
            [last, last, last - QUARTER_DAYS * 86_400_000_000],
        ).fetchall()
    found = dict(rows)
    return np.array([found.get(str(person), 0) for person in persons], dtype=np.int64)


def _load(file: Path) -> Circles:
    with np.load(file, allow_pickle=False) as named:
        return Circles(
            persons=named["persons"],
            quarters=tuple(
                Quarter(
                    ends_on=date.fromisoformat(str(end)),
                    **{name: named[f"{name} {number}"] for name in _COLUMNS},
                )
                for number, end in enumerate(named["ends"].tolist())
            ),
            separateness_error=named["separateness error"],
            group_diversity_error=named["group_diversity error"],
        )
