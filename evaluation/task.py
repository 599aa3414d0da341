"""What a task of the evaluation is, and how one is run from the command line.

    .venv/bin/python -m evaluation.routing --data ../shared/data --json --out predictions.jsonl

A module ends with

    TASK = Task(name="routing", question="…", splits="…", run=run)

    if __name__ == "__main__":
        main(TASK)
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from evaluation.comparing import Difference

DATA = Path("../shared/data")

Cell = float | int | str | Difference | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of results: a row a way, the trivial ones among them.

    Attributes:
        title: which data, and how many cases.
        rows: one a way, by its name; every row has the same columns.
    """

    title: str
    rows: Mapping[str, Mapping[str, Cell]]

    def __str__(self) -> str:
        columns = list(next(iter(self.rows.values()), {}))
        lines = ["| " + " | ".join(["", *columns]) + " |", "| --- " * (len(columns) + 1) + "|"]
        lines += [
            "| " + " | ".join([name, *(_shown(row.get(column)) for column in columns)]) + " |"
            for name, row in self.rows.items()
        ]
        return "\n".join([self.title, "", *lines])


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    return f"{cell:.3f}" if isinstance(cell, float) else str(cell)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a task found.

    Attributes:
        tables: what there is to read.
        facts: what else a reader must know to trust it: counts, settings, seconds.
        verdicts: whether each thing that was aimed at is met, in words with figures.
        predictions: one line a case, in the task's own form, so that anyone can score them anew.
    """

    tables: Sequence[Table]
    facts: Mapping[str, object] = field(default_factory=dict)
    verdicts: Sequence[str] = ()
    predictions: Iterable[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One question about the advice, with an answer that anyone can get again.

    Attributes:
        name: the module's name.
        question: what it asks, in plain words.
        splits: data, splits, truth and baselines, written down before the first run.
        run: the folder of data, and whether to look at the development part alone; gives the result.
    """

    name: str
    question: str
    splits: str
    run: Callable[[Path, bool], Result]


def main(task: Task, arguments: Sequence[str] | None = None) -> None:
    """Run one task: print its tables, or everything as JSON, and write its predictions."""
    parser = argparse.ArgumentParser(
        prog=f"python -m evaluation.{task.name}",
        description=f"{task.question}\n\n{task.splits}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of data (default: %(default)s)")
    parser.add_argument(
        "--development", action="store_true", help="look at what things were tuned on, never at the test"
    )
    parser.add_argument("--out", type=Path, help="where to write the predictions")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    given = parser.parse_args(arguments)
    if not given.data.is_dir():
        sys.exit(f'There is no data: "{given.data}" is no folder. Name it with --data.')
    began = time.process_time()
    try:
        result = task.run(given.data, given.development)
    except FileNotFoundError as missing:
        sys.exit(f'This task needs "{missing.filename}", which is not there.')
    if given.out:
        given.out.write_text("".join(f"{line}\n" for line in result.predictions), encoding="utf-8")
    facts = {"part": "development" if given.development else "test"} | dict(result.facts)
    facts["cpu_seconds"] = round(time.process_time() - began, 1)
    if given.json:
        print(json.dumps(_plain(task, result, facts), ensure_ascii=False, indent=2))
        return
    print(f"## {task.question}\n\n{task.splits}\n")
    for table in result.tables:
        print(f"{table}\n")
    for line in result.verdicts:
        print(f"- {line}")
    print("\n" + ", ".join(f"{key} {value}" for key, value in facts.items()))


def _plain(task: Task, result: Result, facts: Mapping[str, object]) -> dict[str, object]:
    return {
        "task": task.name,
        "question": task.question,
        "facts": facts,
        "tables": [
            {
                "title": table.title,
                "rows": {
                    name: {key: _cell(cell) for key, cell in row.items()} for name, row in table.rows.items()
                },
            }
            for table in result.tables
        ],
        "verdicts": list(result.verdicts),
    }


def _cell(cell: Cell) -> object:
    return asdict(cell) | {"verdict": cell.verdict} if isinstance(cell, Difference) else cell
