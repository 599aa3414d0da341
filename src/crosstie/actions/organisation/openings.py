"""Ways to open a circle, looked for behind the pages: someone to ask and a place to read, by one's topics."""

from __future__ import annotations

import json
import os
import uuid
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone

from crosstie.actions import advising, quarters, snapshots
from crosstie.actions.home import Home
from crosstie.actions.organisation import gate
from crosstie.actions.organisation.circles import people_in
from crosstie.actions.organisation.introducing import colleagues
from crosstie.actions.organisation.proposing import is_away
from crosstie.actions.prepared import prepared
from crosstie.people import Viewer

FILE = "openings.json"
_TEXTS, _LONGEST = 5, 2_000
_KEPT = 5
_SEARCHED = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ToAsk:
    """Someone outside the circle who answers what one writes about, and an open place where they do."""

    person: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToRead:
    """An open place where people outside the circle answer what one writes about, with one such question."""

    place: str
    trace: str
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """The best of each first; both empty where nothing was found or looked for yet."""

    ask: tuple[ToAsk, ...] = ()
    read: tuple[ToRead, ...] = ()


def find(home: Home, people: Collection[str]) -> None:
    """Look for ways to open the circles of people, by key, and keep them beside their quarters."""
    found = {person: _ways(home, person) for person in sorted(people)}
    kept = {
        person: {
            "ask": [[one.person, one.place] for one in ways.ask],
            "read": [[one.place, one.trace, one.is_new] for one in ways.read],
        }
        for person, ways in found.items()
    }
    folder = quarters.folder(home)
    with snapshots.alone(home):
        if folder is None or not folder.exists():
            return  # somebody opted out meanwhile, and all of it went
        beside = folder / f".{uuid.uuid4().hex[:8]}"
        beside.write_text(json.dumps(kept))
        os.replace(beside, folder / FILE)  # noqa: PTH105 - one step, whatever is there


def are_found(home: Home) -> bool:
    """Say whether ways were looked for since the quarters were made."""
    folder = quarters.folder(home)
    return folder is not None and (folder / FILE).exists()


def kept_for(home: Home, person: str) -> Ways:
    """Return the ways that were found for a person."""
    folder = quarters.folder(home)
    if folder is None or not (folder / FILE).exists():
        return Ways()
    stamp = (folder / FILE).stat().st_mtime_ns
    every = home.once(f"openings {folder.name} {stamp}", lambda: _read(folder / FILE))
    ways = every.get(person, {})
    return Ways(
        ask=tuple(ToAsk(person=one, place=place) for one, place in ways.get("ask", ())),
        read=tuple(
            ToRead(place=place, trace=trace, is_new=is_new) for place, trace, is_new in ways.get("read", ())
        ),
    )


def _read(file: Path) -> dict[str, dict[str, list[list[Any]]]]:
    read: dict[str, dict[str, list[list[Any]]]] = json.loads(file.read_text())
    return read


def _ways(home: Home, person: str) -> Ways:
    member = gate.member_of(home, person)
    text = _topics(home, person)
    if member is None or not text:
        return Ways()
    viewer = gate.viewer_of(home, member.pk)
    circle = people_in(home, member.account) | {person}
    return Ways(ask=_to_ask(home, viewer, text, circle), read=_to_read(home, person, text, circle))


def _topics(home: Home, person: str) -> str:
    """Return what someone wrote of late in open places, questions first: their topics in their words."""
    accounts = list(snapshots.persons(home).by_key[person].accounts)
    with home.record.connect() as connection:
        rows = connection.execute(
            "SELECT text FROM interactions WHERE list_contains(?::VARCHAR[], actor) AND openness = 'open'"
            ' AND text IS NOT NULL ORDER BY asks DESC NULLS LAST, "at" DESC NULLS LAST LIMIT ?',
            [accounts, _TEXTS],
        ).fetchall()
    return "\n".join(text for (text,) in rows)[:_LONGEST]


def _to_ask(home: Home, viewer: Viewer, text: str, circle: Collection[str]) -> tuple[ToAsk, ...]:
    today = timezone.localdate()
    able = frozenset(
        person
        for person, member in gate.joined(home).items()
        if person not in circle and member.is_free and not is_away(member, today)
    )
    places = {name: key for key, (name, _) in home.store.place_names().items()}
    helpers = advising.who_can_help(home, viewer, text, k=_KEPT, only=able)
    found = tuple(
        ToAsk(person=one.person.key, place=places.get(one.evidence[0].place, "") if one.evidence else "")
        for one in helpers
    )
    # Who only answers often is no better than anybody, where somebody answers what this is about.
    return tuple(one for one in found if one.place) or found


def _to_read(home: Home, person: str, text: str, circle: Collection[str]) -> tuple[ToRead, ...]:
    mine = colleagues(home).places.get(person, frozenset())
    answers: Counter[str] = Counter()
    latest: dict[str, tuple[int, str]] = {}
    with prepared(home).index() as index:
        found = index.similar(text, most=_SEARCHED, best_answers=_KEPT)
    for one in found:
        others = [answer for answer in one.answers if answer.author and answer.author not in circle]
        if others and one.asked.place:
            answers[one.asked.place] += len(others)
            latest[one.asked.place] = max(
                latest.get(one.asked.place, (0, "")), (one.asked.at, one.asked.external_id)
            )
    return tuple(
        ToRead(place=place, trace=latest[place][1], is_new=place not in mine)
        for place, _count in answers.most_common(_KEPT)
    )
