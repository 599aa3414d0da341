"""Do the people suggested for a question then answer it? Beside who is simply active, and with their load.

Splits, written down before the first run, and never changed: questions in order of time; the last 20 % are
the test. Everything was tuned on the first 80 % (learned on its third quarter, looked at on its fourth). In
the test all rolls: at each question the counts, and an index that holds nothing later, are as they were when
it was asked, and the mix is learned anew every 25 questions, as with each snapshot, from those whose last
answer was in by then.

Candidates: people with at least two earlier answers, not the asker. Truth: those of them who then answered;
questions without any are passed over. A difference is better only where its interval lies above 0.

    python bench/routing.py --data ../shared/data
    python bench/routing.py --data ../shared/data --json --out predictions.jsonl zulip-ncar
"""

from __future__ import annotations

import argparse
import json
import tarfile
import tempfile
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crosstie.actions import reading
from crosstie.actions.home import Home
from crosstie.advice.experts import FALLBACK, burden, features
from crosstie.advice.history import History, Moment, moments, weights
from crosstie.config import AdviceSettings
from crosstie.ideas import Asked, Index, Names
from crosstie.ideas.index import messages
from crosstie.ideas.threads import Answer, Question, questions_and_answers

DATA = ("zulip-lean-questions", "zulip-ncar")
DEVELOPMENT = 0.8
RELEARNED = 25
SETTLED = 40  # times the index counts its common words while it rolls
RESAMPLES = 10_000
SEED = 20

