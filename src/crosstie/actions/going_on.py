"""The tyings of a snapshot: from all interactions, or going on from the snapshot before.

What is kept for the next snapshot lies in the snapshot's folder and goes with it. It holds keys and hashes,
as the record does, and no name, address or text.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crosstie.actions import inferring
from crosstie.actions.columns import arrow_table
from crosstie.actions.corrections import Corrections
from crosstie.actions.settings import Chosen
from crosstie.network.going_on.keeping import Keeping
from crosstie.network.going_on.kept import Kept
from crosstie.network.going_on.refusals import Anew, CannotGoOn
from crosstie.record.content import NOTHING, Rows, content, files, rows_among, together
from crosstie.record.query import show_only

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from crosstie.network.network import Network

FOLDER = "kept"
"""The folder, in a snapshot's, of what its tyings kept."""

WHOLE, OPEN = "whole", "open"
"""The tyings of a snapshot: of all interactions, and of those in open places."""

_WHAT = "what.json"


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
    """Lets the tyings of one snapshot go on from those of the one before, and keeps them for the next.

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
        self._files = files(connection)
        self._fresh: list[Path] = list(self._files.values())
        self._has_older = False  # whether rows that were there before lie in a fresh file
        what: dict[str, Any] = {
            "ways": _ways(chosen, corrections),
            "inferred": inferring.links_in(connection),
        }
        self._why: Anew | None = Anew.FIRST
        before = _read(earlier)
        parts: dict[str, Rows] = {}
        if before is not None:
            self._why = _other_ways(before["ways"], what["ways"])
            parts = {name: Rows(*rows) for name, rows in before["parts"].items() if name in self._files}
        fresh = self._files.keys() - parts.keys()
        what["parts"] = parts | content(connection, fresh)
        if before is not None and self._why is None:
            self._fresh = [self._files[name] for name in sorted(fresh)]
            gone = [Rows(*rows) for name, rows in before["parts"].items() if name not in self._files]
            self._why = self._changed(together(gone)) or self._inferred(Rows(*before["inferred"]))
            show_only(connection, self._files.values())
        self._into = into / FOLDER
        self._into.mkdir()
        (self._into / _WHAT).write_text(json.dumps(what))

    def tied(self, name: str, make: Callable[[Keeping], Network], *, trail: str = "") -> tuple[Network, Tied]:
        """Return what a tying makes, and how it was made.

        Args:
            name: `WHOLE` or `OPEN`.
            make: ties with what it is given, on the connection.
            trail: the name of the file with its acts in a snapshot's folder, where it is to see all acts.
        """
        why = self._why
        if why is None and self._earlier is not None:
            kept = Kept.load(self._earlier / FOLDER / name)
            why = Anew.FIRST if kept is None else None
            if kept is not None:
                keeping = Keeping(kept, trail=self._earlier / trail if trail else None)
                self._show_fresh()
                try:
                    network = make(keeping)
                except CannotGoOn as refused:
                    why = refused.why
                finally:
                    show_only(self._connection, self._files.values())
        if why is not None:
            keeping = Keeping()
            network = make(keeping)
        keeping.kept().save(self._into / name)
        return network, Tied(went_on=why is None, because=str(why or ""))

    def _changed(self, gone: Rows) -> Anew | None:
        """Return what asks for everything anew: rows that were there, and changed or went.

        Files of the record are joined now and then; what lay in those that are gone has to lie in fresh ones,
        unchanged.
        """
        if not gone.number or self._earlier is None:
            return None
        before = Kept.load(self._earlier / FOLDER / WHOLE)
        if before is None:
            return Anew.FIRST
        self._show_fresh()
        self._connection.register("ids_before", arrow_table({"id": before.row}))
        self._has_older = rows_among(self._connection, "ids_before") == gone
        return None if self._has_older else Anew.CHANGED

    def _inferred(self, before: Rows) -> Anew | None:
        """Return what asks for everything anew: another reply inferred of the rows that were there."""
        if before == inferring.links_in(self._connection) == NOTHING:
            return None
        self._show_fresh()
        is_same = inferring.links_in(self._connection, shown=False) == before
        return None if is_same else Anew.INFERRED

    def _show_fresh(self) -> None:
        """Show the rows that came since the snapshot before, alone."""
        without = "ANTI JOIN ids_before ON ids_before.id = hash(source, external_id)"
        show_only(self._connection, self._fresh, condition=without if self._has_older else "")


def _read(snapshot: Path | None) -> dict[str, Any] | None:
    if snapshot is None:
        return None
    try:
        found: dict[str, Any] = json.loads((snapshot / FOLDER / _WHAT).read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    return found


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
