"""What are the topics of an archive called? Prints all labels, also of topics too small to be shown.

    python bench/labels.py zulip-ncar.tar.xz mail-ltp-2023-2024.mbox.gz
    python bench/labels.py demo

One line a topic, the largest first: how many conversations and people it has, its label, its words. Whether
people can read a label is for a reader to judge; `docs/explanation/topics.md` says by which rule, and how
many a reader found readable.
"""

from __future__ import annotations

import argparse
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from crosstie.actions import demo, reading, topics
from crosstie.actions.home import Home
from crosstie.ideas.topics.profiles import people_in

DATA = Path("../shared/data")
DEMO = "demo"


@contextmanager
def read(archive: Path) -> Iterator[Home]:
    """Give a workspace with an archive, a file or the made-up company in it, for as long as it is needed."""
    with tempfile.TemporaryDirectory() as folder, Home(Path(folder) / "workspace") as home:
        if archive.name == DEMO:
            demo.make(home)
        elif tarfile.is_tarfile(archive):
            with tarfile.open(archive) as opened:
                opened.extractall(Path(folder) / "data", filter="data")
            reading.read(home, reading.plan(f"{folder}/data"))
        else:
            reading.read(home, reading.plan(str(archive)))
        yield home


def show(home: Home) -> None:
    """Print the labels of a workspace."""
    kept = topics.current(home)
    found, main = kept.topics, kept.topics.about.main
    sizes = np.bincount(main[main >= 0], minlength=len(found))
    people = people_in(kept.took, main, len(found))
    for row in np.argsort(-sizes, kind="stable").tolist():
        if sizes[row]:
            print(f"{sizes[row]:5} {people[row]:4}  {found.labels[row]}  ({', '.join(found.words[row])})")


def main() -> None:
    """Print them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("archives", nargs="+", help=f"files of the data folder, or {DEMO}")
    parser.add_argument("--data", type=Path, default=DATA)
    given = parser.parse_args()
    for archive in given.archives:
        print(f"\n{archive}")
        with read(given.data / archive) as home:
            show(home)


if __name__ == "__main__":
    main()
