"""Do the people suggested for a question then answer it? Beside who is simply active, and with their load."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from crosstie.advice.experts import FALLBACK, likeliest, spared
from crosstie.advice.history import Moment
from crosstie.config import AdviceSettings
from evaluation._ranked import Run, Score, by_busiest, ranked
from evaluation._rolled import Rolled, rolled, told_in
from evaluation.comparing import Difference, difference
from evaluation.task import Cell, Result, Table, Task, main

DATA = ("zulip-lean-questions", "zulip-ncar", "discourse-delving", "stackexchange-quantum")
"""The first is the largest."""
LEARNED, DEVELOPMENT = 0.6, 0.8
NO_WORSE = -0.03
OURS = "ours"
PLACE = "recently active in the same place"
ACTIVE = "recently active anywhere (60 days)"
VOTES = "votes of the 100 nearest questions"
BASELINES = (ACTIVE, f"{PLACE} (365 days)", f"{PLACE} (30 days)", f"{PLACE} (7 days)", VOTES)


class Seen(NamedTuple):
    """One data set, ranked: its title, the runs by way, who asked each question, and facts of it."""

    title: str
    runs: Mapping[str, Run]
    askers: Sequence[str]
    facts: Mapping[str, object]
    predictions: Sequence[str]


def ways(found: Rolled, settings: AdviceSettings) -> dict[str, Score]:
    """Return the ways to rank: the baselines, the parts, and ours."""
    place_of = {key: row for row, key in enumerate(found.history.places)}

    def here(column: int) -> Score:
        # Whoever never answered here stands behind, by how lately they answered anywhere.
        return lambda one: (
            (one.activity.here(one.place)[one.people, column] if one.place is not None else 0.0)
            + 1e-9 * one.activity.recent[one.people, 0]
        )

    def told(one: Moment) -> int | None:
        return one.place

    def ours(
        by_question: dict[int, NDArray[np.float64]] = found.mix,
        *,
        place: Callable[[Moment], int | None] = told,
        spare: bool = True,
    ) -> Score:
        def score(one: Moment) -> NDArray[np.float64]:
            weights = by_question[one.asked.number]
            scores = likeliest(one.activity, one.voted, place(one), one.people, weights=weights)
            return scores - spared(one.activity, one.people, settings) if spare else scores

        return score

    return {
        "chance": lambda one: np.zeros(len(one.people)),
        "most answers": lambda one: one.activity.answers[one.people].astype(np.float64),
        ACTIVE: lambda one: one.activity.recent[one.people, 0],
        f"{PLACE} (365 days)": here(0),
        f"{PLACE} (30 days)": here(1),
        f"{PLACE} (7 days)": here(2),
        VOTES: lambda one: one.voted.votes[one.people, 1],
        "ours with fixed weights": ours(dict.fromkeys(found.mix, FALLBACK)),
        "ours, nobody spared": ours(spare=False),
        "ours, not told the place": ours(place=lambda one: place_of.get(one.voted.place)),
        OURS: ours(),
    }


def see(archive: Path, settings: AdviceSettings, *, development: bool) -> Seen:
    """Roll over one data set, and rank."""
    told = told_in(archive)
    questions = told.questions
    if development:
        told = told.before(int(questions * DEVELOPMENT) + 1)
    found = rolled(told, int(questions * (LEARNED if development else DEVELOPMENT)) + 1, settings)
    test, accepted = found.test, told.accepted_in(found.history)
    runs = {name: ranked(test, score, accepted) for name, score in ways(found, settings).items()}
    askers = [one.asked.asker for one in test]
    places = len({one.asked.place for one in test})
    candidates = round(float(np.mean([len(one.people) for one in test])))
    facts = {
        "questions": questions,
        "asked": len(test),
        "askers": len(set(askers)),
        "answers by the busiest": round(by_busiest(test), 3),
        "accepted": int(np.isfinite(runs[OURS].accepted).sum()),
        "last weights": list(found.mix.values())[-1].round(2).tolist(),
    }
    name = archive.name.removesuffix(".tar.xz")
    predictions = [
        json.dumps(
            {
                "data": name,
                "question": one.asked.number,
                "suggested": first,
                "answered": one.people[one.answered].tolist(),
            }
        )
        for one, first in zip(test, runs[OURS].first, strict=True)
    ]
    title = f"{name}: {len(test)} questions in {places} places, {candidates} candidates"
    return Seen(title, runs, askers, facts, predictions)


def table(seen: Seen) -> Table:
    """Return what is to be read of one data set."""
    ours = seen.runs[OURS]
    rows: dict[str, Mapping[str, Cell]] = {}
    for name, one in seen.runs.items():
        row: dict[str, Cell] = {
            "MRR": float(one.reciprocal.mean()),
            "first 3": float(one.hit_at_3.mean()),
            "first 5": float(one.hit_at_5.mean()),
            "MRR without the busiest": _mean(one.without_busiest),
            "to the busiest": one.to_busiest,
            "Gini": one.gini,
            "accepted MRR": _mean(one.accepted),
            "ours by": None
            if name == OURS
            else difference(ours.reciprocal, one.reciprocal, groups=seen.askers),
        }
        rows[name] = row
    return Table(title=seen.title, rows=rows)


def _mean(values: NDArray[np.float64]) -> float | None:
    """Return the mean of what is known, None where nothing is."""
    return float(np.nanmean(values)) if np.isfinite(values).any() else None


def best(seen: Seen) -> tuple[str, Difference]:
    """Return the baseline with the best MRR on these very questions, and ours against it."""
    name = max(BASELINES, key=lambda one: float(seen.runs[one].reciprocal.mean()))
    return name, difference(seen.runs[OURS].reciprocal, seen.runs[name].reciprocal, groups=seen.askers)


def run(data: Path, development: bool) -> Result:  # noqa: FBT001 -- the form of every task
    """Look at all data sets."""
    settings = AdviceSettings()
    seen = [see(data / f"{name}.tar.xz", settings, development=development) for name in DATA]
    verdicts = []
    for one in seen:
        name, by = best(one)
        low = "above" if by.low > NO_WORSE else "not above"
        verdicts.append(f"{one.title}: against the best, {name}: {by}; lower bound {low} {NO_WORSE}")
    return Result(
        tables=[table(one) for one in seen],
        facts={one.title.split(":")[0]: one.facts for one in seen},
        verdicts=verdicts,
        predictions=[line for one in seen for line in one.predictions],
    )


TASK = Task(
    name="routing",
    question="Do the people suggested for a question then answer it?",
    splits="""\
Questions in order of time; the last 20 % are the test, and everything was tuned on the first 80 %, which
--development shows: the last 20 % and all that was said since are cut off, and the fourth fifth is looked at.
At each question the counts, the index and the mix are as they were when it was asked.

Candidates: people who answered at least two earlier questions, not the asker. Truth: those of them who then
answered; questions without any are passed over. An answer is a person's first to a question. Among equals
chance decides, the same for all ways to rank. The busiest: the three candidates who answered most of late,
each answer halved every 60 days. Accepted: who gave the answer that the asker accepted, where it is known.

Beside: recently active anywhere, recently active in the same place, votes of the nearest questions; the best
of them is the one with the best MRR on the questions looked at. Intervals are of paired differences, 95 %,
bootstrapped over questions, and over askers with all their questions; the wider one is given.""",
    run=run,
)

if __name__ == "__main__":
    main(TASK)
