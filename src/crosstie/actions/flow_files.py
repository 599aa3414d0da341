"""What groups talk of, what moved between them, how varied they are: made once a snapshot, gone with it.

It counts up to the end of the last whole month, so a look on another day of the same month tells no more.
"""

from __future__ import annotations

import json
import shutil
import uuid
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crosstie.actions import columns as snapshot_columns
from crosstie.actions import presence, snapshots, topic_files, topics
from crosstie.actions import settings as settings_of
from crosstie.actions.grouping import COMMUNITY
from crosstie.actions.home import Home
from crosstie.actions.settings import Chosen
from crosstie.actions.snapshots import TOPICS, Snapshot
from crosstie.actions.topic_files import Kept
from crosstie.ideas.topics.profiles import parts_before, profiles
from crosstie.insight.first_uses import Contacts, first_uses
from crosstie.insight.group_topics import GroupTopic, group_topics
from crosstie.insight.idea_flow import Flow, idea_flows
from crosstie.insight.idea_variety import Variety, idea_variety
from crosstie.network.tie import NO_DATE
from crosstie.practice.quarters import REAL_CONTACT
from crosstie.privacy import Kind

_FOLDER, _FILE = "flows-2", "flows.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found in one snapshot; of groups alone. Exact: `crosstie.actions.idea_flow` blurs it.

    Attributes:
        until: aware; what came at that moment or later is left out.
        kinds: the kinds of groups, and the names of their groups.
        flows: which topics moved, each topic by its number and no more by its row.
        tested: how many pairs of groups with a topic were compared with chance.
        talks: of what groups talk more than others, each topic by its number and no more by its row.
        varieties: how varied groups are.
    """

    until: datetime
    kinds: tuple[tuple[str, tuple[str, ...]], ...]
    flows: tuple[Flow, ...]
    tested: int
    talks: tuple[GroupTopic, ...]
    varieties: tuple[Variety, ...]


def current(home: Home) -> Found:
    """Return it for the current snapshot, making it, and the topics it rests on, where it is missing."""
    return of(home, snapshots.current(home))


def of(home: Home, snapshot: Snapshot) -> Found:
    """Return it for a snapshot, making it, and the topics it rests on, where it is missing."""
    return home.once(f"flows {snapshot.folder.name}", lambda: _current(home, snapshot))


def at_hand(home: Home) -> Found | None:
    """Return it for the current snapshot; None where a worker is yet to make it, or the topics.

    Pages of an organisation do not wait for it.
    """
    if topics.at_hand(home) is None:
        return None
    snapshot = snapshots.current(home)
    is_made = (snapshot.folder / _FOLDER).exists()
    if not is_made and home.is_for_organisation and presence.living(home.folder):
        home.store.put_in_run("snapshot", f"flows:{snapshot.folder.name}")
        return None
    return current(home)


def make(home: Home, folder: Path) -> None:
    """Make it of a snapshot, in its folder, beside the topics that are there (`crosstie.actions.topics`)."""
    chosen = settings_of.chosen(home)
    snapshot = snapshot_columns.load(folder, chosen.network)
    found = _found(snapshot, topic_files.load(folder / TOPICS), chosen)
    beside = folder / f".{_FOLDER}.{uuid.uuid4().hex[:8]}"
    beside.mkdir()
    try:
        (beside / _FILE).write_text(json.dumps(_plain(found), ensure_ascii=False), encoding="utf-8")
        beside.rename(folder / _FOLDER)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _current(home: Home, snapshot: Snapshot) -> Found:
    with suppress(FileNotFoundError):  # while a worker makes the next one, this one is read
        return _load(snapshot.folder / _FOLDER)
    while True:
        topics.of(home, snapshot)
        with snapshots.alone(home):
            # Somebody may have been forgotten while this waited, and all snapshots dropped.
            if (snapshot.folder / TOPICS).exists():
                if not (snapshot.folder / _FOLDER).exists():
                    make(home, snapshot.folder)
                return _load(snapshot.folder / _FOLDER)
        home.loaded = None
        snapshot = snapshots.current(home)


def _found(snapshot: Snapshot, kept: Kept, chosen: Chosen) -> Found:
    as_of = snapshot.network.as_of
    until = as_of if as_of == NO_DATE else datetime(as_of.year, as_of.month, 1, tzinfo=UTC)
    before = int(until.timestamp() * 1_000_000)
    row_of = {key: row for row, key in enumerate(kept.people)}
    rows = np.array([row_of.get(key, -1) for key in snapshot.network.persons.tolist()], dtype=np.int64)
    named, kinds, shown = _kinds(snapshot, rows, people=len(kept.people))
    flows = idea_flows(
        first_uses(kept.took, kept.topics.about.main, people=len(kept.people), until=before),
        _contacts(snapshot, rows),
        kinds,
        shown=shown,
        ids=kept.topics.ids,
        seed=chosen.network.seed,
    )
    talks = group_topics(
        profiles(
            parts_before(kept.took, before),
            kept.topics.about,
            at=before,
            half_life_days=chosen.ideas.half_life_days,
        ),
        kinds,
        topics=len(kept.topics),
        smallest=snapshot.settings.smallest_group,
        seed=chosen.network.seed,
    )
    varieties = idea_variety(
        kept.took,
        kept.topics.about,
        kinds,
        topics=len(kept.topics),
        until=before,
        smallest=snapshot.settings.smallest_group,
        seed=chosen.network.seed,
    )
    # As on the map, and so among those who talk.
    return Found(
        until=until,
        kinds=named,
        flows=tuple(replace(one, topic=kept.topics.ids[one.topic]) for one in flows.found),
        tested=flows.tested,
        talks=tuple(
            replace(one, topic=kept.topics.ids[one.topic]) for one in talks if shown[one.kind][one.group]
        ),
        varieties=tuple(one for one in varieties if shown[one.kind][one.group]),
    )


def _kinds(
    snapshot: Snapshot, rows: NDArray[np.int64], *, people: int
) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], list[Kind], list[NDArray[np.bool_]]]:
    """Return the kinds of groups, numbered as topics number people, and which groups the map tells of.

    Communities are found from who is in touch with whom, so that they are the ones between which little
    moves: they stand in only where the directory knows no groups.
    """
    units = {kind: each for kind, each in snapshot.network.groups.items() if kind in snapshot.groups}
    if not units and COMMUNITY in snapshot.groups:
        numbers = snapshot.community.tolist()
        units = {COMMUNITY: np.array([f"{one:06}" if one >= 0 else "" for one in numbers], dtype=object)}
    named, kinds, shown = [], [], []
    for kind, each in units.items():
        labels = sorted(set(each.tolist()) - {""})
        number = {label: place for place, label in enumerate(labels)}
        group = np.full(people, -1, dtype=np.int64)
        group[rows[rows >= 0]] = [number.get(unit, -1) for unit in each[rows >= 0].tolist()]
        named.append((kind, tuple(labels)))
        kinds.append(Kind(group=group, count=len(labels)))
        shown.append(np.isin(labels, snapshot.groups[kind].labels[snapshot.groups[kind].told]))
    return tuple(named), kinds, shown


def _contacts(snapshot: Snapshot, rows: NDArray[np.int64]) -> Contacts:
    """Return who was really in touch with whom, by evidence from open places."""
    ties = snapshot.open_ties
    person, other = rows[ties.learner], rows[ties.teacher]
    kept = (person >= 0) & (other >= 0) & (ties.known_contact >= REAL_CONTACT)
    return Contacts(person=person[kept], other=other[kept], since=ties.first_at[kept])


def _plain(found: Found) -> dict[str, object]:
    return {
        "until": found.until.isoformat(),
        "kinds": found.kinds,
        "flows": [asdict(one) for one in found.flows],
        "tested": found.tested,
        "talks": [asdict(one) for one in found.talks],
        "varieties": [asdict(one) for one in found.varieties],
    }


def _load(folder: Path) -> Found:
    facts = json.loads((folder / _FILE).read_text(encoding="utf-8"))
    return Found(
        until=datetime.fromisoformat(facts["until"]),
        kinds=tuple((kind, tuple(labels)) for kind, labels in facts["kinds"]),
        flows=tuple(Flow(**one) for one in facts["flows"]),
        tested=facts["tested"],
        talks=tuple(GroupTopic(**one) for one in facts["talks"]),
        varieties=tuple(Variety(**one) for one in facts["varieties"]),
    )
