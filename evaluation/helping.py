"""Does the network find who helped whom, where people wrote it down? Trailers hidden, acts kept.

**git**: on 82,000 commits people wrote *Helped-by* and *Mentored-by* (any case, slips too) beside the
author: who learned from whom. These are hidden; what is left are *Reviewed-by*, *Acked-by* and
*Co-authored-by*, of other commits and of the same one. **ltp** has no such trailers; there *Reviewed-by* and
*Acked-by* are hidden, and what is left are the replies on the project's mailing list in 2023 and 2024, and
commits of that time.

A case is a learner and one who helped them, at the day of the first such trailer of the two. Beside each
stand three people, drawn by chance, who were as busy (four fifths to five quarters as many commits and kept
acts as the teacher, in the two years around the day) and did not help that learner; where there are not
three, the pair is left out, and the title says how many are left. *AUC* is how often the one who helped
stands above one who did not, equal ones counting half, 0.5 for whoever only knows who is busy. Learners are
divided by a hash of their name: a third is development, the rest the test. The interval is of a bootstrap
over learners; *p* is the share of 10,000 permutations, each choosing anew who of the four helped, that reach
it. First tried on development with the five nearest in activity, beside whom mere activity had 0.66, since
nobody is as busy as the busiest; so those who cannot be matched are left out.

*Ours* is what the product's network says that the learner learned from the teacher, acts counting by its
table and halved with 180 days of distance from the day, and, where they are near without an act of their
own, resource allocation over the same ties.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from evaluation._commits import Act, Log, log_of, replies
from evaluation.comparing import difference
from evaluation.task import Cell, Result, Table, Task, main

ABOUT = float(np.log(1.25))
"""Somebody is as busy as another with four fifths to five quarters as many commits and acts."""

BESIDE, YEAR, HALF_LIFE_DAYS = 3, 365.0, 180.0
PERMUTATIONS, SEED = 10_000, 20
HELPED = ("Helped-by", "Mentored-by", "Co-mentored-by")
REVIEWED = ("Reviewed-by", "Acked-by")
REACH = 0.75
NEAR = 0.1
"""What nearness over others counts beside an act of the two."""


class Case(NamedTuple):
    """A learner, the one who helped first among three who did not, and the day."""

    learner: str
    those: tuple[str, ...]
    day: float


class Kept:
    """The acts that are not hidden, and how busy everyone was when."""

    def __init__(self, acts: Sequence[Act], commits: Mapping[str, Sequence[float]]) -> None:
        self.acts = acts
        days: dict[str, list[float]] = {one: list(theirs) for one, theirs in commits.items()}
        for act in acts:
            days.setdefault(act.teacher, []).append(act.day)
        self.people = tuple(sorted(days))
        self.days = {one: np.sort(theirs) for one, theirs in days.items()}
        self.row = {one: number for number, one in enumerate(self.people)}
        ends = [(self.row[act.learner], self.row[act.teacher]) for act in acts if act.learner in self.row]
        known = [act for act in acts if act.learner in self.row]
        self.learner, self.teacher = np.array(ends, dtype=np.int64).reshape(-1, 2).T
        self.day = np.array([act.day for act in known])
        self.learned = np.array([act.learned for act in known])
        self.back = np.array([act.learned_back for act in known])

    def busy(self, day: float) -> NDArray[np.int64]:
        """Return (P,) how many commits and acts of help each person has within a year of a day."""
        return np.array(
            [
                np.searchsorted(self.days[one], day + YEAR) - np.searchsorted(self.days[one], day - YEAR)
                for one in self.people
            ]
        )

    def learned_at(self, day: float) -> csr_array:
        """Return (P, P) what the learner of a row learned from the teacher of a column, around a day."""
        fade = 0.5 ** (np.abs(self.day - day) / HALF_LIFE_DAYS)
        there = csr_array((self.learned * fade, (self.learner, self.teacher)), shape=(len(self.people),) * 2)
        back = csr_array((self.back * fade, (self.teacher, self.learner)), shape=there.shape)
        return csr_array(there + back)


def cases_of(hidden: Sequence[Act], kept: Kept, *, development: bool) -> list[Case]:
    """Return the cases of one part: each pair once, with three as busy as who helped."""
    first: dict[tuple[str, str], float] = {}
    for act in hidden:
        pair = act.learner, act.teacher
        first[pair] = min(act.day, first.get(pair, act.day))
    found: list[Case] = []
    for (learner, teacher), day in sorted(first.items()):
        is_development = hashlib.sha256(learner.encode()).digest()[0] % 3 == 0
        if is_development is not development or teacher not in kept.row or learner not in kept.row:
            continue
        others = _as_busy(kept, learner, teacher, day, seed=len(found))
        beside = [one for one in others if (learner, one) not in first][:BESIDE]
        if len(beside) == BESIDE:
            found.append(Case(learner, (teacher, *beside), day))
    return found


def _as_busy(kept: Kept, learner: str, teacher: str, day: float, *, seed: int) -> list[str]:
    """Return the others who were about as busy as a teacher around a day, in an order that chance decides."""
    busy = kept.busy(day)
    apart = np.abs(np.log((1.0 + busy) / (1.0 + busy[kept.row[teacher]])))
    rows = np.flatnonzero((busy > 0) & (apart <= ABOUT))
    drawn = np.random.default_rng([SEED, seed]).permutation(rows).tolist()
    return [one for one in (kept.people[row] for row in drawn) if one not in {learner, teacher}]


def scores(case: Case, kept: Kept) -> dict[str, NDArray[np.float64]]:
    """Return what each way says of them; (4,) each."""
    me, those = kept.row[case.learner], np.array([kept.row[one] for one in case.those])
    around = kept.learned_at(case.day)
    contact = csr_array(around + around.T)
    contact.data = np.log2(1.0 + contact.data)
    strength = contact.sum(axis=1)
    share = np.divide(1.0, strength, out=np.zeros_like(strength), where=strength > 0)
    mine, theirs = contact[[me]].toarray()[0], contact[:, those].toarray()
    near = (mine * share) @ theirs
    learned = around[[me]].toarray()[0][those]
    return {
        "activity": kept.busy(case.day)[those].astype(np.float64),
        "any act between them": (mine[those] > 0).astype(np.float64),
        "learned, by its acts": learned,
        "ours": learned + NEAR * near,
    }


def auc(those: NDArray[np.float64], helped: NDArray[np.int64] | int = 0) -> NDArray[np.float64]:
    """Return (n,) how often the one who helped stands above one who did not; equal ones count half.

    Args:
        those: (n, 4) scores of each case.
        helped: (n,) who of them helped.
    """
    their = np.take_along_axis(those, np.broadcast_to(np.asarray(helped), (len(those),))[:, None], axis=1)
    above = (their > those).sum(axis=1) + 0.5 * ((their == those).sum(axis=1) - 1)
    found: NDArray[np.float64] = above / (those.shape[1] - 1)
    return found


def permuted(those: NDArray[np.float64]) -> float:
    """Return the share of permutations, each choosing anew who helped, whose AUC is as large."""
    every = np.stack([auc(those, who) for who in range(those.shape[1])], axis=1)
    reached = every[:, 0].mean() - 1e-12
    dice = np.random.default_rng(SEED)
    rows = np.arange(len(those))
    times = sum(
        every[rows, dice.integers(0, those.shape[1], len(those))].mean() >= reached
        for _ in range(PERMUTATIONS)
    )
    return float((1 + times) / (1 + PERMUTATIONS))


def judged(name: str, cases: Sequence[Case], kept: Kept) -> tuple[Table, list[str], list[str]]:
    """Return the table of one project, its verdicts and predictions."""
    found: dict[str, list[NDArray[np.float64]]] = {}
    for case in cases:
        for way, those in scores(case, kept).items():
            found.setdefault(way, []).append(np.round(those, 12))
    learners = [case.learner for case in cases]
    rows: dict[str, dict[str, Cell]] = {}
    verdicts = []
    for way, every in found.items():
        those = np.array(every)
        apart = difference(auc(those), np.full(len(those), 0.5), groups=learners)
        less = difference(auc(those), auc(np.array(found["activity"])), groups=learners)
        rows[way] = {
            "AUC": float(auc(those).mean()),
            "less chance": apart,
            "less activity": None if way == "activity" else less,
            "p": f"{permuted(those):.4f}",
        }
        if way == "ours":
            is_reached = "reached" if auc(those).mean() >= REACH else "not reached"
            verdicts.append(
                f"{name}: AUC {auc(those).mean():.3f}, beside 0.5 {apart}; to reach {REACH}: {is_reached}"
            )
    title = f"{name}: {len(cases)} pairs of {len(set(learners))} learners, each beside {BESIDE} as busy"
    # People by number: names of real people have no place in a file of predictions.
    predictions = [
        json.dumps({"data": name, "case": number, "scores": [round(float(one), 6) for one in those]})
        for number, those in enumerate(found.get("ours", []))
    ]
    return Table(title=title, rows=rows), verdicts, predictions


def git(data: Path) -> tuple[Sequence[Act], Kept]:
    """Return what is hidden and what is kept of git's log."""
    log = log_of(data / "git", "git")
    return _divided(log, HELPED, ())


