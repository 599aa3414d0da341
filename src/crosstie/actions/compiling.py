"""Everything that is compiled for a snapshot, compiled: run once on a made-up network and a made-up channel.

Machine code is kept (`crosstie.ideas.compiled`), so whoever needs it next finds it, in whatever process. Run
as a program it compiles, and notes that it did.
"""

from __future__ import annotations

import hashlib
import os
import sys
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from crosstie.config import NetworkSettings
from crosstie.record.interaction import Interaction, Kind, KnownHow, Openness

if TYPE_CHECKING:
    from crosstie.network.network import Network

_ROOMS = Path(__file__).parents[1]
_KERNELS = (
    *sorted((_ROOMS / "network" / "kernels").glob("*.py")),
    _ROOMS / "network" / "embedding.py",
    *sorted((_ROOMS / "ideas" / "replies").glob("*.py")),
    _ROOMS / "advice" / "spreading_kernel.py",
)
_PEOPLE, _DAYS, _LINES = 24, 160, 40
_BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


def was_begun() -> bool:
    """Say whether compiling this very source was begun already, or cannot be kept anyway."""
    note = _note()
    return note is None or (note.exists() and note.read_text() == _digest())


def compile_all() -> None:
    """Infer, tie and measure as a snapshot does, and look along the ties as introductions do."""
    import numpy as np

    from crosstie.advice.spreading import spread
    from crosstie.network.circles import circles_of

    _talk()
    spread(np.eye(2, _PEOPLE), circles_of(_tie_and_measure()))
    note_begun()


def _talk() -> None:
    """Infer who answers whom in a made-up channel."""
    from crosstie.ideas.replies import answered, replies, stream

    names = [f"p{number}" for number in range(_PEOPLE)]
    lines = range(_LINES)
    messages = stream(
        authors=[names[number % 5] for number in lines],
        seconds=[60 * number for number in lines],
        texts=[f"{names[(number + 1) % 5]}: where does printer {number // 3} stand?" for number in lines],
        named=[(names[(number + 1) % 5],) if number % 2 else () for number in lines],
    )
    answered(replies(messages), messages.author)


def _tie_and_measure() -> Network:
    """Tie and measure a made-up network."""
    import duckdb
    from arro3.core import Array, DataType, Table

    from crosstie.network.communities import communities
    from crosstie.network.jackknife import errors
    from crosstie.network.layout import layout
    from crosstie.network.metrics.registry import measure
    from crosstie.network.sensitivity import by_act, sensitivity
    from crosstie.network.tie import tie
    from crosstie.network.touches import alive_of_ties, touches_in
    from crosstie.record.columns import columns_of

    settings = NetworkSettings()
    names = [f"p{number}" for number in range(_PEOPLE)]
    keys = Array(names, DataType.utf8())
    rows = [_reply(names, number) for number in range(_DAYS * 4)]
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.register("told", columns_of(rows, [0] * len(rows)))
        connection.execute("CREATE TEMP TABLE interactions AS SELECT * EXCLUDE (digest) FROM told")
        taken = []
        network = tie(
            connection,
            persons=Table.from_pydict({"account": keys, "person": keys}),
            settings=settings,
            groups={"unit": {name: f"unit {number % 3}" for number, name in enumerate(names)}},
            also=(
                lambda tying: taken.append(
                    (touches_in(tying), by_act(tying, half_life_days=settings.half_life_days))
                ),
            ),
        )
    ((touches, apart),) = taken
    communities(network, seed=settings.seed)
    alive_of_ties(network, touches)
    measure(network)
    errors(network)
    layout(network, seed=settings.seed)
    sensitivity(apart, people=_PEOPLE, active_contact=settings.active_contact)
    return network


def note_begun() -> None:
    """Note that compiling this source was begun: what is left is compiled by whoever needs it."""
    note = _note()
    if note is not None:
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(_digest())


def _note() -> Path | None:
    """Return the file that says from what was compiled, beside where numba keeps it; None where it cannot."""
    given = os.environ.get("NUMBA_CACHE_DIR")
    users = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    folders = [Path(given)] if given else [_KERNELS[0].parent / "__pycache__", users]
    for folder in folders:
        there = next(one for one in (folder, *folder.parents) if one.exists())
        if os.access(there, os.W_OK):
            return folder / "crosstie-compiled"
    return None


def _digest() -> str:
    """Return a digest of what the machine code depends on, as numba itself looks at it: times and sizes."""
    files = [(file.name, file.stat().st_mtime_ns, file.stat().st_size) for file in _KERNELS]
    return hashlib.blake2b(repr((files, version("numba"), sys.version)).encode(), digest_size=16).hexdigest()


def _reply(names: list[str], number: int) -> Interaction:
    """Return one of four replies a day, to neighbours and some across."""
    one = number * 7 % _PEOPLE
    other = (one + 1 + number % 3 + (9 if number % 11 == 0 else 0)) % _PEOPLE
    return Interaction(
        source="made up",
        external_id=str(number),
        kind=Kind.REPLIED,
        at=_BEGINNING + timedelta(hours=6 * number),
        actor=names[one],
        place="hall",
        openness=Openness.OPEN,
        parent_author=names[other],
        known_how=KnownHow.STATED,
    )


if __name__ == "__main__":
    compile_all()
