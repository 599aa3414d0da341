"""Is the earlier thread found that people themselves link to when somebody asks again?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from crosstie.ideas import Asked, Index, NewIndex
from crosstie.ideas.recency import recent
from crosstie.ideas.threads import Question
from evaluation._linked import SITE, Linked, linked, posts_in
from evaluation._rolled import SETTLED, Told, rolling, told_in
from evaluation.comparing import difference
from evaluation.task import Cell, Result, Table, Task, main
from evaluation.unpacking import unpacked

DATA = ("zulip-lean-questions", "discourse-delving")
DEVELOPMENT = 0.5
DEEP = 1_000
SHOWN = (1, 5, 10)
REACH = 0.05
OURS, BASELINE = "ours", "BM25 over questions"


class Found(NamedTuple):
    """One question: its data set, the earlier ones linked to, and by each way the earlier ones in order."""

    data: str
    case: Linked
    ranked: Mapping[str, list[int]]

    def rank(self, way: str) -> int:
        """Return where the first of those linked to stands, 0 where it does not."""
        places = (row for row, number in enumerate(self.ranked[way], 1) if number in self.case.earlier)
        return next(places, 0)


def ways(index: Index, text: str, now: int) -> dict[str, list[int]]:
    """Return the earlier, answered questions in order, by each way to look for them."""
    nearest = dict(index.nearest_questions(text, most=DEEP))
    near_answers = dict(index.nearest_answers(text, most=DEEP))
    by_answers: dict[int, float] = {}
    for number, answer in index.answers(list(near_answers)).items():
        by_answers[answer.question] = max(by_answers.get(answer.question, 0.0), near_answers[number])
    both = {key: nearest.get(key, 0.0) + by_answers.get(key, 0.0) for key in nearest | by_answers}
    asked = {one.number: one.at for one in index.every_question()}
    answered = index.answers_to(list(asked)).keys()

    def ordered(scores: Mapping[int, float]) -> list[int]:
        return sorted(scores.keys() & answered, key=lambda key: (-scores[key], -key))

    return {
        "the latest first": ordered(asked),
        BASELINE: ordered(nearest),
        "BM25 over questions, the recent forward": ordered(
            {key: score + recent(asked[key], now) for key, score in nearest.items()}
        ),
        "BM25 over questions and answers": ordered(both),
        OURS: [one.asked.number for one in index.similar(text, most=DEEP, least=0.0)],
    }


def see(name: str, told: Told, cases: Iterable[Linked]) -> list[Found]:
    """Look for each case in what was said before it."""
    wanted = {one.question: one for one in cases}
    questions = {one.number: one.message for one in told.rows if isinstance(one, Question)}
    found = []
    with NewIndex(":memory:", names=told.names) as index:
        steps = rolling(index, told.rows, every=len(questions) // SETTLED)
        next(steps)
        for number in sorted(wanted):
            message = questions[number]
            steps.send(Asked(number, message.external_id, message.author, message.place, message.at))
            found.append(Found(name, wanted[number], ways(index, message.text, message.at)))
    return found


def table(title: str, found: list[Found]) -> Table:
    """Return what is to be read of some cases."""
    rows: dict[str, Mapping[str, Cell]] = {}
    ours = [_reciprocal(one.rank(OURS)) for one in found]
    for way in found[0].ranked:
        ranks = [one.rank(way) for one in found]
        theirs = [_reciprocal(rank) for rank in ranks]
        row: dict[str, Cell] = {"MRR": sum(theirs) / len(theirs)}
        row |= {f"first {most}": sum(0 < rank <= most for rank in ranks) / len(ranks) for most in SHOWN}
        row["ours by"] = None if way == OURS else difference(ours, theirs)
        rows[way] = row
    return Table(title=f"{title}: {len(found)} questions", rows=rows)


def _reciprocal(rank: int) -> float:
    return 1 / rank if rank else 0.0


def run(data: Path, development: bool) -> Result:  # noqa: FBT001 -- the form of every task
    """Look at both data sets, one part of each."""
    found: list[Found] = []
    pairs = 0
    for name in DATA:
        archive = data / f"{name}.tar.xz"
        told = told_in(archive, site=SITE)
        with unpacked(archive) as folder:
            cases = linked(told, posts_in(folder))
        half = int(len(cases) * DEVELOPMENT)
        found += see(name, told, cases[:half] if development else cases[half:])
        pairs += sum(len(one.earlier) for one in cases)
    tables = [table(name, [one for one in found if one.data == name]) for name in DATA]
    tables.append(table("both", found))
    by = difference(
        [_reciprocal(one.rank(OURS)) for one in found], [_reciprocal(one.rank(BASELINE)) for one in found]
    )
    return Result(
        tables=tables,
        facts={"pairs in both parts": pairs},
        verdicts=[f"against {BASELINE}, both data sets: {by}; aimed at {REACH:+.2f}"],
        predictions=[
            json.dumps(
                {
                    "data": one.data,
                    "question": one.case.question,
                    "linked": sorted(one.case.earlier),
                    "found": one.ranked[OURS][:50],
                }
            )
            for one in found
        ],
    )


TASK = Task(
    name="asked_before",
    question="Is the earlier thread found that people themselves link to when somebody asks again?",
    splits="""\
Labels: a later message of a question's thread, anybody's, links to an earlier thread of the stream or forum,
whose question had been answered by the time the new one was asked. Looked for is that earlier question, by
the text of the new one alone: without what was said later, and without the addresses that stand in it. All
earlier, answered questions are candidates; the index holds nothing later than the question.

Questions with such a link in order of time, of each data set: everything was tuned on the first half, which
--development shows; the tables are of the second half. There are few of them, and many that were asked before
are never linked, so that the figures are low by themselves: compare the rows. Intervals are of paired
differences over questions, 95 %.""",
    run=run,
)

if __name__ == "__main__":
    main(TASK)
