"""Who will be in touch with whom for the first time? For `introductions`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crosstie.advice.introductions import IntroductionSettings, introductions
from evaluation._mail_ties import Cut, Mails, Matrix, cut, eu_core, everyone, manufacturing
from evaluation.comparing import difference
from evaluation.task import Cell, Result, Table

LIST = 10
SEED = 20
DRAWS = 20
"""Simple scores are often equal; their lists are drawn so often, and the mean is given."""
Read = Callable[[Path], Mails]
_EARLIER = (140, 180, 200, 230, 260, 290, 320)
CUTS: Mapping[str, tuple[Read, tuple[tuple[int, int], ...], tuple[tuple[int, int], ...], float]] = {
    "email-Eu-core-temporal": (eu_core, tuple((day, 60) for day in _EARLIER), ((380, 60),), 0.25),
    "manufacturing": (
        manufacturing,
        ((45, 60), (60, 60), (75, 60), (90, 60), (90, 90), (105, 60), (120, 60)),
        ((180, 91),),
        0.39,
    ),
}
"""How each is read, its cuts (day, days after) for development and for the test, and the recall to reach."""

OURS = "ours"
ADAMIC_ADAR = "Adamic-Adar"
Lists = list[list[int]]


def new_ties(data: Path, *, development: bool) -> Result:
    """Suggest ten people to everyone on a day, and look who wrote to whom in the days after."""
    tables, verdicts, predictions, facts = [], [], [], {}
    for name, (read, earlier, test, reach) in CUTS.items():
        mails = read(data)
        for day, days in earlier if development else test:
            found = cut(mails, day=day, days=days)
            cases = np.flatnonzero(found.new.any(axis=1))
            lists = {way: top(score, found, cases) for way, score in scores(found).items()}
            lists[OURS] = [ours(found, cases)]
            table, recall = judged(lists, found, cases)
            where = f"{name}, day {day}, {days} days"
            title = f"new ties, {where}: {int(found.new.sum()) // 2} among {len(cases)} people"
            tables.append(Table(title=title, rows=table))
            apart = difference(recall[OURS], recall[ADAMIC_ADAR])
            verdicts.append(
                f"{where}: recall {recall[OURS].mean():.3f}; beside Adamic-Adar {apart}; "
                f"to reach {reach}: {'reached' if recall[OURS].mean() >= reach else 'not reached'}"
            )
            facts[f"pairs not known, {where}"] = int((~found.known).sum() - mails.people) // 2
            predictions += [
                json.dumps(
                    {"data": name, "day": day, "days": days, "person": int(one), "suggested": suggested}
                )
                for one, suggested in zip(cases, lists[OURS][0], strict=True)
            ]
    return Result(tables=tables, facts=facts, verdicts=verdicts, predictions=predictions)


def scores(found: Cut) -> dict[str, Matrix]:
    """Return the simple ways: (P, P) a score each."""
    touching = found.known.astype(np.float64)
    degree = touching.sum(axis=1)
    log = np.log1p(found.decayed)
    return {
        "chance": np.zeros(touching.shape),
        "popularity": np.tile(degree, (len(degree), 1)),
        "common neighbours": touching @ touching,
        ADAMIC_ADAR: touching @ (touching / np.log(np.maximum(degree, 2))[:, None]),
        "resource allocation": touching @ (touching / np.maximum(degree, 1)[:, None]),
        "the same, log weights, half-life 60 days": log @ (log / np.maximum(log.sum(axis=1), 1e-12)[:, None]),
    }


def top(score: Matrix, found: Cut, cases: NDArray[np.int64]) -> list[Lists]:
    """Return the ten with the largest score for each case, drawn several times where some are equal."""
    dice = np.random.default_rng(SEED)
    every = np.round(score[cases] / max(float(score.max()), 1e-9), 12)  # the last bits are of no account
    every[(found.known | np.eye(len(score), dtype=np.bool_))[cases]] = -np.inf
    return [np.lexsort((dice.random(every.shape), -every), axis=1)[:, :LIST].tolist() for _ in range(DRAWS)]


def ours(found: Cut, cases: NDArray[np.int64]) -> Lists:
    """Return whom the product would suggest to each case, asked for ten."""
    settings = IntroductionSettings(most=LIST)
    keys, rules = found.colleagues.persons, everyone(found.colleagues)
    return [
        [
            found.colleagues.index_of(one.candidate)
            for one in introductions(
                str(keys[case]), colleagues=found.colleagues, rules=rules, settings=settings
            )
        ]
        for case in cases.tolist()
    ]


def judged(
    lists: Mapping[str, list[Lists]], found: Cut, cases: NDArray[np.int64]
) -> tuple[dict[str, dict[str, Cell]], dict[str, NDArray[np.float64]]]:
    """Return a row a way, and the recall of each case by way."""
    most = np.minimum(LIST, found.new[cases].sum(axis=1))
    hits = {
        way: np.array(
            [
                [found.new[case, every].sum() for case, every in zip(cases, theirs, strict=True)]
                for theirs in draws
            ]
        )
        for way, draws in lists.items()
    }
    recall = {way: (times / most).mean(axis=0) for way, times in hits.items()}
    rows: dict[str, dict[str, Cell]] = {
        way: {
            "recall": float(recall[way].mean()),
            "hit": float((hits[way] > 0).mean()),
            "people suggested": len({one for every in lists[way][0] for one in every}) / len(found.new),
            "ours less this, recall": None if way == OURS else difference(recall[OURS], recall[way]),
        }
        for way in lists
    }
    return rows, recall