Score = Callable[[Moment], NDArray[np.float64]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One way to rank, over all questions of the test; Q rows."""

    reciprocal: NDArray[np.float64]
    hit: NDArray[np.float64]
    without_busiest: NDArray[np.float64]  # reciprocal rank among the others; NaN where only they answered
    to_busiest: float  # share of the first three places that goes to the three with most answers so far
    first: list[list[int]]


def told_in(archive: Path, folder: Path) -> tuple[list[Question | Answer], Names]:
    """Read an archive as crosstie reads it; return its questions and answers in order of time."""
    with tarfile.open(archive) as opened:
        opened.extractall(folder / "data", filter="data")
    with Home(folder / "workspace") as home:
        reading.read(home, reading.plan(str(folder / "data")))
        who = home.persons()
        with home.record.connect() as connection:
            told = list(questions_and_answers(messages(connection, who.person_of)))
        return told, Names(person.name for person in who.by_key.values())


def rolled(
    told: Sequence[Question | Answer], names: Names, settings: AdviceSettings
) -> tuple[list[Moment], int, dict[int, int]]:
    """Return the questions to learn from and to test on, each as it stood.

    Also the number of the first question of the test, and the time of the last answer to each.
    """
    with Index(":memory:", names=names, is_new=True) as whole:
        whole.add(told)
        history = History.of(whole)
    text = {one.number: one.message.text for one in told if isinstance(one, Question)}
    first = int(len(history.questions) * DEVELOPMENT) + 1
    done_at = {one.question: one.message.at for one in told if isinstance(one, Answer)}
    earlier = [number for number in sorted(done_at) if number < first]
    wanted = {*earlier[-int(1.5 * settings.most_questions) :], *(one for one in done_at if one >= first)}
    with Index(":memory:", names=names, is_new=True) as index:
        rolling = _rolling(index, told, every=len(history.questions) // SETTLED)
        next(rolling)
        seen = list(moments(history, wanted, lambda asked: text[asked.number], rolling.send, settings))
    return seen, first, done_at


def mixes(
    seen: Sequence[Moment], first: int, done_at: dict[int, int], settings: AdviceSettings
) -> dict[int, NDArray[np.float64]]:
    """Return the mix for each question of the test, learned from what was known at the time."""
    choices = [one.choice for one in seen]
    test = [one for one in seen if one.asked.number >= first]
    found = {}
    mix = FALLBACK
    for row, one in enumerate(test):
        if row % RELEARNED == 0:
            known = [
                choice
                for earlier, choice in zip(seen, choices, strict=True)
                if done_at[earlier.asked.number] < one.asked.at
            ]
            mix, _ = weights(known, settings)
        found[one.asked.number] = mix
    return found


def _rolling(index: Index, told: Sequence[Question | Answer], *, every: int) -> Generator[Index, Asked, None]:
    """Take questions in order; give the index with all that was told before each."""
    asked: Asked = yield index
    settled = 0
    for one in told:
        while isinstance(one, Question) and asked is not None and one.number == asked.number:
            if one.number - settled > every:
                index.settle()
                settled = one.number
            asked = yield index
        index.add([one])


def ranked(seen: Sequence[Moment], score: Score) -> Run:
    """Rank the candidates of each question."""
    reciprocal, hit, without, shares, first = [], [], [], [], []
    for moment in seen:
        order = np.lexsort((moment.people, -score(moment)))
        right = moment.answered[order]
        busiest = np.isin(moment.people[order], np.argsort(-moment.activity.answers, kind="stable")[:3])
        rank = int(np.argmax(right)) + 1
        reciprocal.append(1 / rank)
        hit.append(float(rank <= 5))
        rest = right[~busiest]
        without.append(1 / (int(np.argmax(rest)) + 1) if rest.any() else np.nan)
        shares.append(float(busiest[:3].mean()))
        first.append(moment.people[order][:10].tolist())
    return Run(
        reciprocal=np.array(reciprocal),
        hit=np.array(hit),
        without_busiest=np.array(without),
        to_busiest=float(np.mean(shares)),
        first=first,
    )


def interval(differences: NDArray[np.float64]) -> tuple[float, float, float]:
    """Return the mean of paired differences and its 95 % bootstrap interval over questions."""
    dice = np.random.default_rng(SEED)
    means = [dice.choice(differences, len(differences)).mean() for _ in range(RESAMPLES)]
    low, high = np.quantile(means, [0.025, 0.975])
    return float(differences.mean()), float(low), float(high)


def ways(mix: dict[int, NDArray[np.float64]], settings: AdviceSettings) -> dict[str, Score]:
    """Return the ways to rank: the baselines, the parts, and ours."""

    def here(column: int) -> Score:
        # Whoever never answered here stands behind, by how lately they answered anywhere.
        return lambda one: (
            (one.activity.here(one.place)[one.people, column] if one.place is not None else 0.0)
            + 1e-9 * one.activity.recent[one.people, 0]
        )

    def mixed(by_question: dict[int, NDArray[np.float64]], spare: float) -> Score:
        return lambda one: (
            features(one.activity, one.voted.votes, one.place, one.people) @ by_question[one.asked.number]
            - spare * burden(one.activity, one.people, settings)
        )

    fixed = dict.fromkeys(mix, FALLBACK)

    return {
        "most answers": lambda one: one.activity.answers[one.people].astype(np.float64),
        "recently active (60 days)": lambda one: one.activity.recent[one.people, 0],
        "recently active in the same place (365 days)": here(0),
        "recently active in the same place (30 days)": here(1),
        "recently active in the same place (7 days)": here(2),
        "votes of the 100 nearest questions": lambda one: one.voted.votes[one.people, 1],
        "fixed mix": mixed(fixed, settings.spare_busy),
        "learned mix, load not looked at": mixed(mix, 0.0),
        "learned mix": mixed(mix, settings.spare_busy),
    }


def evaluate(archive: Path, settings: AdviceSettings) -> tuple[dict[str, Any], list[dict[str, object]]]:
    """Return what there is to tell of one data set, and the predictions."""
    start = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        told, names = told_in(archive, Path(folder))
    seen, first, done_at = rolled(told, names, settings)
    mix = mixes(seen, first, done_at, settings)
    test = [one for one in seen if one.asked.number >= first]
    runs = {name: ranked(test, score) for name, score in ways(mix, settings).items()}
    ours = runs["learned mix"]
    rows = {
        name: {
            "mrr": run.reciprocal.mean(),
            "hit_at_5": run.hit.mean(),
            "mrr_without_busiest_three": float(np.nanmean(run.without_busiest)),
            "to_busiest_three": run.to_busiest,
            "ours_better_by": interval(ours.reciprocal - run.reciprocal),
        }
        for name, run in runs.items()
    }
    facts: dict[str, Any] = {
        "questions": sum(isinstance(one, Question) for one in told),
        "test": len(test),
        "candidates": float(np.mean([len(one.people) for one in test])),
        "answers_by_busiest_three": _by_busiest(test),
        "last_weights": list(mix.values())[-1].round(2).tolist(),
        "cpu_seconds": time.process_time() - start,
        "ways": rows,
    }
    predictions: list[dict[str, object]] = [
        {"question": one.asked.number, "suggested": suggested, "answered": one.people[one.answered].tolist()}
        for one, suggested in zip(test, ours.first, strict=True)
    ]
    return facts, predictions


def _by_busiest(test: Sequence[Moment]) -> float:
    """Return the share of those who really answered that the three busiest are."""
    right = [one.people[one.answered] for one in test]
    busy = [np.isin(row, np.argsort(-one.activity.answers)[:3]) for row, one in zip(right, test, strict=True)]
    return float(np.concatenate(busy).mean())


def main() -> None:
    """Evaluate, and print a table for each data set."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", default=DATA)
    parser.add_argument("--data", type=Path, required=True, help="the folder with the archives")
    parser.add_argument("--out", type=Path, help="where to write the predictions, one line a question")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    settings, lines, found = AdviceSettings(), [], {}
    for name in given.names:
        found[name], predictions = evaluate(given.data / f"{name}.tar.xz", settings)
        lines += [json.dumps({"data": name} | row) for row in predictions]
    if given.out:
        given.out.write_text("\n".join(lines) + "\n")
    if given.json:
        print(json.dumps(found))
        return
    for name, facts in found.items():
        print(f"\n{name}:", {key: value for key, value in facts.items() if key != "ways"})
        for way, row in facts["ways"].items():
            mean, low, high = row["ours_better_by"]
            print(
                f"| {way} | {row['mrr']:.3f} | {row['hit_at_5']:.3f} "
                f"| {row['mrr_without_busiest_three']:.3f} "
                f"| {row['to_busiest_three']:.2f} | {mean:+.3f} ({low:+.3f} to {high:+.3f}) |"
            )


if __name__ == "__main__":
    main()
