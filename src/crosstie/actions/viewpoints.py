"""Viewpoints of those who opted in: made with a snapshot's advice, kept beside it, gone when they opt out.

They are read by panels alone (`crosstie.actions.panels`). Nothing shows them, hands them out, or says
whether somebody has one; who opted in is known to that member alone.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crosstie.actions import settings as settings_of
from crosstie.actions import snapshots
from crosstie.actions.home import Home
from crosstie.ideas import Index, viewpoint
from crosstie.ideas.topics import Sensitive

_FILE = "viewpoints.npz"
_KEPT_IN = "snapshots/*/asking"  # beside the advice (`crosstie.actions.prepared`), the half-made one too


def make(home: Home, index: Index, folder: Path) -> None:
    """Write the viewpoints of those who opted in into a folder; no file where there are none.

    Args:
        home: the workspace.
        index: its open texts, without the names in them.
        folder: of the advice that is being made.
    """
    people = opted_in(home)
    encode = viewpoint.encoder() if people else None
    if encode is None:
        return
    found = viewpoint.viewpoints(
        {person: index.texts_of(person) for person in sorted(people)},
        names=index.names,
        sensitive=Sensitive(settings_of.chosen(home).ideas.sensitive),
        encode=encode,
    )
    _write(folder / _FILE, found)


def of(home: Home, folder: Path, people: Sequence[str]) -> NDArray[np.float32] | None:
    """Return (C, D) where people stand, 0 for all who did not opt in or take no part; None where nobody does.

    Args:
        home: the workspace.
        folder: of the advice.
        people: their keys.
    """
    kept = _read(folder / _FILE)
    if not kept:
        return None
    here = opted_in(home)
    if kept.keys() - here:
        prune(home)
    width = len(next(iter(kept.values())))
    nowhere = np.zeros(width, dtype=np.float32)
    found = np.array([kept[key] if key in kept and key in here else nowhere for key in people])
    return found if found.any() else None


def prune(home: Home) -> None:
    """Remove the viewpoints of all who do not opt in (any more), from every file, at once."""
    here = opted_in(home)
    for file in home.folder.glob(f"{_KEPT_IN}/{_FILE}"):
        kept = _read(file)
        if kept.keys() - here:
            _write(file, {key: value for key, value in kept.items() if key in here})


def opted_in(home: Home) -> frozenset[str]:
    """Return the keys of those who agreed that their open texts are compared; in organisations alone."""
    if not home.is_for_organisation:
        return frozenset()
    from crosstie.store.models import Member

    who = snapshots.persons(home).person_of
    accounts = Member.objects.filter(is_active=True, texts_compared=True).values_list("account", flat=True)
    return frozenset(who[one] for one in accounts if one in who)


def _write(file: Path, found: dict[str, NDArray[np.float32]]) -> None:
    if not found:
        file.unlink(missing_ok=True)
        return
    beside = file.with_name(f".{uuid.uuid4().hex[:8]}.npz")
    keys = sorted(found)
    np.savez(beside, people=np.array(keys), views=np.array([found[key] for key in keys], dtype=np.float16))
    with suppress(FileNotFoundError):  # the snapshot was dropped meanwhile
        beside.replace(file)


def _read(file: Path) -> dict[str, NDArray[np.float32]]:
    try:
        with np.load(file, allow_pickle=False) as columns:
            views = columns["views"].astype(np.float32)
            return dict(zip(columns["people"].tolist(), views, strict=True))
    except FileNotFoundError:
        return {}


__all__ = ["make", "of", "opted_in", "prune"]
