"""Are introductions near enough to be made, and do they widen a circle? Hidden ties of a real institution.

    .venv/bin/python bench/introductions.py [--seeds 5] [--data ../shared/data]

One tenth of the ties of email-Eu-core is hidden; ten people not in contact are suggested to everyone. Beside
ours stand what it is compared with: popularity, chance, resource allocation, and seven of that with three
from departments hardly reached. Figures are means over those with a hidden tie; the interval of a difference
in recall is of a paired bootstrap over people. Then the harder question, without departments: who of those
never in touch by day 380 writes to whom in the 60 days after.
"""

from __future__ import annotations

import argparse
import gzip
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


def network_of(
    pairs: NDArray[np.int64],
    department: NDArray[np.int64] | None = None,
    *,
    people: int = PEOPLE,
    contact: NDArray[np.float64] | None = None,
) -> Network:
    count = len(pairs)
    weights, nothing = np.ones(count) if contact is None else contact, np.zeros(count)
    yes, blank = np.ones(count, dtype=np.bool_), np.full(count, "", dtype=object)
    ties = Pairs(
        low=pairs[:, 0].astype(np.int32),
        high=pairs[:, 1].astype(np.int32),
        contact=weights,
        known_contact=weights,
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
        persons=np.array([f"p{number:04}" for number in range(people)], dtype=object),
        ties=both_ways(ties, active_contact=0.25),
        as_of=datetime(2026, 1, 1, tzinfo=UTC),
        groups={}
        if department is None
        else {"department": np.array([f"d{number}" for number in department], dtype=object)},
    )


def touching(pairs: NDArray[np.int64]) -> Matrix:
    matrix = np.zeros((PEOPLE, PEOPLE))
    matrix[pairs[:, 0], pairs[:, 1]] = matrix[pairs[:, 1], pairs[:, 0]] = 1.0
    return matrix


def ours(pairs: NDArray[np.int64], department: NDArray[np.int64], seed: int, **changes: Any) -> Suggested:
    return suggested(network_of(pairs, department), seed=seed, **changes)


def suggested(network: Network, *, seed: int = 0, **changes: Any) -> Suggested:
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


def future(file: Path, *, cut: int = 380, days: int = 60, half_life: float = 60.0) -> None:
    """Print how many of the ties that were to be are found: popularity, resource allocation, ours."""
    with gzip.open(file) as lines:
        rows = np.loadtxt(lines, dtype=np.int64)
    rows = rows[rows[:, 0] != rows[:, 1]]
    _, number = np.unique(rows[:, :2], return_inverse=True)
    ends, day = np.sort(number.reshape(-1, 2), axis=1), rows[:, 2] / 86_400
    people = int(ends.max()) + 1
    pair = ends[:, 0] * people + ends[:, 1]
    past = day < cut
    known, which = np.unique(pair[past], return_inverse=True)
    contact = np.bincount(which, weights=0.5 ** ((cut - day[past]) / half_life)).astype(np.float64)
    new = np.setdiff1d(np.unique(pair[(day >= cut) & (day < cut + days)]), known)
    coming, weights = np.zeros((2, people, people))
    coming[new // people, new % people] = coming[new % people, new // people] = 1.0
    weights[known // people, known % people] = weights[known % people, known // people] = np.log1p(contact)
    touched = weights > 0
    lists: dict[str, Suggested] = {}
    degree = touched.sum(axis=1).astype(np.float64)
    for name, score in (
        ("popularity", np.tile(degree, (people, 1))),
        ("resource allocation", allocation(weights)),
    ):
        noisy = score + 1e-12 * np.random.default_rng(0).random(score.shape)
        noisy[touched | np.eye(people, dtype=np.bool_)] = -1.0
        lists[name] = np.argsort(-noisy, axis=1)[:, :LIST].tolist()
    pairs = np.stack([known // people, known % people], axis=1)
    lists["ours"] = suggested(network_of(pairs, people=people, contact=contact))
    print(f"{'ties of the 60 days after':26}{'recall':>9}{'hit':>9}")
    found: dict[str, NDArray[np.float64]] = {}
    for name, every in lists.items():
        hits = [
            (coming[one, every[one]].sum() if every[one] else 0.0, min(LIST, coming[one].sum()))
            for one in np.flatnonzero(coming.sum(axis=1) > 0).tolist()
        ]
        found[name] = np.array([hit / most for hit, most in hits])
        print(f"{name:26}{found[name].mean():9.3f}{np.mean([hit > 0 for hit, _ in hits]):9.3f}")
    print_apart("recall, ours less resource allocation", found["ours"] - found["resource allocation"])


def print_apart(what: str, apart: NDArray[np.float64]) -> None:
    generator = np.random.default_rng(1)
    drawn = [generator.choice(apart, len(apart)).mean() for _ in range(2000)]
    low, high = np.percentile(drawn, [5, 95])
    print(f"{what}: {apart.mean():+.3f} ({low:+.3f} to {high:+.3f}, 90 %)")


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
    print_apart("recall, ours less 7 + 3", apart)
    print(f"{1000 * spent / (PEOPLE * chosen.seeds):.1f} CPU-ms a person")
    future(folder / "email-Eu-core-temporal.txt.gz")


if __name__ == "__main__":
    main()
