"""Is a known tie alive in the next 30 days? Our chance beside a decay with a half-life of 60 days alone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crosstie.network.survival import AHEAD_DAYS, Touches, came_back, looked_at, model_before
from evaluation._areas import area, difference_of_areas
from evaluation._mail_ties import Mails, eu_core, manufacturing
from evaluation.task import Cell, Result, Table, Task, main

DATA = {"manufacturing": manufacturing, "email-Eu-core": eu_core}
PUBLISHED = {"manufacturing": 0.880, "email-Eu-core": 0.837}
CUTS = 5
OURS, HALF_LIFE = "ours", "half-life of 60 days"
WAYS = ("how often so far", "how lately", HALF_LIFE, OURS)
_DECAYED, _OFTEN, _LATELY = 2, 4, 5  # columns of what is looked at


def touches_of(mails: Mails) -> Touches:
    """Return mails as touches; each weighs the same, as where the half-life was measured."""
    return Touches(
        sender=mails.sender, receiver=mails.recipient, day=mails.day, weight=np.ones(len(mails.day))
    )


def last_day(day: NDArray[np.float64]) -> float:
    """Return the last day before the first month without any mail; what comes later is not looked at."""
    sorted_days = np.sort(day)
    gaps = np.flatnonzero(np.diff(sorted_days) > AHEAD_DAYS)
    return float(sorted_days[gaps[0]] if len(gaps) else sorted_days[-1])


def days_of(last: float, *, development: bool) -> list[float]:
    """Return the days looked at: evenly over the second half; in development over the second quarter."""
    begins, ends = (last / 4, last / 2 - AHEAD_DAYS) if development else (last / 2, last - AHEAD_DAYS)
    return [float(day) for day in np.linspace(begins, ends, CUTS)]


def run(data: Path, development: bool) -> Result:  # noqa: FBT001 - a task's two arguments, by their place
    """Look at each day with what was known before it."""
    rows: dict[str, dict[str, Cell]] = {}
    verdicts: list[str] = []
    predictions: list[str] = []
    for name, load in DATA.items():
        seen = [_seen(touches, day) for touches, day in _days(load(data), development=development)]
        stayed = [one.stayed for one in seen]
        for way in WAYS:
            scores = [one.scores[way] for one in seen]
            areas = [area(one, is_alive) for one, is_alive in zip(scores, stayed, strict=True)]
            is_ours = way == OURS
            ours = [one.scores[OURS] for one in seen]
            rows[f"{name}: {way}"] = {
                "AUC": float(np.mean(areas)),
                "least of five days": min(areas),
                "calibration error": calibration_error(ours, stayed) if is_ours else None,
                "ours by": None if is_ours else difference_of_areas(ours, scores, stayed),
            }
        verdicts.append(
            f"{name}: {sum(len(one) for one in stayed):,} known pairs on {CUTS} days,"
            f" {float(np.mean(np.concatenate(stayed))):.2f} of them alive; against the half-life of 60 days"
            f" {rows[f'{name}: {HALF_LIFE}']['ours by']}; published for that half-life: {PUBLISHED[name]:.3f}"
        )
        predictions += [line for one in seen for line in one.lines(name)]
    return Result(
        tables=[Table(title="Known pairs, five days of each", rows=rows)],
        verdicts=verdicts,
        predictions=predictions,
    )


def _days(mails: Mails, *, development: bool) -> Iterator[tuple[Touches, float]]:
    touches = touches_of(mails)
    for day in days_of(last_day(touches.day), development=development):
        yield touches, day


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The known pairs of one day, by every way, and what became of them."""

    day: float
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    scores: dict[str, NDArray[np.float64]]
    stayed: NDArray[np.bool_]

    def lines(self, name: str) -> Iterator[str]:
        """Yield what was said of each pair, and what came."""
        for low, high, chance, alive in zip(self.low, self.high, self.scores[OURS], self.stayed, strict=True):
            said = {"pair": [int(low), int(high)], "chance": round(float(chance), 4), "alive": bool(alive)}
            yield json.dumps({"data": name, "day": round(self.day, 2), **said})


def _seen(touches: Touches, day: float) -> Seen:
    people = int(max(touches.sender.max(), touches.receiver.max())) + 1
    past = touches.until(day)
    low, high, columns = looked_at(past, at=day, people=people)
    model = model_before(past, at=day, people=people)
    if model is None:
        raise ValueError(f"there is too little before day {day:.0f}")
    return Seen(
        day=day,
        low=low,
        high=high,
        scores={
            "how often so far": columns[:, _OFTEN],
            "how lately": -columns[:, _LATELY],
            HALF_LIFE: columns[:, _DECAYED],
            OURS: model.chances(columns),
        },
        stayed=came_back(touches, low, high, at=day, people=people),
    )


def calibration_error(chances: Sequence[NDArray[np.float64]], stayed: Sequence[NDArray[np.bool_]]) -> float:
    """Return the mean distance of what was said from what came, over ten groups of equal size."""
    said, came = np.concatenate(chances), np.concatenate(stayed)
    groups = np.array_split(np.argsort(said, kind="stable"), 10)
    return float(sum(len(one) * abs(said[one].mean() - came[one].mean()) for one in groups) / len(said))


TASK = Task(
    name="survival",
    question="Is a known tie alive in the next 30 days?",
    splits=(
        "Two mail data sets of organisations: manufacturing-email and email-Eu-core-temporal. A pair is\n"
        "known once one wrote to the other, and alive where one writes to the other within 30 days.\n"
        "Looked at on five days evenly over the second half of the time (development: over the second\n"
        "quarter); the time ends before the first month without a mail, which email-Eu-core has after\n"
        "day 526. Nothing later is known; what ours learns, it learns before each day from the same\n"
        "data. Baselines: how often, how lately, and the sum of mails halved every 60 days. AUC, the\n"
        "mean of the five days; the interval draws pairs within a day."
    ),
    run=run,
)

if __name__ == "__main__":
    main(TASK)
