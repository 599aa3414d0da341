"""Which questions are alike, made once a snapshot, kept in its folder, and gone when it goes."""

from __future__ import annotations

import json
import shutil
import uuid
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from crosstie.actions import prepared, presence, snapshots
from crosstie.actions.corrections import corrected, standing
from crosstie.actions.home import Home
from crosstie.ideas import Asked, Index, Names
from crosstie.ideas.searches import Searches

if TYPE_CHECKING:
    from crosstie.advice.routine import Links

_FOLDER = "routine-1"
_COLUMNS, _THANKS = "links.npz", "thanks.json"
_THANKED = """
SELECT DISTINCT replies_to, actor FROM interactions
WHERE openness = 'open' AND kind IN ('thanked', 'acknowledged') AND replies_to != ''
ORDER BY replies_to, actor
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Which questions of the snapshot's index are alike, and who gave thanks for what.

    Attributes:
        links: by the index's numbers.
        thanks: the keys of the people who accepted an answer or gave thanks for it, by its external id; in
            open places.
    """

    links: Links
    thanks: dict[str, tuple[str, ...]]


def current(home: Home) -> Alike:
    """Return it for the current snapshot, making it, and what it rests on, where it is missing.

    One process makes it and others wait; a half-made one is never seen.
    """
    folder = prepared.prepared(home).file.parent.parent
    return home.once(f"alike {folder.name}", lambda: _current(home, folder))


def at_hand(home: Home) -> Alike | None:
    """Return it for the current snapshot; None where a worker is yet to make it, or what it rests on.

    Pages of an organisation do not wait for it.
    """
    if prepared.at_hand(home) is None:
        return None
    snapshot = snapshots.current(home)
    is_made = (snapshot.folder / _FOLDER).exists()
    if not is_made and home.is_for_organisation and presence.living(home.folder):
        home.store.put_in_run("snapshot", f"alike:{snapshot.folder.name}")
        return None
    return current(home)


def make(home: Home, folder: Path) -> None:
    """Make it of a snapshot, in its folder, beside the index that is there (`crosstie.actions.prepared`)."""
    from crosstie.advice.routine import links

    beside = folder / f".{_FOLDER}.{uuid.uuid4().hex[:8]}"
    beside.mkdir()
    try:
        names = Names(person.name for person in snapshots.persons(home).everyone.by_key.values())
        with Index(prepared.index_file(folder), names=names, searches=Searches()) as index:
            found = links(index, index.every_question(), lambda asked: _text(index, asked))
        np.savez(beside / _COLUMNS, **{one.name: getattr(found, one.name) for one in fields(found)})
        (beside / _THANKS).write_text(json.dumps(_thanks(home)))
        beside.rename(folder / _FOLDER)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _current(home: Home, folder: Path) -> Alike:
    with suppress(FileNotFoundError):  # while a worker makes the next one, this one is read
        return _load(folder / _FOLDER)
    while True:
        with snapshots.alone(home):
            # Somebody may have been forgotten while this waited, and all snapshots dropped.
            if prepared.index_file(folder).exists():
                if not (folder / _FOLDER).exists():
                    make(home, folder)
                return _load(folder / _FOLDER)
        home.loaded = None
        folder = prepared.prepared(home).file.parent.parent


def _text(index: Index, asked: Asked) -> str:
    return index.originals([asked]).get(asked.external_id, ("", ""))[0]


def _load(folder: Path) -> Alike:
    from crosstie.advice.routine import Links

    with np.load(folder / _COLUMNS, allow_pickle=False) as columns:
        links = Links(**{name: columns[name] for name in columns.files})
    thanks = json.loads((folder / _THANKS).read_text())
    return Alike(links=links, thanks={answer: tuple(people) for answer, people in thanks.items()})


def _thanks(home: Home) -> dict[str, list[str]]:
    who, found = snapshots.persons(home), dict[str, list[str]]()
    with corrected(home, standing(home, who)) as connection:
        for answer, account in connection.execute(_THANKED).fetchall():
            if account in who.person_of:
                found.setdefault(answer, []).append(who.person_of[account])
    return found


__all__ = ["Alike", "at_hand", "current", "make"]