def ltp(data: Path) -> tuple[Sequence[Act], Kept]:
    """Return what is hidden and what is kept of ltp's log and list."""
    mails = replies(data / "mail-ltp-2023-2024.mbox.gz")
    first, last = min(act.day for act in mails), max(act.day for act in mails)
    log = log_of(data / "git", "ltp")
    within = Log(
        acts=tuple(act for act in log.acts if first <= act.day <= last),
        commits={
            one: during
            for one, days in log.commits.items()
            if (during := tuple(day for day in days if first <= day <= last))
        },
    )
    return _divided(within, REVIEWED, mails)


def _divided(log: Log, away: tuple[str, ...], mails: Sequence[Act]) -> tuple[Sequence[Act], Kept]:
    hidden = [act for act in log.acts if act.label in away]
    return hidden, Kept([act for act in log.acts if act.label not in away] + list(mails), log.commits)


PROJECTS: Mapping[str, Callable[[Path], tuple[Sequence[Act], Kept]]] = {"git": git, "ltp": ltp}


def run(data: Path, development: bool) -> Result:  # noqa: FBT001 - as `Task` has it
    """Look for who helped whom, in both projects."""
    tables, verdicts, predictions = [], [], []
    for name, read in PROJECTS.items():
        hidden, kept = read(data)
        cases = cases_of(hidden, kept, development=development)
        table, said, lines = judged(name, cases, kept)
        tables.append(table)
        verdicts += said
        predictions += lines
    return Result(tables=tables, verdicts=verdicts, predictions=predictions)


TASK = Task(
    name="helping",
    question="Does the network find who helped whom, where people wrote it down?",
    splits=(__doc__ or "").split("\n\n", 1)[1].strip(),
    run=run,
)

if __name__ == "__main__":
    main(TASK)
