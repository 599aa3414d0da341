"""Are introductions near enough to be made, and do they widen a circle? Hidden ties of a real institution.

    .venv/bin/python bench/introductions.py [--seeds 5] [--data ../shared/data]

One tenth of the ties of email-Eu-core is hidden; ten people not in contact are suggested to everyone. Beside
ours stand what it is compared with: popularity, chance, resource allocation, and seven of that with three
from departments hardly reached. Figures are means over those with a hidden tie; the interval of a difference
in recall is of a paired bootstrap over people.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crosstie.advice.colleagues import colleagues_of
from crosstie.advice.introductions import IntroductionSettings, introductions
from crosstie.network.network import Network
from crosstie.network.pairs import Pairs, both_ways
from crosstie.people.meeting import MeetingRules

LIST = 10
PEOPLE = 1005
HIDDEN = 0.1
Matrix = NDArray[np.float64]
Suggested = list[list[int]]


def read(folder: Path) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the undirected ties and everybody's department."""
    pairs = np.loadtxt(folder / "email-Eu-core.txt", dtype=np.int64)
    pairs = np.unique(np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1), axis=0)
    department = np.zeros(PEOPLE, dtype=np.int64)
    labels = np.loadtxt(folder / "email-Eu-core-department-labels.txt", dtype=np.int64)
    department[labels[:, 0]] = labels[:, 1]
    return pairs, department


def network_of(pairs: NDArray[np.int64], department: NDArray[np.int64]) -> Network:
    count = len(pairs)
    ones, nothing = np.ones(count), np.zeros(count)
    yes, blank = np.ones(count, dtype=np.bool_), np.full(count, "", dtype=object)
    ties = Pairs(
        low=pairs[:, 0].astype(np.int32),
        high=pairs[:, 1].astype(np.int32),
        contact=ones,
        known_contact=ones,
        low_learned=nothing,
        low_turned_to=nothing,
        high_learned=nothing,
        high_turned_to=nothing,
        first_at=nothing.astype(np.int64),
        last_at=nothing.astype(np.int64),
        stated=yes,
        known=yes,
        is_open=yes,
        low_evidence=blank,
        high_evidence=blank,
    )
    return Network(
        persons=np.array([f"p{number:04}" for number in range(PEOPLE)], dtype=object),
        ties=both_ways(ties, active_contact=0.25),
        as_of=datetime(2026, 1, 1, tzinfo=UTC),
        groups={"department": np.array([f"d{number}" for number in department], dtype=object)},
    )


def touching(pairs: NDArray[np.int64]) -> Matrix:
    matrix = np.zeros((PEOPLE, PEOPLE))
    matrix[pairs[:, 0], pairs[:, 1]] = matrix[pairs[:, 1], pairs[:, 0]] = 1.0
    return matrix


def ours(pairs: NDArray[np.int64], department: NDArray[np.int64], seed: int, **changes: Any) -> Suggested:
    network = network_of(pairs, department)
    colleagues = colleagues_of(network, network.ties)
    rules = MeetingRules(on=date(2026, 1, 1), joined=frozenset(network.persons.tolist()))
    settings = IntroductionSettings(most=LIST, seed=seed, **changes)
    return [
        [
            int(one.candidate[1:])
            for one in introductions(person, colleagues=colleagues, rules=rules, settings=settings)
        ]
        for person in network.persons.tolist()
    ]


def ranked(score: Callable[[Matrix], Matrix], *, bridges: int = 0) -> Callable[..., Suggested]:
    """Return what suggests by a score; the last few from departments with fewer than two contacts."""

    def suggest(pairs: NDArray[np.int64], department: NDArray[np.int64], seed: int) -> Suggested:
        matrix = touching(pairs)
        found = score(matrix) + 1e-9 * np.random.default_rng(seed).random(matrix.shape)
        found[(matrix > 0) | np.eye(PEOPLE, dtype=np.bool_)] = -np.inf
        reached = np.stack(
            [matrix[:, department == unit].sum(axis=1) for unit in range(department.max() + 1)], 1
        )
        lists = []
        for person in range(PEOPLE):
            order = np.argsort(-found[person])
            near = order[: LIST - bridges].tolist()
            far = (reached[person, department[order]] < 2) & (department[order] != department[person])
            near += [one for one in order[far].tolist() if one not in near][:bridges]
            lists.append((near + [one for one in order.tolist() if one not in near])[:LIST])
        return lists

    return suggest


