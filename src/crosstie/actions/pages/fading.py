"""*Before it fades*: the viewer's own bridges that are about to lapse."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from crosstie.actions.home import Home
from crosstie.actions.pages.sight import Sight
from crosstie.actions.views import Fading
from crosstie.advice.lapsing import LapsingSettings, lapsing


def fading(home: Home, seen: Sight) -> tuple[Fading, ...]:
    """Return whom the viewer is about to lose touch with, and hardly anyone around them knows.

    Args:
        home: the workspace.
        seen: what the viewer sees; of their own ties all, of those of others the open ones.
    """
    if seen.as_of is None:
        return ()
    snapshot = seen.snapshot
    found = lapsing(
        seen.me,
        ties=snapshot.network.ties,
        alive=snapshot.alive,
        open_ties=snapshot.open_ties,
        at=int(seen.as_of.timestamp() * 1_000_000),
        gone=_gone(home, seen),
        settings=LapsingSettings(),
    )
    return tuple(
        Fading(
            person=seen.card(one.person),
            last_at=datetime.fromtimestamp(one.last_at / 1_000_000, tz=UTC),
            shared=one.shared,
        )
        for one in found
    )


def _gone(home: Home, seen: Sight) -> NDArray[np.bool_]:
    """Say of everyone whether they left by the date, or are away as they said themselves."""
    on = seen.as_of.date() if seen.as_of else None
    keys = seen.snapshot.network.persons.tolist()
    away = _away(home)
    by_key = seen.persons.by_key
    return np.array(
        [
            key in away
            or key not in by_key
            or bool(on and by_key[key].left_on and by_key[key].left_on <= on.isoformat())
            for key in keys
        ],
        dtype=np.bool_,
    )


def _away(home: Home) -> frozenset[str]:
    if not home.is_for_organisation:
        return frozenset()
    from django.utils import timezone

    from crosstie.actions.organisation import gate
    from crosstie.actions.organisation.proposing import is_away

    today = timezone.localdate()
    return frozenset(person for person, member in gate.joined(home).items() if is_away(member, today))
