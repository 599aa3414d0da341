"""The originals behind a tie: where, when, and a link, as far as they are open to the viewer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.actions.ideas import about
from crosstie.actions.pages.sight import Sight, moment, sight
from crosstie.actions.views import Contact, Original
from crosstie.errors import NotShown
from crosstie.network.network import NO_EVIDENCE, NO_TIME
from crosstie.people import Viewer

MOST = 50
"""How many originals a page shows, newest first."""

WORDS = {
    "said": "wrote to",
    "replied": "answered",
    "thanked": "thanked",
    "reviewed": "reviewed the work of",
    "co_wrote": "wrote together with",
    "met": "met",
    "named": "named",
    "acknowledged": "said to have learned from",
    "mentioned": "mentioned",
    "copied": "copied",
}

_TOGETHER = frozenset({"met", "co_wrote"})
"""Acts that both do alike: the viewer is named first."""

_COLUMNS = "external_id, at_us, place, openness, link, kind, act, is_stated, by_low, low, high"


def contact(home: Home, who: Viewer | str | None, key: str) -> tuple[Contact, tuple[Original, ...]]:
    """Return one of the viewer's contacts with what the tie is about, and the originals, newest first.

    Raises:
        NotShown: the viewer has no tie with this person.
    """
    from crosstie.actions.pages.circle import contacts_of

    seen = sight(home, who)
    found = [one for one in contacts_of(seen) if one.person.key == key]
    if not found:
        raise NotShown(_("This person is not in your circle."), hint=_("Go back to your circle."))
    shown = replace(found[0], about=about(home, str(seen.network.persons[seen.me]), key))
    return shown, tuple(_between(home, seen, key, MOST))


def best_between(home: Home, seen: Sight, key: str) -> Original | None:
    """Return the original that says most about the viewer and one contact, the newest of such."""
    ties = seen.network.ties
    me, other = seen.me, seen.network.index_of(key)
    rows = np.flatnonzero(
        ((ties.learner == me) & (ties.teacher == other)) | ((ties.learner == other) & (ties.teacher == me))
    )
    if len(rows) == 0:
        return None
    strongest = max(rows.tolist(), key=lambda row: (ties.turned_to[row] + ties.learned[row], -row))
    found = _between(home, seen, key, 1, only=int(ties.evidence[strongest]))
    return next(iter(found or _between(home, seen, key, 1)), None)


def trace(home: Home, who: Viewer | str | None, trace_id: str) -> Original:
    """Return one original the viewer took part in, or that lies in an open place.

    Raises:
        NotShown: there is no such original for this viewer.
    """
    seen = sight(home, who)
    me = seen.me
    with home.queries() as connection:
        rows = connection.execute(
            f"SELECT {_COLUMNS} FROM read_parquet(?) WHERE external_id = ?"  # noqa: S608 - our own column names
            " ORDER BY (low = ? OR high = ?) DESC, low, high",
            [str(seen.snapshot.trail), trace_id, me, me],
        ).fetchall()
    row = next((one for one in rows if seen.is_here(one[-2]) and seen.is_here(one[-1])), None)
    if row is None or not (me in row[-2:] or row[3] == "open" or seen.viewer.read_everything):
        raise NotShown(
            _("There is no such original, or it is not open to you."), hint=_("Go back to your circle.")
        )
    text = None
    if row[3] == "open":
        with home.record.connect() as connection:
            text = connection.execute(
                "SELECT text FROM interactions WHERE external_id = ?", [trace_id]
            ).fetchone()
    places = home.store.places.names(among=(row[2],))
    return _original(seen, row, places, text=(text[0] or "") if text else "")


def last_between(home: Home, seen: Sight, key: str) -> Original | None:
    """Return the newest original between the viewer and one contact."""
    return next(iter(_between(home, seen, key, 1)), None)


def _between(home: Home, seen: Sight, key: str, most: int, *, only: int = NO_EVIDENCE) -> list[Original]:
    me, other = seen.me, seen.network.index_of(key)
    with home.queries() as connection:
        rows = connection.execute(
            f"SELECT {_COLUMNS} FROM read_parquet(?) WHERE low = ? AND high = ?"  # noqa: S608 - our own column names
            " AND (?::UBIGINT = 0 OR id = ?::UBIGINT) ORDER BY at_us DESC NULLS LAST, external_id LIMIT ?",
            [str(seen.snapshot.trail), min(me, other), max(me, other), only, only, most],
        ).fetchall()
    places = home.store.places.names(among={row[2] for row in rows})
    return [_original(seen, row, places) for row in rows]


def _original(
    seen: Sight, row: tuple[Any, ...], places: Mapping[str, tuple[str, str]], *, text: str = ""
) -> Original:
    external_id, at_us, place, openness, link, kind, act, is_stated, by_low, low, high = row
    actor, other = (low, high) if by_low else (high, low)
    if act in _TOGETHER and other == seen.me:
        actor, other = other, actor
    name, _openness = places.get(place, ("", ""))
    shown = {"open": name, "members": name}.get(openness, _("a direct conversation"))
    verb = WORDS.get(act, WORDS.get(kind, kind))
    whom = "you" if other == seen.me else seen.card(other).name
    if act == "reviewed" and other == seen.me:
        verb, whom = "reviewed your work", ""
    return Original(
        id=external_id,
        at=moment(NO_TIME if at_us is None else at_us),
        place=shown or _("a place without a name"),
        link=link or "",
        kind=verb,
        who="you" if actor == seen.me else seen.card(actor).name,
        whom=whom,
        text=text,
        is_stated=is_stated,
    )
