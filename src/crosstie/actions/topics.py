"""Topics and profiles of a record, made once a snapshot, kept in its folder, and gone when it goes.

Topics go on from those of the snapshot before, as long as that is there and holds nobody who is gone.
"""

from __future__ import annotations

import hashlib
import shutil
import uuid
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from crosstie.actions import columns as snapshot_columns
from crosstie.actions import presence, snapshots, topic_files
from crosstie.actions import settings as settings_of
from crosstie.actions.corrections import corrected, standing
from crosstie.actions.home import Home
from crosstie.actions.settings import Chosen
from crosstie.actions.snapshots import TOPICS, TOPICS_BEFORE, TRAIL, Snapshot
from crosstie.actions.topic_files import Kept
from crosstie.ideas import Names
from crosstie.ideas.language import Said
from crosstie.ideas.messages import messages
from crosstie.ideas.topics import Conversations, Sensitive, Topics, conversations
from crosstie.ideas.topics import topics as find_topics
from crosstie.ideas.topics.learned import Acts, learned
from crosstie.ideas.topics.profiles import parts, profiles
from crosstie.network.network import Network
from crosstie.network.tie import NO_DATE
from crosstie.people import Persons
from crosstie.record import Openness

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_ACTS = """
SELECT t.low, t.high, t.by_low, t.act, t.at_us, t.kind, t.external_id, coalesce(i.replies_to, '')
FROM read_parquet(?) AS t LEFT JOIN interactions AS i ON i.external_id = t.external_id
WHERE t.is_open AND t.at_us IS NOT NULL
ORDER BY t.at_us, t.external_id, t.low, t.high
"""


def current(home: Home) -> Kept:
    """Return the topics of the current snapshot, making them where they are missing.

    One process makes them and others wait; half-made ones are never seen.
    """
    return of(home, snapshots.current(home))


def of(home: Home, snapshot: Snapshot) -> Kept:
    """Return the topics of a snapshot, making them where they are missing."""
    return home.once(f"topics {snapshot.folder.name}", lambda: _current(home, snapshot))


def at_hand(home: Home) -> Kept | None:
    """Return the topics of the current snapshot; None where a worker is yet to make them.

    Pages of an organisation do not wait for it.
    """
    snapshot = snapshots.current(home)
    is_made = (snapshot.folder / TOPICS).exists()
    if not is_made and home.is_for_organisation and presence.living(home.folder):
        home.store.put_in_run("snapshot", f"topics:{snapshot.folder.name}")
        return None
    return current(home)


def made(home: Home) -> Kept | None:
    """Return the topics of the current snapshot if they are there; nobody waits for them."""
    snapshot = snapshots.current(home)
    return of(home, snapshot) if (snapshot.folder / TOPICS).exists() else None


def make(home: Home, folder: Path) -> None:
    """Make them of a snapshot, in its folder."""
    chosen, who = settings_of.chosen(home), snapshots.persons(home)
    network = snapshot_columns.load(folder, chosen.network).network
    sensitive = Sensitive(chosen.ideas.sensitive)
    mark = hashlib.blake2b(sensitive.version.encode(), digest_size=10).hexdigest()
    before = _before(folder)
    beside = folder / f".{TOPICS}.{uuid.uuid4().hex[:8]}"
    beside.mkdir()
    try:
        until = None if network.as_of == NO_DATE else network.as_of
        with corrected(home, standing(home, who)) as connection:
            told, languages = _told(home, connection, who, sensitive=sensitive, until=until)
            found = find_topics(
                told,
                place_names=_place_names(home),
                sensitive=sensitive,
                seed=chosen.network.seed,
                before=None if before is None else before.topics,
                is_anew=before is not None and not _goes_on(before, told, who, mark),
            )
            acts = _acts(connection, folder / TRAIL, network, told, chosen)
        at = int(network.as_of.timestamp() * 1_000_000)
        topic_files.save(beside, _kept(told, found, acts, languages, chosen=chosen, at=at, mark=mark))
        beside.rename(folder / TOPICS)
        shutil.rmtree(folder / TOPICS_BEFORE, ignore_errors=True)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _told(
    home: Home, connection: DuckDBPyConnection, who: Persons, *, sensitive: Sensitive, until: datetime | None
) -> tuple[Conversations, dict[str, int]]:
    """Return the conversations in open places, and how many people write in which language."""
    names = Names(person.name for person in who.everyone.by_key.values())
    said = Said(names)
    told = conversations(
        said.noting(messages(connection, who.person_of, until=until)),
        names=names,
        sensitive=sensitive,
        place_names=_place_names(home),
    )
    return told, said.people()


