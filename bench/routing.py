"""Do the people suggested for a question then answer it? Beside who is simply active, and with their load.

Splits, written down before the first run: questions in order of time; the last 20 % are the test, and
everything was tuned on the first 80 %, which `--development` shows: the last 20 % and all that was said since
are cut off, and the fourth fifth is looked at. At each question the counts, the index and the mix are as they
were when it was asked.

Candidates: people who answered at least three earlier questions, not the asker. Truth: those of them who
then answered; questions without any are passed over. An answer is a person's first to a question. Among
equals chance decides, the same for all ways to rank. *Busiest*: the three candidates who answered most of
late, each answer halved every 60 days. Intervals are of paired differences, 95 %, bootstrapped over
questions, and over askers with all their questions; the wider one is given. "Better" and "worse" are said
where it lies to one side of 0.

    python bench/routing.py
    python bench/routing.py --development zulip-ncar
    python bench/routing.py --json --out predictions.jsonl
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from _rolled import Rolled, rolled, told_in
from numpy.typing import NDArray

from crosstie.advice.experts import FALLBACK, burden, likeliest
from crosstie.advice.history import Moment
from crosstie.config import AdviceSettings

DATA = ("zulip-lean-questions", "zulip-ncar")
LEARNED, DEVELOPMENT = 0.6, 0.8
LEAST_ANSWERS = 3
RESAMPLES = 10_000
SEED = 20
OURS = "ours"
PLACE = "recently active in the same place"

Score = Callable[[Moment], NDArray[np.float64]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One way to rank, over all questions looked at; Q rows."""

    reciprocal: NDArray[np.float64]
    hit_at_3: NDArray[np.float64]
    hit_at_5: NDArray[np.float64]
    without_busiest: NDArray[np.float64]  # reciprocal rank among the others; NaN where only they answered
    to_busiest: float  # share of the first three places that goes to the three busiest
    gini: float  # of how often each person who was ever a candidate is among the first three
    first: list[list[int]]


def ranked(seen: Sequence[Moment], score: Score) -> Run:
    """Rank the candidates of each question."""
    reciprocal, hits, without, shares, first = [], [], [], [], []
    for moment in seen:
        lots = np.random.default_rng([SEED, moment.asked.number]).random(len(moment.people))
        order = np.lexsort((lots, -score(moment)))
        right, people = moment.answered[order], moment.people[order]
        busiest = np.isin(people, _busiest(moment))
        rank = int(np.argmax(right)) + 1
        reciprocal.append(1 / rank)
        hits.append((rank <= 3, rank <= 5))
        rest = right[~busiest]
        without.append(1 / (int(np.argmax(rest)) + 1) if rest.any() else np.nan)
        shares.append(float(busiest[:3].mean()))
        first.append(people[:10].tolist())
    hit = np.array(hits, dtype=np.float64)
    return Run(
        reciprocal=np.array(reciprocal),
        hit_at_3=hit[:, 0],
        hit_at_5=hit[:, 1],
        without_busiest=np.array(without),
        to_busiest=float(np.mean(shares)),
        gini=_gini(seen, first),
        first=first,
    )


def _busiest(moment: Moment) -> NDArray[np.int64]:
    lately = moment.activity.recent[moment.people, 0]
    return moment.people[np.argsort(-lately, kind="stable")[:3]]


def _gini(seen: Sequence[Moment], first: Sequence[Sequence[int]]) -> float:
    ever = np.unique(np.concatenate([one.people for one in seen]))
    suggested = np.concatenate([row[:3] for row in first]).astype(np.int64)
    times = np.sort(np.bincount(np.searchsorted(ever, suggested), minlength=len(ever)))
    ranks = np.arange(1, len(times) + 1)
    return float((2 * (ranks * times).sum() / times.sum() - len(times) - 1) / len(times))


def interval(differences: NDArray[np.float64], askers: Sequence[str]) -> tuple[float, float, float]:
    """Return the mean of paired differences and its 95 % interval: the wider of two bootstraps."""
    dice = np.random.default_rng(SEED)
    drawn = dice.integers(0, len(differences), (RESAMPLES, len(differences)))
    intervals = [np.quantile(differences[drawn].mean(axis=1), [0.025, 0.975])]
    who = np.unique(np.array(askers), return_inverse=True)[1]
    total, count = np.bincount(who, weights=differences), np.bincount(who)
    drawn = dice.integers(0, len(total), (RESAMPLES, len(total)))
    means = total[drawn].sum(axis=1) / count[drawn].sum(axis=1)
    intervals.append(np.quantile(means, [0.025, 0.975]))
    low, high = max(intervals, key=lambda pair: float(pair[1] - pair[0]))
    return float(differences.mean()), float(low), float(high)


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
        favour: float = settings.favour_like,
        spare: float = settings.spare_busy,
    ) -> Score:
        chosen = replace(settings, favour_like=favour)
        return lambda one: (
            likeliest(
                one.activity,
                one.voted,
                place(one),
                one.people,
                weights=by_question[one.asked.number],
                settings=chosen,
            )
            - spare * burden(one.activity, one.people, settings)
        )

    return {
        "chance": lambda one: np.zeros(len(one.people)),
        "most answers": lambda one: one.activity.answers[one.people].astype(np.float64),
        "recently active anywhere (60 days)": lambda one: one.activity.recent[one.people, 0],
        f"{PLACE} (365 days)": here(0),
        f"{PLACE} (30 days)": here(1),
        f"{PLACE} (7 days)": here(2),
        "votes of the 100 nearest questions": lambda one: one.voted.votes[one.people, 1],
        "ours with fixed weights": ours(dict.fromkeys(found.mix, FALLBACK)),
        "ours, the mix alone": ours(favour=0.0, spare=0.0),
        "ours, nobody spared": ours(spare=0.0),
        "ours, not told the place": ours(place=lambda one: place_of.get(one.voted.place)),
        OURS: ours(),
    }


