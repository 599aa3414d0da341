"""What the workspace holds, in one object and in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np

from crosstie.actions import looking, snapshots
from crosstie.actions.going_on import Tied
from crosstie.actions.home import Home
from crosstie.actions.views import Reading
from crosstie.errors import CrosstieError, UsageRefused
from crosstie.network.network import NO_TIME
from crosstie.people import Relation
from crosstie.saying import say
from crosstie.sources import every_source
from crosstie.store import SavedReading

_ENDS_EARLY = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Counts of what the workspace holds.

    Attributes:
        accounts: how many accounts are known.
        places: places by openness.
        interactions: interactions by kind.
        first, latest: the times of the first and the latest interaction, None without any.
        ended_early: sources whose latest interaction lies more than a half-life before the latest of all,
            or before the day from which is counted where that is earlier; each with its last day.
    """

    accounts: int
    places: dict[str, int]
    interactions: dict[str, int]
    first: datetime | None
    latest: datetime | None
    ended_early: tuple[str, ...]


def held(home: Home) -> Held:
    """Count what the workspace holds."""
    with home.record.connect() as connection:
        # One look at all rows: of a million it is most of what the sources' page takes.
        connection.execute(
            'CREATE TEMP TABLE held AS SELECT source, kind, count(*) AS count, min("at") AS first,'
            ' max("at") AS latest FROM interactions GROUP BY source, kind'
        )
        kinds = dict(
            connection.execute(
                "SELECT kind, sum(count)::BIGINT FROM held GROUP BY kind ORDER BY 2 DESC, 1"
            ).fetchall()
        )
        spans = connection.execute(
            "SELECT source, epoch_us(min(first)), epoch_us(max(latest)) FROM held"
            " WHERE first IS NOT NULL GROUP BY source ORDER BY source"
        ).fetchall()
    places = {"open": 0, "members": 0, "direct": 0}
    for _, openness in home.store.places.names().values():
        places[openness] += 1
    latest = max((_time(row[2]) for row in spans), default=None)
    counted_from = min(latest, home.as_of) if latest and home.as_of else latest
    return Held(
        accounts=home.store.accounts.count(),
        places=places,
        interactions=kinds,
        first=min((_time(row[1]) for row in spans), default=None),
        latest=latest,
        ended_early=tuple(
            say("%(source)s (to %(day)s)", source=_label(source), day=_time(last).date())
            for source, _, last in spans
            if counted_from and _time(last) < counted_from - _ENDS_EARLY
        ),
    )


def last_active(home: Home) -> date | None:
    """Return the last day on which a tie grew, where none is active any more; of a viewer, their own ties."""
    ties = snapshots.current(home).network.ties
    asked = np.ones(len(ties), dtype=np.bool_)
    with suppress(CrosstieError, KeyError):  # whoever opted out, or is in no tie, has none to speak of
        if person := looking.viewer(home).person:
            asked = ties.learner == snapshots.current(home).network.index_of(person)
    times = ties.last_at[asked & (ties.last_at != NO_TIME)]
    if not len(times) or ties.active[asked].any():
        return None
    return _time(int(times.max())).date()


def _label(source: str) -> str:
    """Return what people call a source of the record, by the name before its colon."""
    name = source.partition(":")[0]
    known = every_source().get(name)
    return known.label if known else name


def _time(microseconds: int) -> datetime:
    return datetime.fromtimestamp(microseconds / 1_000_000, tz=UTC)


def shown(saved: SavedReading) -> Reading:
    """Return a reading as faces show it."""
    known = every_source().get(saved.kind)
    return Reading(
        kind=saved.kind,
        label=saved.label,
        path=saved.path,
        unit=saved.unit,
        unit_of_one=known.unit_of_one if known else "",
        read=saved.used + sum(saved.left_out.values()),
        used=saved.used,
        left_out=saved.left_out,
        notes=saved.notes,
        places=saved.places,
        interactions=saved.interactions,
        read_at=saved.read_at,
        finished=saved.finished,
    )


def check_relations(relations: Mapping[str, str]) -> None:
    """Refuse relations that do not exist, before anything is made.

    Raises:
        UsageRefused: no such relation.
    """
    for relation in relations.values():
        if relation not in set(Relation):
            raise UsageRefused(
                f'"{relation}" is no relation.',
                hint=f"Relations: {', '.join(one.value for one in Relation)}.",
            )


def set_domain(home: Home, domain: str, relation: str) -> None:
    """Keep whose people are what.

    Raises:
        UsageRefused: no such relation.
    """
    check_relations({domain: relation})
    home.store.set_domain(domain, relation)


def summarise(home: Home, read: Sequence[SavedReading], *, viewer: str = "") -> dict[str, Any]:
    """Return the one object of `crosstie try --json`. Ties are counted as pairs of people."""
    if viewer:
        looking.viewer(home, viewer)
    snapshot = snapshots.current(home)
    whole = held(home)
    ties = snapshot.network.ties
    pairs = ties.learner < ties.teacher  # both ways are rows
    return {
        "sources": [
            {"kind": one.kind, "path": one.path, "read": one.read, "used": one.used, "left_out": one.left_out}
            for one in map(shown, read)
        ],
        "people": len(snapshots.persons(home).by_key),
        "accounts": whole.accounts,
        "places": whole.places,
        "interactions": {"total": sum(whole.interactions.values()), **whole.interactions},
        "ties": {"active": int((ties.active & pairs).sum()), "known": int((ties.known & pairs).sum())},
        "from": whole.first.isoformat() if whole.first else None,
        "to": whole.latest.isoformat() if whole.latest else None,
    }


def tied(home: Home) -> dict[str, Tied]:
    """Return how the ties were made, of all evidence and of that in open places alone: anew, or gone on."""
    return snapshots.current(home).tied


def in_words(home: Home, result: dict[str, Any]) -> str:
    """Return what the workspace holds as two or three lines for people."""
    people = result["people"]
    lines = [
        (
            f"{'1 person' if people == 1 else f'{people:,} people'}, "
            f"{_counted(result['interactions']['total'], 'interaction')}, {_ties_in_words(home)}."
        )
    ]
    if result["from"]:
        first, latest = (datetime.fromisoformat(result[end]) for end in ("from", "to"))
        lines.append(
            f"From {first:%d %B %Y} to {latest:%d %B %Y}; what is active counts from "
            f"{f'{home.as_of:%d %B %Y}' if home.as_of else 'the latest day'}."
        )
    return "\n".join([*lines, *filter(None, [early_ends(home)])])


def early_ends(home: Home) -> str:
    """Say which sources end much earlier than the latest, and what comes of it; "" where none does."""
    early = held(home).ended_early
    if not early:
        return ""
    said = f"Some sources end much earlier than the latest: {', '.join(early)}."
    if (day := last_active(home)) is None:
        return said
    whose = "Nobody in your circle" if home.viewer_given else "Nothing"
    return f"{said}\n{whose} is active any more. To see what was: crosstie try … --as-of {day}"


def _ties_in_words(home: Home) -> str:
    """Say how many ties are known, how many of them active, and how many are active and merely inferred."""
    ties = snapshots.current(home).network.ties
    pairs = ties.learner < ties.teacher  # both ways are rows
    both = int((ties.known & ties.active & pairs).sum())
    inferred = int((ties.active & ~ties.known & pairs).sum())
    words = f"{_counted(int((ties.known & pairs).sum()), 'known tie')}, of which {both:,} {_are(both)} active"
    if not inferred:
        return words
    more = f"{_counted(inferred, 'more active tie')} {_are(inferred)} inferred"
    return f"{words}; {more}: no source says who was meant, crosstie concluded it"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"
