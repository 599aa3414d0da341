"""The originals behind a tie: where, when, and a link, as far as they are open to the viewer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.actions.ideas import about
from crosstie.actions.pages.recorded import changes, of_the_record
from crosstie.actions.pages.sight import Sight, moment, sight
from crosstie.actions.views import Contact, Original
from crosstie.errors import NotShown
from crosstie.network.network import NO_EVIDENCE, NO_TIME
from crosstie.people import Viewer
from crosstie.record import Interaction, KnownHow, Openness

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
    "wrote_back": "wrote back to",
}

_TOGETHER = frozenset({"met", "co_wrote"})
"""Acts that both do alike: the viewer is named first."""

_ON_CHANGES = frozenset({"reviewed", "co_wrote", "acknowledged"})
"""Acts without words of their own, where they are on a change: the author said that, in the same thread."""

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
    """Return one original the viewer took part in, or that lies in a place open to them.

    Raises:
        NotShown: there is no such original for this viewer.
    """
    found = traces(home, who, (trace_id,)).get(trace_id)
    if found is None:
        raise NotShown(
            _("There is no such original, or it is not open to you."), hint=_("Go back to your circle.")
        )
    return found


def traces(home: Home, who: Viewer | str | None, ids: Collection[str]) -> dict[str, Original]:
    """Return by id those originals that the viewer took part in, or that lie in a place open to them.

    The trail knows what is between two. What was said to nobody in particular is in no tie, and the record
    alone has it; those who may not be shown are not named there, and what they said is not found.

    Raises:
        NotShown: nobody looks.
    """
    seen = sight(home, who)
    me, wanted = _row_of(seen), sorted(set(ids))
    if not wanted:
        return {}
    tied = _of_the_trail(home, seen, me, wanted)
    said = of_the_record(home, seen, wanted, [moment(row[1]) for row in tied.values() if row[1] is not None])
    places = home.store.places.names(
        among={row[2] for row in tied.values()} | {one.place for one in said.values()}
    )

    changed = changes(home, seen, [one for one in said.values() if one.kind in _ON_CHANGES])

    def is_open(place: str, openness: str) -> bool:
        return _is_open(place, openness, places)

    found = {}
    for each in wanted:
        row, one = tied.get(each), said.get(each)
        if row is not None:
            opened = is_open(row[2], row[3])
            if opened or me in row[-2:] or seen.viewer.read_everything:
                found[each] = replace(
                    _original(seen, me, row, places), **_words(one, opened, changed.get(each))
                )
        elif one is not None:
            opened, actor = is_open(one.place, one.openness), seen.persons.person_of.get(one.actor)
            is_mine = actor == seen.viewer.person or seen.viewer.read_everything
            if actor is not None and (opened or is_mine):
                found[each] = replace(
                    _alone(seen, one, actor, places), **_words(one, opened, changed.get(each))
                )
    return found


def _is_open(place: str, openness: str, places: Mapping[str, tuple[str, str]]) -> bool:
    """Say whether something lay in an open place when it was read, and that place is open still."""
    return openness == Openness.OPEN == places.get(place, ("", openness))[1]


def _words(one: Interaction | None, is_open: bool, change: Interaction | None = None) -> dict[str, Any]:  # noqa: FBT001 -- the one thing it hangs on
    """Return what was written, and the files that were changed, where everyone may read them.

    A review has no words: those of the change that it was of stand there.
    """
    if one is None or not is_open:
        return {}
    if change is not None and not one.text and change.place == one.place:
        return {"text": change.text or "", "files": change.files, "is_of_change": True}
    return {"text": one.text or "", "files": one.files}


def _row_of(seen: Sight) -> int:
    """Return the viewer's row in the network, -1 of somebody who is in no tie.

    Raises:
        NotShown: nobody looks.
    """
    if seen.viewer.person not in seen.network.persons and (
        seen.viewer.member or seen.viewer.person in seen.persons.by_key
    ):
        return -1
    return seen.me


def _of_the_trail(home: Home, seen: Sight, me: int, ids: Sequence[str]) -> dict[str, tuple[Any, ...]]:
    """Return by id what is between two who may be shown: of several pairs one the viewer is in, if any."""
    with home.queries() as connection:
        rows = connection.execute(
            f"SELECT {_COLUMNS} FROM read_parquet(?)"  # noqa: S608 - our own column names
            " WHERE external_id IN (SELECT unnest(?::VARCHAR[]))"
            " ORDER BY (low = ? OR high = ?), low DESC, high DESC",
            [str(seen.snapshot.trail), ids, me, me],
        ).fetchall()
    return {row[0]: row for row in rows if seen.is_here(row[-2]) and seen.is_here(row[-1])}


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
    return [_original(seen, me, row, places) for row in rows]


def _original(seen: Sight, me: int, row: tuple[Any, ...], places: Mapping[str, tuple[str, str]]) -> Original:
    external_id, at_us, place, openness, link, kind, act, is_stated, by_low, low, high = row
    actor, other = (low, high) if by_low else (high, low)
    if act in _TOGETHER and other == me:
        actor, other = other, actor
    verb = WORDS.get(act, WORDS.get(kind, kind))
    whom = "you" if other == me else seen.card(other).name
    if act == "reviewed" and other == me:
        verb, whom = "reviewed your work", ""
    return Original(
        id=external_id,
        at=moment(NO_TIME if at_us is None else at_us),
        place=_place(place, openness, places),
        link=link or "",
        kind=verb,
        who="you" if actor == me else seen.card(actor).name,
        person=seen.card(actor).key,
        whom=whom,
        is_stated=is_stated,
    )


def _alone(seen: Sight, said: Interaction, actor: str, places: Mapping[str, tuple[str, str]]) -> Original:
    """Return what someone said as the record has it: to whom, where that is one who may be shown."""
    others = {seen.persons.person_of.get(one, "") for one in (said.parent_author, *said.addressed) if one}
    to_me = seen.viewer.person in others
    other = seen.viewer.person if to_me else others.pop() if len(others) == 1 else ""

    def name(person: str) -> str:
        return "you" if person == seen.viewer.person else seen.name_of(seen.persons.by_key[person])

    return Original(
        id=said.external_id,
        at=said.at,
        place=_place(said.place, said.openness, places),
        link=said.link,
        kind=WORDS.get(said.kind, said.kind),
        who=name(actor),
        person=actor,
        whom=name(other) if other not in {"", actor} else "",
        is_stated=said.known_how is KnownHow.STATED,
    )


def _place(key: str, openness: str, places: Mapping[str, tuple[str, str]]) -> str:
    """Return what a place is called; no direct one has a name."""
    name = places.get(key, ("", ""))[0]
    shown = {"open": name, "members": name}.get(openness, _("a direct conversation"))
    return shown or _("a place without a name")
