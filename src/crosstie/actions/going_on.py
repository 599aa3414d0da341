"""The tyings of a snapshot: from all interactions, or going on from an earlier snapshot.

What is kept for the next snapshot lies in the snapshot's folder and goes with it. It holds keys and hashes,
as the record does, and no name, address or text. While little came since, the next one has the same file, by
a second name, rather than writing it again, and beside it a small one with what came since.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from crosstie.actions import inferring
from crosstie.actions.columns import arrow_table
from crosstie.actions.corrections import Corrections
from crosstie.actions.settings import Chosen
from crosstie.network.going_on.keeping import Keeping
from crosstie.network.going_on.kept import Kept, places_in
from crosstie.network.going_on.refusals import Anew, CannotGoOn
from crosstie.record.content import NOTHING, Rows, content, files, ids_and_digests, together
from crosstie.record.query import for_few, for_many, hold, show_again, show_held, show_only

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from crosstie.network.network import Network

FOLDER = "kept"
"""The folder, in a snapshot's, of what its tyings kept."""

WHOLE, OPEN = "whole", "open"
"""The tyings of a snapshot: of all interactions, and of those in open places."""

FEW = 0.02
"""What was kept stays while what came since is not more than this part of the rows of then."""

HELD_ROWS = 100_000
"""As many rows that came since are read once and held in memory; more are read by each query."""

SMALL = 10_000
"""A whole record of as many rows is held in memory too, to be tied anew in two thirds of the time."""

_WHAT, _SINCE = "what.json", "-since"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tied:
    """How ties were made.

    Attributes:
        went_on: whether they go on from the snapshot before, rather than being made from all interactions.
        because: why they were made anew; "" where they were not.
    """

    went_on: bool
    because: str = ""


