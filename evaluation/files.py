"""Who knows a file: do those suggested for its path change it next? With the names of files, and without."""

from __future__ import annotations

import hashlib
import json
import math
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from crosstie.actions import reading
from crosstie.actions.home import Home
from crosstie.advice.activity import Activity
from crosstie.advice.experts import FALLBACK, candidates, likeliest, spared
from crosstie.advice.history import History, Moment
from crosstie.advice.touched import put_first, with_touched
from crosstie.advice.votes import Votes, votes
from crosstie.config import AdviceSettings
from crosstie.ideas import Asked, Index, Names, NewIndex
from crosstie.ideas.messages import messages_and_work
from crosstie.ideas.threads import Answer, Question, questions_and_answers
from crosstie.sources.git.files import files_since
from evaluation._ranked import FIRST, Run, Score, ranked
from evaluation._rolled import SETTLED, Told, rolling
from evaluation.comparing import difference
from evaluation.task import Cell, Result, Table, Task, main

CLONES = "git-clones"
DEVELOPMENT, TEST = 0.6, 0.8
MOST_CASES = 1_000
OURS, WITHOUT, LAST = (
    "ours, files of all changes",
    "ours, without the files",
    "who changed that very file last",
)
RECENT = "ours, files as read unless said otherwise"
BY_WORDS, RECENT_BY_WORDS = (f"{name}, by words alone" for name in (OURS, RECENT))
_DAY = 86_400_000_000


class Case(NamedTuple):
    """A change as it stood before it was made: the path asked for, and what the words of changes say."""

    moment: Moment
    recent: Votes  # the same with the files of those changes that are recent at the first case
    without: Votes
    path: str
    last: NDArray[np.float64]  # (C,) when each candidate last changed or reviewed that very file; 0 for never


def told_in(clone: Path) -> Told:
    """Read a clone as crosstie reads it, with the files of all changes; keys of people are their order."""
    with tempfile.TemporaryDirectory() as folder, Home(Path(folder) / "workspace") as home:
        reading.read(home, reading.plan(str(clone), {"files": "all"}))
        who = home.persons()
        with home.record.connect() as connection:
            said = list(messages_and_work(connection, who.person_of))
        order: dict[str, str] = {"": ""}
        for one in said:
            order.setdefault(one.author, f"p{len(order):06}")
        rows = list(questions_and_answers(one._replace(author=order[one.author]) for one in said))
        return Told(rows=rows, names=Names(person.name for person in who.by_key.values()))


