"""Snapshots: the network at a date with all that is measured on it: built from the record, immutable."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crosstie.actions import columns, inferring, presence
from crosstie.actions import settings as settings_of
from crosstie.actions.absence import Absence
from crosstie.actions.going_on import FOLDER as KEPT
from crosstie.actions.going_on import Tied
from crosstie.actions.grouping import Grouped
from crosstie.actions.home import Home
from crosstie.actions.sealing import SEAL, is_whole, seal
from crosstie.actions.settings import Chosen
from crosstie.actions.those_here import of_those_here
from crosstie.config import NetworkSettings
from crosstie.network.meetings import Meetings
from crosstie.network.months import Months
from crosstie.network.network import Network, Ties
from crosstie.network.sensitivity import Sensitivity
from crosstie.people import Persons, opted_out

FORMAT = "24"
"""Raised when a snapshot holds something else than before: older ones are then rebuilt, and never shown."""

TRAIL = "trail.parquet"
Also = Callable[[Home, Path], None]
"""Makes something of a snapshot in its folder."""

_FOLDER = "snapshots"
QUARTERS = "quarters"
"""The folder of what `crosstie.actions.quarters` makes: it goes as snapshots go."""

TOPICS, TOPICS_BEFORE = "topics-4", "topics-before"
"""The folders of topics in a snapshot (`crosstie.actions.topics`), and of those of the one before: topics go
on from month to month. Another number, and older ones are found anew."""

_LOCK = "snapshots.lock"
_TOOK = "snapshot took seconds"
_RESTS, _SHORT_SECONDS = 10, 5
"""After making a snapshot a worker rests ten times as long as it took, unless that was short."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The network at a date, and what is measured on it.

    Attributes:
        folder: its files.
        network: people and ties, from all evidence.
        open_ties: the ties from evidence in open places alone: all that anyone may see of two others.
        alive: (T,) how likely each of the network's ties is in touch within thirty days; NaN: cannot be said.
        scores: (P,) by metric.
        errors: (P,) the standard errors of those that are estimated and not counted.
        community: (P,) number of the community, 0 the largest, -1 for people without an active tie.
        position: (P, 2) places on the map, -1 to 1.
        months: everyone's circle over time.
        meetings: where communities meet.
        groups: what the map says of groups, by kind.
        moves: how far figures move when the weights of acts do.
        tied: how its ties were made, of all evidence and of that in open places alone (`whole`, `open`).
        settings: what it was tied with.
    """

    folder: Path
    network: Network
    open_ties: Ties
    alive: NDArray[np.float64]
    scores: dict[str, NDArray[np.float64]]
    errors: dict[str, NDArray[np.float64]]
    community: NDArray[np.int32]
    position: NDArray[np.float64]
    months: Months
    meetings: Meetings
    groups: dict[str, Grouped]
    moves: Sensitivity
    tied: dict[str, Tied]
    settings: NetworkSettings

    @property
    def trail(self) -> Path:
        """Return the file with the interactions behind each tie."""
        return self.folder / TRAIL


def persons(home: Home) -> Persons:
    """Return the persons of the workspace, resolved once for each state of it."""
    state = home.state()
    if home.resolved is None or home.resolved[0] != state:
        home.resolved = (state, home.persons())
    return home.resolved[1]


def absence(home: Home) -> Absence:
    """Return who opted out, as a reading has to know them."""
    marks = opted_out(home.store.decisions())
    if not marks:
        return Absence(home.keyring)
    gone = {key for person in persons(home).opted_out.values() for key in person.accounts}
    known = frozenset((row.source, row.id) for row in home.store.accounts.all() if row.key in gone)
    return Absence(home.keyring, marks, known)


def current(home: Home, *, as_of: datetime | None = None) -> Snapshot:
    """Return the snapshot of what the workspace holds now, building it if there is none.

    Args:
        home: the workspace.
        as_of: aware; the date the decay counts from, by default `home.as_of`, else that of the
            latest interaction.
    """
    as_of = as_of or home.as_of
    chosen = settings_of.chosen(home)
    wanted = _name(home, as_of, chosen)
    if home.loaded is not None and home.loaded.folder.name == wanted:
        return home.loaded
    older = _before_the_workers(home, chosen, wanted) if as_of is None else None
    return older or _made(home, as_of, chosen)


def renewed(home: Home, *, also: Also | None = None) -> Snapshot:
    """Return the snapshot of what the workspace holds now, building it even where an older one would do.

    Args:
        home: the workspace.
        also: what is made beside it before anybody sees it.
    """
    return _made(home, None, settings_of.chosen(home), also)


def _before_the_workers(home: Home, chosen: Chosen, wanted: str) -> Snapshot | None:
    """Return the newest snapshot where a worker will make `wanted`; None where one has to be made here.

    Pages of an organisation do not wait. Forgetting removes all snapshots; whoever opted out since one was
    made is taken out of it where it is shown (`crosstie.actions.those_here`), so none tells more than it may.
    """
    if not home.is_for_organisation or not presence.living(home.folder):
        return None
    newest = home.once("newest snapshot", lambda: _newest(home.folder / _FOLDER))
    if newest is None:
        return None
    if wanted not in {newest.name, home.snapshot_asked_for}:
        home.snapshot_asked_for = wanted
        home.store.put_in_run("snapshot", f"snapshot:{wanted}", not_before=_rested(home, newest))
    if home.loaded is None or home.loaded.folder != newest:
        if not is_whole(newest):
            return None
        home.loaded = columns.load(newest, chosen.network)
    older = home.loaded
    if not len(older.network.persons) and home.record.count():
        return None  # of before the first reading: it would say that nobody knows anybody
    return home.once(f"of {newest.name} those here", lambda: of_those_here(older, persons(home)), of=older)


def _newest(folder: Path, having: str = SEAL) -> Path | None:
    there = [one.parent for one in folder.glob(f"{FORMAT}-*/{having}") if (one.parent / SEAL).exists()]
    return max(there, key=lambda one: (one / SEAL).stat().st_mtime_ns, default=None)


def _rested(home: Home, newest: Path) -> datetime:
    """Return when the next snapshot may be begun.

    Each question asked changes what the next one is made of. Where making one takes long, workers would make
    one after the other all day, and pages be slow; so they rest in between.
    """
    took = float(home.store.fact(_TOOK, "0"))
    rest = _RESTS * took if took > _SHORT_SECONDS else 0.0
    return datetime.fromtimestamp((newest / SEAL).stat().st_mtime + rest, tz=UTC)


def _made(home: Home, as_of: datetime | None, chosen: Chosen, also: Also | None = None) -> Snapshot:
    with alone(home):
        # Named again: someone may have written while this waited.
        folder = home.folder / _FOLDER / _name(home, as_of, chosen)
        if not is_whole(folder):
            _build(home, folder, as_of, chosen, also)
        snapshot = columns.load(folder, chosen.network)
        if as_of is None:
            _drop_others(folder)
        if as_of == home.as_of:
            home.loaded = snapshot
    return snapshot


@contextmanager
def dropped(home: Home) -> Iterator[None]:
    """Remove every snapshot, and let none be built while the block runs, as someone in them is forgotten."""
    with alone(home):
        home.loaded = None
        for folder in (home.folder / _FOLDER, home.folder / QUARTERS, home.folder / inferring.FOLDER):
            if folder.exists():
                shutil.rmtree(folder)
        yield
        home.resolved = None


@contextmanager
def changed_at_once(home: Home) -> Iterator[None]:
    """Let what someone decides about themself in the block hold at once in all that is shown.

    Where workers make snapshots, they are asked for a new one, and until it is there the older one is shown
    without whoever may not be shown any more. Elsewhere every snapshot is dropped.
    """
    if home.is_for_organisation and presence.living(home.folder):
        yield
        home.resolved = None
        return
    with dropped(home):
        yield


@contextmanager
def alone(home: Home) -> Iterator[None]:
    """Be the only one, of all threads and processes, who builds or removes snapshots.

    The system gives the lock back when a process dies.
    """
    with (home.folder / _LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _name(home: Home, as_of: datetime | None, chosen: Chosen) -> str:
    return _named(home.state(), as_of, chosen)


@lru_cache(maxsize=16)
def _named(state: str, as_of: datetime | None, chosen: Chosen) -> str:
    whole = f"{state}|{as_of.isoformat() if as_of else 'latest'}|{chosen}"
    return f"{FORMAT}-{hashlib.blake2b(whole.encode(), digest_size=10).hexdigest()}"


def _build(home: Home, folder: Path, as_of: datetime | None, chosen: Chosen, also: Also | None) -> None:
    from crosstie.actions.building import build

    started = time.monotonic()
    beside = folder.with_name(f".{folder.name}.{uuid.uuid4().hex[:8]}")
    beside.mkdir(parents=True)
    try:
        build(home, persons(home), beside, as_of, chosen, earlier=_to_go_on_from(folder))
        seal(beside)
        if also is not None:
            also(home, beside)
        if folder.exists():
            shutil.rmtree(folder)
        beside.rename(folder)
        home.store.set_fact(_TOOK, f"{time.monotonic() - started:.1f}")
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _to_go_on_from(folder: Path) -> Path | None:
    """Return the newest snapshot beside this one that kept what ties can go on from, if it is whole."""
    newest = _newest(folder.parent, KEPT)
    return newest if newest is not None and is_whole(newest) else None


def _drop_others(folder: Path) -> None:
    """Remove snapshots of an earlier state; a reader that still maps one keeps its open files.

    Their topics are handed on, for the next ones to begin with.
    """
    others = [other for other in folder.parent.iterdir() if other != folder]
    for other in sorted(others, key=lambda one: one.stat().st_mtime_ns, reverse=True):
        if not ((folder / TOPICS).exists() or (folder / TOPICS_BEFORE).exists()):
            with suppress(FileNotFoundError):
                (other / TOPICS).rename(folder / TOPICS_BEFORE)
        shutil.rmtree(other, ignore_errors=True)
