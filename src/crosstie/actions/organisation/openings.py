"""Ways to open a circle, looked for behind the pages: someone to ask and a place to read, by one's topics."""

from __future__ import annotations

import json
import os
import uuid
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from crosstie.actions import advising, quarters, snapshots
from crosstie.actions.home import Home
from crosstie.actions.organisation import gate
from crosstie.actions.organisation.circles import people_in
from crosstie.actions.organisation.colleagues import colleagues
from crosstie.actions.organisation.proposing import is_away
from crosstie.actions.prepared import prepared
from crosstie.people import Viewer

FILE = "openings.json"
_TEXTS, _LONGEST = 5, 2_000
_KEPT = 5
_SEARCHED = 10
_LATELY = timedelta(days=91)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToAsk:
    """Someone outside the circle who answers what one writes about, and an open place where they do."""

    person: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToRead:
    """An open place where people outside the circle answer, with one question that was answered there.

    Attributes:
        place: its key.
        trace: of the question.
        is_new: whether one has not written there so far.
        is_topical: whether it is about what one writes about; else it is only lively.
    """

    place: str
    trace: str
    is_new: bool
    is_topical: bool = True


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
            "read": [[one.place, one.trace, one.is_new, one.is_topical] for one in ways.read],
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
            ToRead(place=place, trace=trace, is_new=is_new, is_topical=is_topical)
            for place, trace, is_new, is_topical in ways.get("read", ())
        ),
    )


def _read(file: Path) -> dict[str, dict[str, list[list[Any]]]]:
    read: dict[str, dict[str, list[list[Any]]]] = json.loads(file.read_text())
    return read


def _ways(home: Home, person: str) -> Ways:
    member = gate.member_of(home, person)
    if member is None:
        return Ways()
    texts = _topics(home, person)
    viewer = gate.viewer_of(home, member.pk)
    circle = people_in(home, member.account) | {person}
    return Ways(
        ask=_to_ask(home, viewer, "\n".join(texts)[:_LONGEST], circle) if texts else (),
        read=_to_read(home, person, texts, circle),
    )


def _topics(home: Home, person: str) -> list[str]:
    """Return what someone wrote of late in open places, questions first: their topics in their words."""
    accounts = list(snapshots.persons(home).by_key[person].accounts)
    with home.record.connect() as connection:
        rows = connection.execute(
            "SELECT text FROM interactions WHERE list_contains(?::VARCHAR[], actor) AND openness = 'open'"
            ' AND text IS NOT NULL ORDER BY asks DESC NULLS LAST, "at" DESC NULLS LAST, external_id LIMIT ?',
            [accounts, _TEXTS],
        ).fetchall()
    return [text[:_LONGEST] for (text,) in rows]


def _to_ask(home: Home, viewer: Viewer, text: str, circle: Collection[str]) -> tuple[ToAsk, ...]:
    today = timezone.localdate()
    able = frozenset(
        person
        for person, member in gate.joined(home).items()
        if person not in circle and member.is_free and not is_away(member, today)
    )
    places = {name: key for key, (name, _) in home.store.places.names().items()}
    helpers = advising.who_can_help(home, viewer, text, k=_KEPT, only=able)
    found = tuple(
        ToAsk(person=one.person.key, place=places.get(one.evidence[0].place, "") if one.evidence else "")
        for one in helpers
    )
    # Who only answers often is no better than anybody, where somebody answers what this is about.
    return tuple(one for one in found if one.place) or found


def _to_read(home: Home, person: str, texts: Sequence[str], circle: Collection[str]) -> tuple[ToRead, ...]:
    """Return the places where most answers to questions like one's own came from outside the circle."""
    answers: Counter[str] = Counter()
    latest: dict[str, tuple[int, str]] = {}
    with prepared(home).index() as index:
        found = {one.asked.number: one for text in texts for one in index.similar(text, most=_SEARCHED)}
        replies = index.answers_to(list(found))
    for number, one in found.items():
        others = [answer for answer in replies[number] if answer.author and answer.author not in circle]
        if others and one.asked.place:
            answers[one.asked.place] += len(others)
            newest = latest.get(one.asked.place, (0, ""))
            latest[one.asked.place] = max(newest, (one.asked.at, one.asked.external_id))
    mine = colleagues(home).places.get(person, frozenset())
    topical = [
        ToRead(place=place, trace=latest[place][1], is_new=place not in mine)
        for place, _count in answers.most_common(_KEPT)
    ]
    return tuple(topical) or _lively(home, mine, circle)


def _lively(home: Home, mine: Collection[str], circle: Collection[str]) -> tuple[ToRead, ...]:
    """Return open places one has not written in where most people outside the circle answered of late."""
    person_of = snapshots.persons(home).person_of
    until = snapshots.current(home).network.as_of
    with home.record.connect() as connection:
        rows = connection.execute(
            """
            SELECT place, list(DISTINCT actor), arg_max(replies_to, "at") FROM interactions
            WHERE openness = 'open' AND replies_to <> '' AND text IS NOT NULL AND "at" > ?::TIMESTAMPTZ
            GROUP BY place
            """,
            [(until - _LATELY).isoformat()],
        ).fetchall()
    people = {
        (place, trace): {person_of[actor] for actor in actors if actor in person_of}.difference(circle)
        for place, actors, trace in rows
        if place not in mine
    }
    order = sorted(people, key=lambda key: (-len(people[key]), key))
    return tuple(
        ToRead(place=place, trace=trace, is_new=True, is_topical=False)
        for place, trace in order[:_KEPT]
        if people[place, trace]
    )
