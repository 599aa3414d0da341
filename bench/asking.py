"""How long does advice take to prepare, and to give? On made-up messages, in CPU seconds.

Words are drawn as in speech: few of them very often, most of them hardly ever (Zipf, 30,000 words).

    python bench/asking.py --rows 200000
    python bench/asking.py --rows 1000000
    python bench/asking.py --rows 200000 --files 3     # changes of so many files, each reviewed
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import numpy as np
from msgspec.structs import replace

from crosstie.advice.activity import Activity
from crosstie.advice.experts import FALLBACK, suggest
from crosstie.advice.history import History
from crosstie.advice.votes import votes
from crosstie.config import AdviceSettings
from crosstie.ideas import Index, NewIndex
from crosstie.record import Interaction, Kind, Openness, Record

PEOPLE, PLACES, WORDS, THREAD = 5_000, 300, 30_000, 6
START = datetime(2024, 1, 1, tzinfo=UTC)
QUESTIONS = 60

T = TypeVar("T")


def sentences(dice: np.random.Generator, count: int, length: int) -> list[str]:
    """Return texts of so many words."""
    drawn = np.minimum(dice.zipf(1.2, size=(count, length)), WORDS) - 1
    return [" ".join(f"w{word}" for word in row) for row in drawn.tolist()]


def interactions(rows: int) -> Iterator[Interaction]:
    """Yield threads of six messages."""
    dice = np.random.default_rng(20)
    step = timedelta(days=730) / rows
    for first in range(0, rows, 6_000):
        count = min(6_000, rows - first)
        texts = sentences(dice, count, 30)
        people = np.minimum(dice.zipf(1.4, size=count), PEOPLE).tolist()
        for row in range(count):
            number = first + row
            root = number - number % THREAD
            yield Interaction(
                source="chat:bench",
                external_id=f"m{number:023}",
                kind=Kind.SAID if number == root else Kind.REPLIED,
                at=START + number * step,
                actor=f"p{people[row]}",
                place=f"place{(root // THREAD) % PLACES}",
                openness=Openness.OPEN,
                thread=f"t{root}",
                text=texts[row],
                asks=number == root,
            )


def changes(rows: int, files: int) -> Iterator[Interaction]:
    """Yield changes in folders of folders, each reviewed by somebody else."""
    dice = np.random.default_rng(20)
    step = timedelta(days=730) / rows
    for first in range(0, rows, 6_000):
        count = min(6_000, rows - first)
        texts, names = sentences(dice, count, 30), sentences(dice, count * max(files, 1), 4)
        people = np.minimum(dice.zipf(1.4, size=(2, count)), PEOPLE).tolist()
        for row in range(count):
            change, at = f"m{first + row:023}", START + (first + row) * step
            author, reviewer = (f"p{one[row]}" for one in people)
            paths = [f"src/{name.replace(' ', '/')}.c" for name in names[row * files : (row + 1) * files]]
            said = Interaction(
                source="git:bench",
                external_id=change,
                kind=Kind.SAID,
                at=at,
                actor=author,
                place="repository",
                openness=Openness.OPEN,
                thread=change,
                text=texts[row],
                files=tuple(paths),
            )
            yield said
            review = {"external_id": f"{change}/r", "kind": Kind.REVIEWED, "actor": reviewer}
            yield replace(said, **review, addressed=(author,), text=None, files=())


def timed(label: str, make: Callable[[], T]) -> T:
    """Do something; print its CPU seconds."""
    start = time.process_time()
    made = make()
    print(f"{label}: {time.process_time() - start:.1f} CPU s")
    return made


def quantiles(label: str, do: Callable[[str], object], texts: list[str]) -> None:
    """Do something for each text; print the middle and the slow end in milliseconds of wall time and CPU."""
    took = []
    for text in texts:
        wall, cpu = time.perf_counter(), time.process_time()
        do(text)
        took.append((time.perf_counter() - wall, time.process_time() - cpu))
    middle, slow = np.quantile(np.array(took) * 1_000, [0.5, 0.95], axis=0)
    print(
        f"{label}: p50 {middle[0]:.0f} ms, p95 {slow[0]:.0f} ms; CPU p50 {middle[1]:.0f}, p95 {slow[1]:.0f}"
    )


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--files", type=int, help="files a change; without it there are messages instead")
    rows, files = (given := parser.parse_args()).rows, given.files
    with tempfile.TemporaryDirectory() as folder:
        record = Record(Path(folder) / "record")
        record.append(interactions(rows) if files is None else changes(rows, files))
        file = Path(folder) / "index.sqlite"
        names = [f"Given{row} Family{row}" for row in range(PEOPLE)]
        person_of = {f"p{row}": f"p{row}" for row in range(PEOPLE + 1)}
        with record.connect() as connection:
            timed("index", lambda: NewIndex.build(file, connection, person_of=person_of, names=names))
        print(f"size: {file.stat().st_size / 1e6:.0f} MB")
        with Index(file) as index:
            history = timed("history", lambda: History.of(index))
            end = int(history.answers.at[-1])
            before = Activity.before(history.answers, people=len(history.people))
            activity = timed("activity", lambda: before.after(history.answers, end))
            number_of = {key: row for row, key in enumerate(history.people)}

            def helped(text: str) -> object:
                voted = votes(index, text, number_of=number_of)
                return suggest(activity, voted, weights=FALLBACK, settings=AdviceSettings(), place=3)

            for length in (8, 40):
                texts = sentences(np.random.default_rng(7), QUESTIONS, length)
                quantiles(f"who can help, {length} words", helped, texts)
                quantiles(f"answered before, {length} words", index.similar, texts)
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
