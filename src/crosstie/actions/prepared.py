"""What advice needs of a record, made once a snapshot, kept in its folder, and gone when it goes."""

from __future__ import annotations

import json
import shutil
import uuid
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from crosstie.actions import columns as snapshot_columns
from crosstie.actions import presence, snapshots, viewpoints
from crosstie.actions import settings as settings_of
from crosstie.actions.corrections import corrected, standing
from crosstie.actions.home import Home
from crosstie.actions.snapshots import Snapshot
from crosstie.config import AdviceSettings
from crosstie.ideas import Asked, Index, Names, NewIndex
from crosstie.ideas.searches import Searches
from crosstie.network.circles import circles_of_ties
from crosstie.network.communities import NO_COMMUNITY, communities_of
from crosstie.network.tie import NO_DATE

if TYPE_CHECKING:
    from crosstie.advice.activity import Activity
    from crosstie.advice.history import History

_FOLDER = "asking"
_INDEX = "index.sqlite"
_COLUMNS = "activity.npz"
_FACTS = "facts.json"
_WITH_MARGIN = 1.25  # of the questions to learn from, as some had nobody who could have been asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """The index and the columns of one snapshot.

    Attributes:
        file: the index.
        names: what the index was made without.
        people, places: keys; a number of `crosstie.advice` is the row.
        number_of: number by key of a person.
        activity: what everybody had answered at the snapshot's date.
        community: (P,) the number of each one's community in the network of open ties, -1 for none.
        weights: of the mix.
        learned_from: how many earlier questions they were learned from; 0: the fixed ones.
        searches: what was looked for lately: a draft asks twice, and again when it is sent.
    """

    file: Path
    names: Names
    people: tuple[str, ...]
    places: tuple[str, ...]
    number_of: dict[str, int]
    activity: Activity
    community: NDArray[np.int64]
    weights: NDArray[np.float64]
    learned_from: int
    searches: Searches = field(default_factory=Searches, repr=False, compare=False)

    def index(self) -> Index:
        """Open the index; close it after use."""
        return Index(self.file, names=self.names, searches=self.searches)


def prepared(home: Home) -> Prepared:
    """Return what the current snapshot's advice rests on, making it where it is missing.

    One process makes it and others wait; a half-made one is never seen.
    """
    snapshot = snapshots.current(home)
    return home.once(f"prepared {snapshot.folder.name}", lambda: _prepared(home, snapshot))


def at_hand(home: Home) -> Prepared | None:
    """Return what the current snapshot's advice rests on; None where a worker is yet to make it.

    Pages of an organisation do not wait for it.
    """
    snapshot = snapshots.current(home)
    is_made = (snapshot.folder / _FOLDER).exists()
    if not is_made and home.is_for_organisation and presence.living(home.folder):
        home.store.put_in_run("snapshot", f"advice:{snapshot.folder.name}")
        return None
    return prepared(home)


def index_file(folder: Path) -> Path:
    """Return where the index of a snapshot lies, in the snapshot's folder."""
    return folder / _FOLDER / _INDEX


def make(home: Home, folder: Path) -> None:
    """Make it of a snapshot, in its folder."""
    snapshot = snapshot_columns.load(folder, settings_of.chosen(home).network)
    as_of = snapshot.network.as_of
    beside = folder / f".{_FOLDER}.{uuid.uuid4().hex[:8]}"
    beside.mkdir()
    try:
        who = snapshots.persons(home)
        with corrected(home, standing(home, who)) as connection:
            NewIndex.build(
                beside / _INDEX,
                connection,
                person_of=who.person_of,
                names=_names(home),
                until=None if as_of == NO_DATE else as_of,
            )
        _learn(home, beside, int(as_of.timestamp() * 1_000_000), _open_communities(snapshot))
        with Index(beside / _INDEX, names=Names(_names(home))) as index:
            viewpoints.make(home, index, beside)
        beside.rename(folder / _FOLDER)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _prepared(home: Home, snapshot: Snapshot) -> Prepared:
    with suppress(FileNotFoundError):  # while a worker makes the next one, this one is read
        return _load(home, snapshot.folder / _FOLDER)
    while True:
        with snapshots.alone(home):
            # Somebody may have been forgotten while this waited, and all snapshots dropped.
            if snapshot.folder.exists():
                if not (snapshot.folder / _FOLDER).exists():
                    make(home, snapshot.folder)
                return _load(home, snapshot.folder / _FOLDER)
        home.loaded = None
        snapshot = snapshots.current(home)


def _open_communities(snapshot: Snapshot) -> dict[str, int]:
    """Return the community of each person in the network of open ties: closed ones place nobody."""
    circles = circles_of_ties(snapshot.open_ties, people=len(snapshot.network.persons))
    found = communities_of(circles, seed=snapshot.settings.seed)
    return dict(zip(map(str, snapshot.network.persons), found.tolist(), strict=True))


def _learn(home: Home, folder: Path, at: int, communities: dict[str, int]) -> None:
    from crosstie.advice.activity import Activity
    from crosstie.advice.history import History, moments, weights

    settings = AdviceSettings()
    with Index(folder / _INDEX, names=Names(_names(home))) as index:
        history = History.of(index)
        wanted = _to_learn_from(history, settings)
        wanted = wanted[-int(settings.most_questions * _WITH_MARGIN) :]
        texts = index.originals(wanted)
        wanted = [one for one in wanted if one.external_id in texts]  # others have no words, or no asker now

        def text_of(asked: Asked) -> str:
            return texts[asked.external_id][0]

        seen = moments(history, [one.number for one in wanted], text_of, lambda _: index, settings)
        mix, learned_from = weights([moment.choice for moment in seen], settings)
    activity = Activity.before(history.answers, people=len(history.people)).after(
        history.answers, max([at, *history.answers.at[-1:].tolist()])
    )
    columns: dict[str, Any] = {one.name: np.asarray(getattr(activity, one.name)) for one in fields(activity)}
    community = np.array([communities.get(key, NO_COMMUNITY) for key in history.people], dtype=np.int64)
    np.savez(folder / _COLUMNS, weights=mix, community=community, **columns)
    facts = {"people": history.people, "places": history.places, "learned_from": learned_from}
    (folder / _FACTS).write_text(json.dumps(facts))


def _to_learn_from(history: History, settings: AdviceSettings) -> list[Asked]:
    """Return what others answered: questions; changes that others reviewed too where there are too few."""
    answers = history.answers
    answered = set(answers.question[~answers.is_own].tolist())
    wanted = [one for one in history.questions if one.number in answered and one.asker]
    changes = set(answers.question[answers.is_own].tolist())
    questions = [one for one in wanted if one.number not in changes]
    return questions if len(questions) >= settings.least_questions else wanted


def _load(home: Home, folder: Path) -> Prepared:
    from crosstie.advice.activity import Activity

    facts = json.loads((folder / _FACTS).read_text())
    with np.load(folder / _COLUMNS, allow_pickle=False) as columns:
        named = {name: columns[name] for name in columns.files}
    mix = named.pop("weights")
    at, community = int(named.pop("at")), named.pop("community")
    return Prepared(
        file=folder / _INDEX,
        names=Names(_names(home)),
        people=tuple(facts["people"]),
        places=tuple(facts["places"]),
        number_of={key: row for row, key in enumerate(facts["people"])},
        activity=Activity(at=at, **named),
        community=community,
        weights=mix,
        learned_from=facts["learned_from"],
    )


def _names(home: Home) -> list[str]:
    """Return the names of all people, also of those who opted out: they stand in others' texts."""
    return [person.name for person in snapshots.persons(home).everyone.by_key.values()]