def allocation(matrix: Matrix) -> Matrix:
    found: Matrix = (matrix / np.maximum(matrix.sum(axis=1), 1)) @ matrix
    return found


def popularity(matrix: Matrix) -> Matrix:
    return np.tile(matrix.sum(axis=1), (PEOPLE, 1)).astype(np.float64)


def judged(
    lists: Suggested, pairs: NDArray[np.int64], hidden: NDArray[np.int64], department: NDArray[np.int64]
) -> dict[str, Any]:
    matrix, away = touching(pairs), touching(hidden)
    common, degree = matrix @ matrix, matrix.sum(axis=1)
    ties = (common * matrix).sum(axis=1) / 2
    times = np.bincount(np.array([one for every in lists for one in every]), minlength=PEOPLE)
    recall, gain, cross, redundant, named = [], [], [], [], set()
    for person in np.flatnonzero(away.sum(axis=1) > 0).tolist():
        every = np.array(lists[person], dtype=np.int64)
        recall.append(away[person, every].sum() / min(LIST, away[person].sum()))
        if len(every) == 0:
            continue
        named |= set(every.tolist())
        n, t, c = degree[person], ties[person], common[person, every]
        gain.append((1 - 2 * (t + c) / (n + 1) + (2 * t / n if n else 0)).mean())
        cross.append((department[every] != department[person]).mean())
        redundant.append((c / np.maximum(degree[every], 1)).mean())
    ordered = np.sort(times)
    share = np.arange(1, PEOPLE + 1)
    return {
        "recall": np.array(recall),
        "gain": np.mean(gain),
        "cross": np.mean(cross),
        "named": len(named) / PEOPLE,
        "redundant": np.mean(redundant),
        "uneven": 2 * (share * ordered).sum() / (PEOPLE * ordered.sum()) - (PEOPLE + 1) / PEOPLE,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--first", type=int, default=0, help="first seed; development used 100 to 102")
    beside = Path(__file__).resolve().parents[1].parent / "shared" / "data"
    parser.add_argument("--data", type=Path, default=beside)
    chosen = parser.parse_args()
    folder = chosen.data / "email-eu-core"
    if not folder.is_dir():
        print(f"{folder} is absent: nothing to measure.")
        return
    every, department = read(folder)
    ways: dict[str, Callable[..., Suggested]] = {
        "chance": ranked(np.zeros_like),
        "popularity": ranked(popularity),
        "resource allocation": ranked(allocation),
        "7 of it + 3 far": ranked(allocation, bridges=3),
        "ours, nearest only": lambda *a: ours(*a, bridge_share=0.0, size=0.0, diversity=0.0),
        "ours": ours,
    }
    results: dict[str, list[dict[str, Any]]] = {name: [] for name in ways}
    spent = 0.0
    for seed in range(chosen.first, chosen.first + chosen.seeds):
        order = np.random.default_rng(seed).permutation(len(every))
        hidden, kept = np.split(every[order], [int(HIDDEN * len(every))])
        for name, suggest in ways.items():
            start = time.process_time()
            lists = suggest(kept, department, seed)
            spent += (time.process_time() - start) if name == "ours" else 0.0
            results[name].append(judged(lists, kept, hidden, department))
    names = ("recall", "gain", "cross", "named", "redundant", "uneven")
    print(f"{'list of ten':22}" + "".join(f"{name:>11}" for name in names))
    for name, found in results.items():
        means = [np.mean([np.mean(one[column]) for one in found]) for column in names]
        print(f"{name:22}" + "".join(f"{mean:11.3f}" for mean in means))
    apart = np.concatenate(
        [a["recall"] - b["recall"] for a, b in zip(results["ours"], results["7 of it + 3 far"], strict=True)]
    )
    generator = np.random.default_rng(1)
    drawn = [generator.choice(apart, len(apart)).mean() for _ in range(2000)]
    low, high = np.percentile(drawn, [5, 95])
    print(f"recall, ours less 7 + 3: {apart.mean():+.3f} ({low:+.3f} to {high:+.3f}, 90 %)")
    print(f"{1000 * spent / (PEOPLE * chosen.seeds):.1f} CPU-ms a person")


if __name__ == "__main__":
    main()