def evaluate(
    archive: Path, settings: AdviceSettings, *, development: bool
) -> tuple[dict[str, Any], list[dict[str, object]]]:
    """Return what there is to tell of one data set, and the predictions."""
    start = time.process_time()
    told = told_in(archive)
    questions = told.questions
    if development:
        told = told.before(int(questions * DEVELOPMENT) + 1)
    found = rolled(told, int(questions * (LEARNED if development else DEVELOPMENT)) + 1, settings)
    test = found.test
    runs = {name: ranked(test, score) for name, score in ways(found, settings).items()}
    ours, askers = runs[OURS], [one.asked.asker for one in test]
    rows = {
        name: {
            "mrr": float(run.reciprocal.mean()),
            "hit_at_3": float(run.hit_at_3.mean()),
            "hit_at_5": float(run.hit_at_5.mean()),
            "mrr_without_busiest": float(np.nanmean(run.without_busiest)),
            "to_busiest": run.to_busiest,
            "gini": run.gini,
            "ours_better_by": interval(ours.reciprocal - run.reciprocal, askers),
            "ours_better_at_3_by": interval(ours.hit_at_3 - run.hit_at_3, askers),
        }
        for name, run in runs.items()
    }
    facts: dict[str, Any] = {
        "looked_at": "development" if development else "test",
        "questions": questions,
        "asked": len(test),
        "askers": len(set(askers)),
        "places": len({one.asked.place for one in test}),
        "candidates": round(float(np.mean([len(one.people) for one in test]))),
        "answers_by_busiest": round(_by_busiest(test), 3),
        "last_weights": list(found.mix.values())[-1].round(2).tolist(),
        "cpu_seconds": round(time.process_time() - start),
        "ways": rows,
    }
    predictions: list[dict[str, object]] = [
        {"question": one.asked.number, "suggested": suggested, "answered": one.people[one.answered].tolist()}
        for one, suggested in zip(test, ours.first, strict=True)
    ]
    return facts, predictions


def _by_busiest(test: Sequence[Moment]) -> float:
    """Return the share of those who really answered that the three busiest are."""
    return float(np.concatenate([np.isin(one.people[one.answered], _busiest(one)) for one in test]).mean())


def main() -> None:
    """Evaluate, and print a table for each data set."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", default=DATA)
    parser.add_argument(
        "--data", type=Path, default=Path("../shared/data"), help="the folder with the archives"
    )
    parser.add_argument("--development", action="store_true", help="look at the fourth fifth, not the last")
    parser.add_argument("--least-answers", type=int, default=LEAST_ANSWERS)
    parser.add_argument("--out", type=Path, help="where to write the predictions, one line a question")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if not given.data.is_dir():
        sys.exit(f'There are no archives: "{given.data}" is no folder. Name theirs with --data.')
    settings, lines, found = replace(AdviceSettings(), least_answers=given.least_answers), [], {}
    for name in given.names:
        found[name], predictions = evaluate(
            given.data / f"{name}.tar.xz", settings, development=given.development
        )
        lines += [json.dumps({"data": name} | row) for row in predictions]
    if given.out:
        given.out.write_text("\n".join(lines) + "\n")
    if given.json:
        print(json.dumps(found))
        return
    for name, facts in found.items():
        print(f"\n{name}:", {key: value for key, value in facts.items() if key != "ways"})
        for way, row in facts["ways"].items():
            by = " | ".join(
                "{:+.3f} ({:+.3f} to {:+.3f})".format(*row[key])
                for key in ("ours_better_by", "ours_better_at_3_by")
            )
            figures = ("mrr", "hit_at_3", "hit_at_5", "mrr_without_busiest", "to_busiest", "gini")
            print(f"| {way} | " + " | ".join(f"{row[one]:.3f}" for one in figures) + f" | {by} |")


if __name__ == "__main__":
    main()
