"""How long do topics and profiles take, how much memory, and do they stay the same? In CPU seconds.

A workspace is made of an archive, repeated with other ids and later times until there are so many messages
(repeated words: the vocabulary does not grow as it would). Then topics, profiles and what ties are about are
made from its record in a process of its own, as a worker makes them; then a month's new messages are added
and only those are assigned. Beside it, in a process of its own as well: scikit-learn's own recipe for topics,
TF-IDF and MiniBatchNMF, on the same messages, for a hundred topics, without profiles.

    python bench/ideas.py --messages 100000
    python bench/ideas.py --stability zulip-ncar
    python bench/ideas.py --embedding
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar

import numpy as np
from msgspec import convert
from msgspec.structs import replace

from crosstie.actions import reading, snapshots, topics
from crosstie.actions.home import Home
from crosstie.ideas import Names
from crosstie.ideas.messages import messages
from crosstie.ideas.topics import Conversations, Sensitive, Topics, conversations
from crosstie.ideas.topics import topics as find_topics
from crosstie.record import Interaction

DATA, ARCHIVE = Path("../shared/data"), "zulip-lean-questions"
LATER = timedelta(days=1_800)
NEW_SHARE = 0.03  # about a month of five years
EMBEDDED = 300
WORDS_A_TEXT = 20

T = TypeVar("T")


def timed(label: str, make: Callable[[], T]) -> T:
    """Do something; print its CPU seconds and the highest memory so far."""
    start = time.process_time()
    made = make()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{label}: {time.process_time() - start:.1f} CPU s; peak {peak:.0f} MiB", flush=True)
    return made


def read_into(folder: Path, archive: Path) -> None:
    """Read an archive into a workspace."""
    with tempfile.TemporaryDirectory() as data, tarfile.open(archive) as opened, Home(folder) as home:
        opened.extractall(data, filter="data")
        reading.read(home, reading.plan(data))


def repeated(rows: list[Interaction], first: int, count: int) -> Iterator[Interaction]:
    """Yield so many further interactions: the same words, of other messages, at later times."""
    for number in range(first, first + count):
        turn, row = divmod(number, len(rows))
        one = rows[row]
        yield replace(
            one,
            external_id=f"{one.external_id}+{turn}",
            thread=f"{one.thread}+{turn}" if one.thread else "",
            replies_to=f"{one.replies_to}+{turn}" if one.replies_to else "",
            at=None if one.at is None else one.at + turn * LATER,
        )


def said(home: Home) -> list[Interaction]:
    """Return the messages of a workspace, in order of time."""
    with home.record.connect() as connection:
        columns = ", ".join(f'"{name}"' for name in Interaction.__struct_fields__)
        found = connection.execute(
            f'SELECT {columns} FROM interactions WHERE text IS NOT NULL ORDER BY "at", external_id'
        ).fetchall()
    return [convert(dict(zip(Interaction.__struct_fields__, row, strict=True)), Interaction) for row in found]


def make(folder: Path) -> None:
    """Make topics of a workspace, as a worker does; its snapshot is there."""
    with Home(folder, create=False) as home:
        snapshot = snapshots.current(home)
        shutil.rmtree(snapshot.folder / snapshots.TOPICS, ignore_errors=True)
        timed("topics, profiles and what ties are about", lambda: topics.make(home, snapshot.folder))
        kept = topics.current(home)
        main = kept.topics.about.main
        print(
            f"{len(kept.topics.key):,} conversations, {(main >= 0).mean():.0%} with one of {len(kept.topics)}"
            f" topics; {len(kept.profiles):,} rows of profiles, {len(kept.learned):,} of ties; coherence"
            f" {coherence(kept.topics.words, texts_of(home)):.3f}"
        )


def peer(folder: Path, count: int) -> None:
    """Find as many topics by scikit-learn's own recipe."""
    from sklearn.decomposition import MiniBatchNMF
    from sklearn.feature_extraction.text import TfidfVectorizer

    with Home(folder, create=False) as home:
        texts = texts_of(home)
    counting = TfidfVectorizer(max_features=20_000, min_df=3, max_df=0.2, sublinear_tf=True, dtype=np.float32)
    model = MiniBatchNMF(n_components=count, random_state=20)

    def fit() -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        model.fit_transform(counting.fit_transform(texts))
        return np.asarray(model.components_)

    weights = timed(f"scikit-learn {count} topics, TF-IDF and MiniBatchNMF", fit)
    names = counting.get_feature_names_out()
    words = tuple(tuple(names[row.argsort()[::-1][:8]].tolist()) for row in weights)
    print(f"coherence {coherence(words, texts):.3f}")


def texts_of(home: Home) -> list[str]:
    """Return all texts."""
    with home.record.connect() as connection:
        return [one.text for one in messages(connection, home.persons().person_of)]


def coherence(words: tuple[tuple[str, ...], ...], texts: list[str]) -> float:
    """Return the mean NPMI of the pairs among each topic's words, within messages (Bouma 2009)."""
    from crosstie.ideas.topics.wording import words_of

    wanted = {word: row for row, word in enumerate(sorted({one for row in words for one in row}))}
    there = np.zeros((len(wanted), len(texts)), dtype=np.bool_)
    for column, text in enumerate(texts):
        for word in set(words_of(text)) & wanted.keys():
            there[wanted[word], column] = True
    share = there.mean(axis=1)
    found = []
    for row in words:
        numbers = [wanted[word] for word in row]
        for at, one in enumerate(numbers):
            for other in numbers[at + 1 :]:
                both = float((there[one] & there[other]).mean())
                known = both > 0
                found.append(np.log(both / (share[one] * share[other])) / -np.log(both) if known else -1.0)
    return float(np.mean(found))


