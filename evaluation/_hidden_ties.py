"""Do lists of introductions find hidden ties and widen circles at once? For `introductions`."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crosstie.advice.introductions import IntroductionSettings
from crosstie.advice.organisation_introductions import OrganisationSettings, suggestion_lists
from evaluation._mail_ties import Matrix, Whole, colleagues, everyone
from evaluation.comparing import Difference, difference
from evaluation.task import Cell, Result, Table

LIST, PEOPLE, HIDDEN = 10, 1005, 0.1
SIMPLEST = "7 by resource allocation + 3 far"
OURS = "ours"
COLUMNS = ("recall", "gain", "cross", "named", "Gini")
MUST = {"recall": 0.39, "gain": 0.45, "named": 0.65}
REACH = {"recall": 0.40, "gain": 0.48, "named": 0.75}
Lists = list[list[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hiding:
    """Ties with some of them hidden; (P, P) symmetric, 0 or 1.

    Attributes:
        seed: of what is hidden.
        kept, hidden: the ties.
        department: (P,).
    """

    seed: int
    kept: Matrix
    hidden: Matrix
    department: Whole

    @property
    def cases(self) -> Whole:
        """People with a hidden tie."""
        return np.flatnonzero(self.hidden.sum(axis=1) > 0)


def hidden_ties(data: Path, seeds: Sequence[int]) -> Result:
    """Hide a tenth of the ties, and suggest ten people to everyone."""
    pairs, department = read(data / "email-eu-core")
    found: dict[str, list[dict[str, float]]] = {}
    recalls: dict[str, list[NDArray[np.float64]]] = {}
    who: list[int] = []
    predictions = []
    spent = 0.0
    for seed in seeds:
        one = hiding(pairs, department, seed)
        who += one.cases.tolist()
        lists = {way: ranked(score, one, far=far) for way, (score, far) in simple(one).items()}
        began = time.process_time()
        lists[OURS] = ours(one)
        spent += time.process_time() - began
        for way, theirs in lists.items():
            figures, recall = judged(theirs, one)
            found.setdefault(way, []).append(figures)
            recalls.setdefault(way, []).append(recall)
        predictions += [
            json.dumps(
                {"data": "email-Eu-core", "seed": seed, "person": case, "suggested": lists[OURS][case]}
            )
            for case in one.cases.tolist()
        ]
    # The same person is a case of several seeds, so people are drawn whole.
    apart = {
        way: difference(np.concatenate(recalls[OURS]), np.concatenate(recall), groups=who)
        for way, recall in recalls.items()
        if way != OURS
    }
    means = {
        way: {key: float(np.mean([one[key] for one in every])) for key in COLUMNS}
        for way, every in found.items()
    }
    return Result(
        tables=[Table(title=_title(seeds), rows=_rows(means, apart))],
        facts={"CPU-s for everyone's list": round(spent / len(seeds), 1)},
        verdicts=[*_verdicts(means[OURS]), f"recall beside {SIMPLEST}: {apart[SIMPLEST]}"],
        predictions=predictions,
    )


def _title(seeds: Sequence[int]) -> str:
    return f"diverse introductions, email-Eu-core, seeds {seeds[0]} to {seeds[-1]}: means over seeds"


def _rows(
    means: Mapping[str, Mapping[str, float]], apart: Mapping[str, Difference]
) -> dict[str, dict[str, Cell]]:
    return {way: {**theirs, "ours less this, recall": apart.get(way)} for way, theirs in means.items()}


def _verdicts(means: Mapping[str, float]) -> list[str]:
    said = []
    for word, aims in (("must", MUST), ("to reach", REACH)):
        parts = [
            f"{key} {means[key]:.3f} {'of' if means[key] >= least else 'short of'} {least:.2f}"
            for key, least in aims.items()
        ]
        is_met = all(means[key] >= least for key, least in aims.items())
        said.append(f"{word}: {', '.join(parts)}: {'met' if is_met else 'not met'}")
    return said


def read(folder: Path) -> tuple[Whole, Whole]:
    """Return the undirected ties (n, 2) and everybody's department."""
    pairs = np.loadtxt(folder / "email-Eu-core.txt", dtype=np.int64)
    pairs = np.unique(np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1), axis=0)
    department = np.zeros(PEOPLE, dtype=np.int64)
    labels = np.loadtxt(folder / "email-Eu-core-department-labels.txt", dtype=np.int64)
    department[labels[:, 0]] = labels[:, 1]
    return pairs, department