class GoingOn:
    """Lets the tyings of one snapshot go on from what the one before kept, and keeps for the next.

    Args:
        connection: with the interactions as they are to be tied (`crosstie.actions.inferring.with_inferred`).
        earlier: the folder of the snapshot before; None if there is none.
        into: the folder of this one.
        chosen: what is tied with.
        corrections: what stands corrected.
    """

    def __init__(
        self,
        connection: DuckDBPyConnection,
        *,
        earlier: Path | None,
        into: Path,
        chosen: Chosen,
        corrections: Corrections,
    ) -> None:
        self._connection = connection
        self._earlier = earlier
        self._into = into
        (into / FOLDER).mkdir()
        self._files = files(connection)
        self._shows_all = True
        self._is_held = False
        self._has_older = False  # whether rows that were there before lie in a fresh file
        self._kept: dict[str, list[str]] = {}  # the files of each tying
        self._inferred = inferring.links_in(connection)
        self._ways = _ways(chosen, corrections)
        self._before = _read(earlier)
        parts = {name: Rows(*rows) for name, rows in self._before["parts"].items()} if self._before else {}
        connection.execute("SET threads = 1")  # small files, and few rows: two would be more work
        fresh = content(connection, (file for name, file in self._files.items() if name not in parts))
        gone = together(rows for name, rows in parts.items() if name not in self._files)
        self._parts = {name: rows for name, rows in parts.items() if name in self._files} | fresh
        joined = next((name for name, rows in fresh.items() if rows == gone), None)
        if joined is not None:  # holds what lay in those that are gone, and no more
            del fresh[joined]
            gone = NOTHING
        self._fresh = [self._files[name] for name in sorted(fresh)]
        self._why: Anew | None = Anew.FIRST
        if self._before is not None:
            self._why = (
                _other_ways(self._before["ways"], self._ways)
                or self._changed(gone)
                or self._inferred_anew(Rows(*self._before["inferred"]))
            )
            if self._why is None and together(fresh.values()).number - gone.number <= HELD_ROWS:
                self._show_since()
                hold(connection)
                self._is_held = True
        if self._why is not None and together(self._parts.values()).number <= SMALL:
            self._show_all()
            hold(connection)
            for_few(connection)
        elif not self._is_held:
            for_many(connection)

    def tied(self, name: str, make: Callable[[Keeping], Network], *, trail: str = "") -> tuple[Network, Tied]:
        """Return what a tying makes, and how it was made.

        Args:
            name: `WHOLE` or `OPEN`.
            make: ties with what it is given, on the connection.
            trail: the name of the file with its acts in a snapshot's folder, where it is to see all acts.
        """
        before = () if self._why else self._load(name)
        why = self._why or (None if before else Anew.FIRST)
        if why is None and self._earlier is not None:
            keeping = Keeping(*before, trail=self._earlier / trail if trail else None, is_held=self._is_held)
            self._show_since()
            try:
                network = make(keeping)
            except CannotGoOn as refused:
                why = refused.why
        if why is not None:
            self._show_all()
            keeping = Keeping()
            network = make(keeping)
        self._keep(name, keeping)
        return network, Tied(went_on=why is None, because=str(why or ""))

    def keep(self) -> None:
        """Say what was kept for the next snapshot, once all tyings of this one are made."""
        what = {
            "ways": self._ways,
            "inferred": self._inferred,
            "parts": self._parts,
            "kept": self._kept,
        }
        (self._into / FOLDER / _WHAT).write_text(json.dumps(what))

    def _keep(self, name: str, keeping: Keeping) -> None:
        folder = self._into / FOLDER
        earlier = keeping.earlier
        self._kept[name] = [name]
        if self._earlier is None or earlier is None or len(keeping.since().row) > FEW * len(earlier.row):
            keeping.kept().save(folder / name)
        else:
            _put(self._earlier / FOLDER / name, folder)
            keeping.since().save(folder / f"{name}{_SINCE}")
            self._kept[name].append(f"{name}{_SINCE}")

    def _load(self, name: str) -> tuple[Kept, ...]:
        """Return what a tying kept before, and what came after that; nothing if any of it is damaged."""
        if self._before is None or self._earlier is None:
            return ()
        found = [Kept.load(self._earlier / FOLDER / file) for file in self._before["kept"].get(name, ())]
        there = tuple(kept for kept in found if kept is not None)
        return there if len(there) == len(found) else ()

    def _changed(self, gone: Rows) -> Anew | None:
        """Return what asks for everything anew: rows that were there, and changed or went.

        Files of the record are joined now and then; what lay in those that are gone has to lie in fresh ones,
        unchanged.
        """
        if not gone.number:
            return None
        before = self._load(WHOLE)
        if not before:
            return Anew.FIRST
        self._show_since()
        ids, digests = ids_and_digests(self._connection)
        is_older = np.logical_or.reduce([places_in(kept.row, ids)[0] for kept in before])
        if Rows.of(digests[is_older]) != gone:
            return Anew.CHANGED
        self._connection.register("ids_since", arrow_table({"id": ids[~is_older]}))
        self._has_older = True
        return None

    def _inferred_anew(self, before: Rows) -> Anew | None:
        """Return what asks for everything anew: another reply inferred of the rows that were there."""
        if before == self._inferred == NOTHING:
            return None
        self._show_since()
        is_same = inferring.links_in(self._connection, shown=False) == before
        return None if is_same else Anew.INFERRED

    def _show_since(self) -> None:
        """Show the rows that came since what was kept, alone."""
        if self._is_held:
            if self._shows_all:
                show_held(self._connection)
            for_few(self._connection)
        else:
            since = "SEMI JOIN ids_since ON ids_since.id = hash(source, external_id)"
            show_only(self._connection, self._fresh, condition=since if self._has_older else "")
        self._shows_all = False

    def _show_all(self) -> None:
        if not self._shows_all:
            if self._is_held:
                show_again(self._connection)
            show_only(self._connection, self._files.values())
            for_many(self._connection)
            self._shows_all = True


def _read(snapshot: Path | None) -> dict[str, Any] | None:
    """Return what a snapshot says of what it kept; None without any, or where that is damaged."""
    if snapshot is None:
        return None
    try:
        found: dict[str, Any] = json.loads((snapshot / FOLDER / _WHAT).read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    return found


def _put(file: Path, folder: Path) -> None:
    """Put a file that never changes into a folder too: by a second name, or else as a copy."""
    into = folder / file.name
    try:
        into.hardlink_to(file)
    except OSError:
        shutil.copyfile(file, into)


def _ways(chosen: Chosen, corrections: Corrections) -> dict[str, str]:
    """Return digests of what all pairs depend on, by the reason that another one is."""
    import duckdb  # whose hashes are kept

    network = chosen.network
    corrected = sorted((trace, sorted(keys)) for trace, keys in corrections.not_theirs.items())
    said = {
        Anew.SETTINGS: (duckdb.__version__, network.half_life_days, network.inferred_from, chosen.acts),
        Anew.CORRECTED: (corrected, sorted(corrections.taken_back)),
    }
    return {
        why.name: hashlib.blake2b(repr(one).encode(), digest_size=16).hexdigest() for why, one in said.items()
    }


def _other_ways(before: dict[str, str], now: dict[str, str]) -> Anew | None:
    return next((Anew[name] for name, digest in now.items() if before.get(name) != digest), None)