def stability(archive: Path) -> None:
    """Say how many conversations and topics keep theirs where nothing changed, and where months went by."""
    with tempfile.TemporaryDirectory() as folder:
        read_into(Path(folder) / "workspace", archive)
        with Home(Path(folder) / "workspace", create=False) as home:
            who, names = home.persons(), {key: one[0] for key, one in home.store.places.names().items()}
            with home.record.connect() as connection:
                told = list(messages(connection, who.person_of))
        sensitive, everyone = Sensitive(), Names(one.name for one in who.by_key.values())

        @cache
        def columns(until: int) -> Conversations:
            return conversations(told[:until], names=everyone, sensitive=sensitive, place_names=names)

        def found(until: int, seed: int = 20, before: Topics | None = None, *, anew: bool = False) -> Topics:
            return find_topics(
                columns(until), place_names=names, sensitive=sensitive, seed=seed, before=before, is_anew=anew
            )

        whole = found(len(told))
        for label, then, now in (
            ("the same messages, once more", whole, found(len(told))),
            *(
                (f"looked for anew, seed {seed}", whole, found(len(told), seed, whole, anew=True))
                for seed in (1, 2, 3)
            ),
            *(
                (f"without what was before, seed {seed}", whole, cold(found(len(told), seed), whole))
                for seed in (1, 2)
            ),
            *months(found, len(told)),
        ):
            kept = same(then, now)
            print(f"{label}: {kept[0]:.3f} of topics, {kept[1]:.3f} of conversations keep theirs")


def months(found: Callable[..., Topics], count: int) -> Iterator[tuple[str, Topics, Topics]]:
    """Yield topics after ten steps of a fortieth more messages beside those before, and looked for anew."""
    for seed in (20, 1, 2, 3, 4, 5):
        first = now = found(count * 3 // 4, seed)
        for step in range(1, 11):
            now = found(count * 3 // 4 + count * step // 40, seed, now)
        yield f"a third more messages in ten steps, seed {seed}", first, now
        yield "and then looked for anew", now, found(count, seed, now, anew=True)


def cold(now: Topics, before: Topics) -> Topics:
    """Number topics that know nothing of before by what they share with it."""
    from dataclasses import replace as with_

    from crosstie.ideas.topics.matching import matched

    ids = np.array([*before.ids, -1])
    was = dict(zip(before.key.tolist(), ids[before.about.main].tolist(), strict=True))
    numbers, _ = matched(now.key, now.about.main, count=len(now), before=(was, before.next_id))
    return with_(now, ids=numbers)


def same(then: Topics, now: Topics) -> tuple[float, float]:
    """Return the share of topics that are there still, and of conversations with a topic that keep theirs."""
    ids = np.array([*then.ids, -1])
    was = dict(zip(then.key.tolist(), ids[then.about.main].tolist(), strict=True))
    ids = np.array([*now.ids, -1])
    both = [
        was[key] == topic
        for key, topic in zip(now.key.tolist(), ids[now.about.main].tolist(), strict=True)
        if was.get(key, -1) >= 0
    ]
    return len(set(then.ids) & set(now.ids)) / len(then.ids), float(np.mean(both))


def embedding(archive: Path) -> None:
    """Say how many texts a CPU second the sentence model takes."""
    from crosstie.ideas.viewpoint import encoder

    with tempfile.TemporaryDirectory() as folder:
        read_into(Path(folder) / "workspace", archive)
        with Home(Path(folder) / "workspace", create=False) as home:
            texts = [text for text in texts_of(home) if len(text.split()) >= WORDS_A_TEXT]
    texts = [" ".join(text.split()[:WORDS_A_TEXT]) for text in texts[:EMBEDDED]]
    encode = timed("loading the sentence model", encoder)
    if encode is None:
        sys.exit("The extra `ideas` is not installed.")
    start = time.process_time()
    encode(texts)
    print(f"{len(texts) / (time.process_time() - start):.0f} texts of {WORDS_A_TEXT} words a CPU second")


def prepare(folder: Path, archive: Path, count: int) -> None:
    """Make a workspace of so many messages, with its snapshot, and print nothing of it."""
    read_into(folder, archive)
    with Home(folder, create=False) as home:
        rows = said(home)
        if count > len(rows):
            home.record.append(repeated(rows, len(rows), count - len(rows)))
        snapshots.current(home)


def add_a_month(folder: Path, count: int) -> None:
    """Add new messages, and make the topics that they have."""
    with Home(folder, create=False) as home:
        rows = said(home)
        home.record.append(repeated(rows, 7 * len(rows), int(NEW_SHARE * count)))
        snapshots.current(home)
        timed("the same with a month more", lambda: topics.current(home))


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--archive", default=ARCHIVE)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--stability", metavar="ARCHIVE")
    parser.add_argument("--embedding", action="store_true")
    parser.add_argument("--step", help=argparse.SUPPRESS)
    parser.add_argument("--workspace", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    archive = given.data / f"{given.archive}.tar.xz"
    if given.stability:
        stability(given.data / f"{given.stability}.tar.xz")
    elif given.embedding:
        embedding(archive)
    elif given.step:
        steps: dict[str, Callable[[], None]] = {
            "prepare": lambda: prepare(given.workspace, archive, given.messages),
            "make": lambda: make(given.workspace),
            "month": lambda: add_a_month(given.workspace, given.messages),
            "peer": lambda: peer(given.workspace, 100),
        }
        steps[given.step]()
    else:
        with tempfile.TemporaryDirectory() as folder:
            for step in ("prepare", "make", "month", "peer"):
                command = [sys.executable, __file__, *sys.argv[1:], "--step", step]
                subprocess.run([*command, "--workspace", f"{folder}/workspace"], check=True, env=os.environ)


if __name__ == "__main__":
    main()