def hiding(pairs: Whole, department: Whole, seed: int) -> Hiding:
    """Hide a tenth of the ties by a seed."""
    order = np.random.default_rng(seed).permutation(len(pairs))
    away, kept = np.split(pairs[order], [int(HIDDEN * len(pairs))])
    people = len(department)
    return Hiding(
        seed=seed, kept=_touching(kept, people), hidden=_touching(away, people), department=department
    )


def _touching(pairs: Whole, people: int) -> Matrix:
    matrix = np.zeros((people, people))
    matrix[pairs[:, 0], pairs[:, 1]] = matrix[pairs[:, 1], pairs[:, 0]] = 1.0
    return matrix


def simple(one: Hiding) -> dict[str, tuple[Matrix, int]]:
    """Return the simple ways: a score (P, P), and how many places are kept for departments hardly reached."""
    degree = one.kept.sum(axis=1)
    allocation: Matrix = (one.kept / np.maximum(degree, 1)) @ one.kept
    return {
        "chance": (np.zeros_like(one.kept), 0),
        "popularity": (np.tile(degree, (len(degree), 1)), 0),
        "resource allocation": (allocation, 0),
        SIMPLEST: (allocation, 3),
    }


def ranked(score: Matrix, one: Hiding, *, far: int) -> Lists:
    """Return everyone's ten by a score, the last `far` from departments with fewer than two contacts."""
    matrix, department = one.kept, one.department
    people = len(department)
    found = score + 1e-9 * np.random.default_rng(one.seed).random(matrix.shape)
    found[(matrix > 0) | np.eye(people, dtype=np.bool_)] = -np.inf
    member = np.eye(int(department.max()) + 1)[department]
    hardly = ((matrix @ member)[:, department] < 2) & (department[:, None] != department)
    order = np.argsort(-found, axis=1)
    lists = []
    for person in range(people):
        every = order[person]
        near = every[: LIST - far].tolist()
        near += [other for other in every[hardly[person, every]].tolist() if other not in near][:far]
        lists.append((near + [other for other in every.tolist() if other not in near])[:LIST])
    return lists


def ours(one: Hiding) -> Lists:
    """Return everyone's ten as the product makes them for all at once."""
    known = colleagues(one.kept, one.kept, department=one.department)
    lists = suggestion_lists(
        [str(key) for key in known.persons],
        colleagues=known,
        rules=everyone(known),
        settings=OrganisationSettings(each=IntroductionSettings(most=LIST)),
    )
    return [[known.index_of(other.candidate) for other in theirs] for theirs in lists.values()]


def judged(lists: Lists, one: Hiding) -> tuple[dict[str, float], NDArray[np.float64]]:
    """Return the figures of lists, and the recall of each case."""
    matrix, department = one.kept, one.department
    common, degree = matrix @ matrix, matrix.sum(axis=1)
    ties = (common * matrix).sum(axis=1) / 2
    times = np.bincount(np.array([other for every in lists for other in every]), minlength=len(degree))
    recall, gain, cross, named = [], [], [], set()
    for person in one.cases.tolist():
        every = np.array(lists[person], dtype=np.int64)
        recall.append(one.hidden[person, every].sum() / min(LIST, one.hidden[person].sum()))
        if len(every) == 0:
            continue
        named |= set(every.tolist())
        n, t, c = degree[person], ties[person], common[person, every]
        gain.append((1 - 2 * (t + c) / (n + 1) + (2 * t / n if n else 0)).mean())
        cross.append((department[every] != department[person]).mean())
    ordered, place = np.sort(times), np.arange(1, len(times) + 1)
    uneven = 2 * (place * ordered).sum() / (len(times) * ordered.sum()) - (len(times) + 1) / len(times)
    return {
        "recall": float(np.mean(recall)),
        "gain": float(np.mean(gain)),
        "cross": float(np.mean(cross)),
        "named": len(named) / len(times),
        "Gini": float(uneven),
    }, np.array(recall)