def _current(home: Home, snapshot: Snapshot) -> Kept:
    with suppress(FileNotFoundError):  # while a worker makes the next one, this one is read
        return topic_files.load(snapshot.folder / TOPICS)
    while True:
        with snapshots.alone(home):
            # Somebody may have been forgotten while this waited, and all snapshots dropped.
            if snapshot.folder.exists():
                if not (snapshot.folder / TOPICS).exists():
                    make(home, snapshot.folder)
                return topic_files.load(snapshot.folder / TOPICS)
        home.loaded = None
        snapshot = snapshots.current(home)


def _before(folder: Path) -> Kept | None:
    """Return the topics of the snapshot before: handed on, or still in their own folder."""
    there = [one / TOPICS for one in folder.parent.glob("[!.]*") if one != folder]
    there = sorted(filter(Path.exists, there), key=lambda one: one.stat().st_mtime_ns, reverse=True)
    for one in (folder / TOPICS_BEFORE, *there):
        with suppress(FileNotFoundError):
            return topic_files.load(one)
    return None


def _goes_on(before: Kept, told: Conversations, who: Persons, mark: str) -> bool:
    """Say whether words of before may be used: nobody and nothing is gone, and none became sensitive."""
    keys = set(told.key[~told.is_sensitive].tolist())
    with_topic = before.topics.key[before.topics.about.main >= 0]
    return (
        before.sensitive == mark
        and set(before.people) <= set(who.by_key)
        and all(key in keys for key in with_topic.tolist())
    )


def _kept(
    told: Conversations,
    found: Topics,
    acts: Acts,
    languages: dict[str, int],
    *,
    chosen: Chosen,
    at: int,
    mark: str,
) -> Kept:
    took = parts(told)
    half_life = chosen.network.half_life_days
    return Kept(
        topics=found,
        people=told.people,
        places=told.places,
        place=told.place,
        first_at=told.first_at,
        last_at=told.last_at,
        title=tuple(
            "" if hidden else title for title, hidden in zip(told.title, told.is_sensitive, strict=True)
        ),
        took=took,
        profiles=profiles(took, found.about, at=at, half_life_days=chosen.ideas.half_life_days),
        learned=learned(acts, told, found, at=at, half_life_days=half_life),
        languages=languages,
        sensitive=mark,
    )


def _acts(
    connection: DuckDBPyConnection, trail: Path, network: Network, told: Conversations, chosen: Chosen
) -> Acts:
    """Return the acts of open places by which somebody learned from, or else turned to, somebody."""
    forth = {act.name: act.learned or act.turned_to for act in chosen.acts}
    back = {act.name: act.learned_back or act.turned_to_back for act in chosen.acts}
    number = {key: row for row, key in enumerate(told.people)}
    row_of = np.array([number.get(key, -1) for key in network.persons.tolist()], dtype=np.int32)
    learner: list[int] = []
    teacher: list[int] = []
    weight: list[float] = []
    at: list[int] = []
    answer: list[str] = []
    question: list[str] = []
    cursor = connection.execute(_ACTS, [str(trail)])
    while rows := cursor.fetchmany(5_000):
        for low, high, by_low, act, at_us, kind, external_id, replies_to in rows:
            actor, other = (low, high) if by_low else (high, low)
            # Thanks are no message: they are about the one that is thanked for.
            said = (replies_to, "") if kind == "thanked" else (external_id, replies_to)
            for one, two, counts in ((actor, other, forth[act]), (other, actor, back[act])):
                if counts > 0 and row_of[one] >= 0 and row_of[two] >= 0:
                    learner.append(int(row_of[one]))
                    teacher.append(int(row_of[two]))
                    weight.append(counts)
                    at.append(at_us)
                    answer.append(said[0])
                    question.append(said[1])
    return Acts(
        learner=np.array(learner, dtype=np.int32),
        teacher=np.array(teacher, dtype=np.int32),
        weight=np.array(weight, dtype=np.float64),
        at=np.array(at, dtype=np.int64),
        answer=np.array(answer, dtype=object),
        question=np.array(question, dtype=object),
    )


def _place_names(home: Home) -> dict[str, str]:
    return {
        key: name
        for key, (name, openness) in home.store.places.names().items()
        if name and openness == Openness.OPEN
    }