def asked_for(told: Told, first: float, end: float) -> dict[int, str]:
    """Return by number a file of each change to look at, by lot, the same each time."""
    changes = [one for one in told.rows if isinstance(one, Question)]
    chosen = [
        one
        for one in changes[int(len(changes) * first) : int(len(changes) * end)]
        if one.message.files and one.message.author
    ]
    step = max(1, -(-len(chosen) // MOST_CASES))
    return {one.number: min(one.message.files, key=_lot) for one in chosen[::step]}


def _lot(path: str) -> bytes:
    return hashlib.blake2b(path.encode(), digest_size=8).digest()


def cases(told: Told, paths: Mapping[int, str], settings: AdviceSettings) -> Iterator[Case]:
    """Yield the changes whose author, or a reviewer, could have been suggested before."""
    first = next(one for one in told.rows if isinstance(one, Question) and one.number in paths)
    since = files_since("recent", datetime.fromtimestamp(first.message.at / 1_000_000, tz=UTC))
    assert since is not None
    with ExitStack() as stack:
        whole, *indexes = (stack.enter_context(NewIndex(":memory:", names=told.names)) for _ in range(4))
        whole.add(told.rows)
        history = History.of(whole)
        every = max(1, len(history.questions) // SETTLED)
        known_since = (0.0, since.timestamp() * 1_000_000, math.inf)
        rolls = [
            rolling(index, _with_files(told, since), every=every)
            for index, since in zip(indexes, known_since, strict=True)
        ]
        for one in rolls:
            next(one)
        number_of = {key: row for row, key in enumerate(history.people)}
        touched = _touched(told)
        place_of = {key: row for row, key in enumerate(history.places)}
        answers = history.answers
        activity, known = Activity.before(answers, people=len(history.people)), 0
        for asked in history.questions:
            if asked.number not in paths:
                continue
            now = int(np.searchsorted(answers.at, asked.at, side="left"))
            activity, known = activity.after(answers.part(known, now), asked.at), now
            people = candidates(activity, settings, asker=None)
            answered = np.isin(people, answers.author[answers.question == asked.number])
            path = paths[asked.number]
            voted, recent, without = (asked_of(roll.send(asked), path, number_of, asked) for roll in rolls)
            if not answered.any():
                continue
            moment = Moment(
                asked=asked, asker=None, place=place_of.get(asked.place), activity=activity, voted=voted,
                people=people, answered=answered,
            )  # fmt: skip
            earlier = {number_of[who]: at for at, who in touched.get(path, []) if at < asked.at}
            last = np.array([earlier.get(int(person), 0) / _DAY for person in people])
            yield Case(moment, recent, without, path, last)


def asked_of(index: Index, path: str, number_of: dict[str, int], asked: Asked) -> Votes:
    """Return what an index says about a path as it stood just before a change, the very file too."""
    voted = votes(index, path, number_of=number_of, before=asked.number, until=asked.at - 1)
    return with_touched(index, voted, path, number_of=number_of, at=asked.at - 1, before=asked.number)


def _with_files(told: Told, since: float) -> list[Question | Answer]:
    """Return what was told without the files of what is older than a time, microseconds since 1970."""
    return [
        one._replace(message=one.message._replace(files=()))
        if isinstance(one, Question) and one.message.at < since
        else one
        for one in told.rows
    ]


def _touched(told: Told) -> dict[str, list[tuple[int, str]]]:
    """Return by file who changed it, or had a part in a change of it, and when, in order of time."""
    files: dict[int, tuple[str, ...]] = {}
    found: dict[str, list[tuple[int, str]]] = {}
    for one in told.rows:
        if isinstance(one, Question):
            files[one.number] = one.message.files
        elif isinstance(one, Answer):
            for path in files[one.question]:
                found.setdefault(path, []).append((one.message.at, one.message.author))
    return found


def runs_of(seen: Sequence[Case], settings: AdviceSettings) -> dict[str, Run]:
    """Rank the candidates of each case in each way."""
    by_number = {one.moment.asked.number: one for one in seen}

    def ours(voted: Callable[[Case], Votes], *, by_words: bool = False) -> Score:
        def score(one: Moment) -> NDArray[np.float64]:
            told = voted(by_number[one.asked.number])
            scores = likeliest(one.activity, told, one.place, one.people, weights=FALLBACK)
            if not by_words:
                scores = put_first(scores, told, one.people, step=settings.spare_at_most)
            return scores - spared(one.activity, one.people, settings)

        return score

    def lately(one: Moment) -> NDArray[np.float64]:
        found: NDArray[np.float64] = one.activity.recent[one.people, 0]
        return found

    ways: dict[str, Score] = {
        "chance": lambda one: np.zeros(len(one.people)),
        "most changes and reviews": lambda one: one.activity.answers[one.people].astype(np.float64),
        "recently active (60 days)": lately,
        # Whoever never touched it stands behind, by how lately they were active.
        LAST: lambda one: by_number[one.asked.number].last + 1e-9 * lately(one),
        "votes of the 100 nearest changes": lambda one: one.voted.votes[one.people, 1],
        **{name: ours(voted) for name, voted in VOTED.items()},
        BY_WORDS: ours(lambda one: one.moment.voted, by_words=True),
        RECENT_BY_WORDS: ours(lambda one: one.recent, by_words=True),
    }
    moments = [one.moment for one in seen]
    return {name: ranked(moments, score, {}) for name, score in ways.items()}


VOTED: Mapping[str, Callable[[Case], Votes]] = {
    WITHOUT: lambda one: one.without,
    RECENT: lambda one: one.recent,
    OURS: lambda one: one.moment.voted,
}
"""The ways that show why: what the words of changes say, by the way."""


def with_a_reason(seen: Sequence[Case], run: Run, voted: Callable[[Case], Votes]) -> float:
    """Return in which share somebody right is among the first three, with a change that speaks for them."""
    found = 0
    for one, first in zip(seen, run.first, strict=True):
        right = one.moment.people[one.moment.answered].tolist()
        found += bool(set(first[:FIRST]) & set(right) & {near.person for near in voted(one).near})
    return found / len(seen)


def table(title: str, seen: Sequence[Case], runs: Mapping[str, Run], authors: Sequence[str]) -> Table:
    """Return what is to be read of one clone."""
    ours = runs[OURS]
    rows: dict[str, Mapping[str, Cell]] = {}
    for name, one in runs.items():
        rows[name] = {
            "MRR": float(one.reciprocal.mean()),
            "first 3": float(one.hit_at_3.mean()),
            "and with a change to show": with_a_reason(seen, one, VOTED[name]) if name in VOTED else None,
            "MRR without the busiest": float(np.nanmean(one.without_busiest)),
            "to the busiest": one.to_busiest,
            "ours by": None if name == OURS else difference(ours.reciprocal, one.reciprocal, groups=authors),
        }
    return Table(title=title, rows=rows)


def run(data: Path, development: bool) -> Result:  # noqa: FBT001 -- the form of every task
    """Look at all clones of the folder."""
    folder = data / CLONES
    if not folder.is_dir():
        return Result(tables=[], verdicts=[f'Not looked at: there is no folder "{CLONES}" in the data.'])
    clones = sorted(folder.iterdir())
    settings = AdviceSettings()
    tables, facts, verdicts, predictions = [], {}, [], []
    for clone in clones:
        told = told_in(clone)
        part = (DEVELOPMENT, TEST) if development else (TEST, 1.0)
        paths = asked_for(told, *part)
        seen = list(cases(told, paths, settings))
        authors = [one.moment.asked.asker for one in seen]
        runs = runs_of(seen, settings)
        name = clone.name.removesuffix(".git")
        tables.append(table(f"{name}: {len(seen)} changes", seen, runs, authors))
        facts[name] = {
            "changes": told.questions,
            "looked at": len(paths),
            "with somebody to be found": len(seen),
            "whose file anybody had touched": sum(bool(one.last.any()) for one in seen),
            "candidates": round(float(np.mean([len(one.moment.people) for one in seen]))),
            "people": len(set(authors)),
        }
        for way, other in product((OURS, RECENT), (WITHOUT, LAST, BY_WORDS, RECENT_BY_WORDS)):
            by = difference(runs[way].reciprocal, runs[other].reciprocal, groups=authors)
            verdicts.append(f"{name}: {way}, against {other}: {by}")
        predictions += [
            json.dumps(
                {"data": name, "change": one.moment.asked.number, "path": one.path, "suggested": first}
            )
            for one, first in zip(seen, runs[OURS].first, strict=True)
        ]
    return Result(tables=tables, facts=facts, verdicts=verdicts, predictions=predictions)


TASK = Task(
    name="files",
    question="Do those suggested for a file change or review it next?",
    splits=f"""\
Clones of public repositories in the folder {CLONES}, any number. Changes in order of time; the last 20 %
are the test, and --development shows the fourth fifth. Of at most {MOST_CASES:,} of them, evenly over that
time, one file of each is asked for by its whole path. The index and the counts are as they were just before
the change.

Candidates: people who wrote or reviewed at least two earlier changes. Truth: those of them who wrote the
change, or stated that they reviewed or helped with it; changes without any are passed over. Whoever writes a
change need not know the file best; but it is what they did that can be looked up.

Beside: chance; who changed or reviewed most, ever and lately; who changed or reviewed that very file last,
then who was active lately; the votes of the nearest changes alone; and ours where no names of files are read,
and where those of old changes are not: of years before the second before the first case; and ours by words
alone, where nobody is put first for having touched the very file.
Weights are the fixed ones. Intervals are of paired differences, 95 %, bootstrapped over changes, and over
authors with all their changes; the wider one is given.""",
    run=run,
)

if __name__ == "__main__":
    main(TASK)
