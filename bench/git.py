"""Reading a Git history: CPU seconds of ours (git's included) by git's own, in the same rounds.

    python bench/git.py                       # a made history of 20,000 commits
    python bench/git.py REPOSITORY            # a clone
    python bench/git.py LOG.jsonl.gz          # a published log of commits, made into a repository again

The made history is like those of projects that work by mail: a third reviewed, a third applied by somebody
else, most signed off. Two plain logs stand beside ours, both written to nowhere: one that says the same
(names by the mailmap, dates, messages, trailers), and `git log` without any option, which says less. With the
names of files, of recent changes (as by default) or of all, two logs of git's stand beside ours, and, of all,
a single one that says both. All of it runs on one CPU, and git is warm: each round reads the same history
again. Exits with 1 where what says the same in as many logs is missed by the median.
"""

from __future__ import annotations

import gzip
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crosstie.sources import Door, Ledger
from crosstie.sources.git import SOURCE
from crosstie.sources.git.files import files_since

COMMITS = 20_000
ROUNDS = 15
ALLOWED = 1.5
SAME = (
    "-z",
    "--date=iso-strict-local",
    "--format=%H%x00%aN <%aE>%n%cN <%cE>%x00%ad%x00%cd%x00%B%x00%(trailers:only,unfold)",
)
FILES = ("--name-only", "--no-renames")
NAMES = ("-z", "--format=%H", *FILES)
BODY = """The old way was slow, since every call walked the list again.
Keep what was found, and walk only what is new. This is the
second of three steps; the next one removes the old way.
"""


def synthetic() -> Iterator[bytes]:
    people = [f"Person {i} <person{i}@example.org>" for i in range(200)]
    for i in range(COMMITS):
        author = people[i * 7 % 200]
        committer = people[i % 11] if i % 3 == 0 else author
        review = f"Reviewed-by: {people[i * 3 % 200]}\n" if i % 3 == 1 else ""
        signed = f"Signed-off-by: {author}\n" if i % 5 else ""
        message = f"part{i % 50}: do thing number {i} in a better way\n\n{BODY}\n{review}{signed}"
        yield (
            f"commit refs/heads/main\nmark :{i + 1}\nauthor {author} {1500000000 + i * 3600} +0000\n"
            f"committer {committer} {1500003600 + i * 3600} +0000\ndata {len(message)}\n{message}"
            f"{f'from :{i}' if i else ''}\nM 100644 inline f{i % 100}\ndata 5\n{i:05d}\n\n".encode()
        )


def published(log: Path) -> Iterator[bytes]:
    """Yield the commits of a log, parents first: all but their files, with its .mailmap in the last one."""
    with gzip.open(log) as file:
        commits = {row["sha"]: row for row in map(json.loads, file)}
    mailmap = log.with_name(log.name.split(".")[0] + ".mailmap.gz")
    marks: dict[str, int] = {}
    for newest in reversed(commits):
        waiting = [newest]
        while waiting:
            parents = [sha for sha in commits[waiting[-1]]["parents"] if sha in commits]
            if ahead := [sha for sha in parents if sha not in marks]:
                waiting += ahead
                continue
            sha = waiting.pop()
            if sha not in marks:
                marks[sha] = len(marks) + 1
                yield one_commit(commits[sha], marks[sha], [marks[parent] for parent in parents])
    if mailmap.exists():
        content = gzip.decompress(mailmap.read_bytes())
        yield b"M 100644 inline .mailmap\ndata %d\n%b\n" % (len(content), content)


def one_commit(row: dict[str, Any], mark: int, parents: list[int]) -> bytes:
    def hand(name: str, address: str, at: str) -> str:
        time = datetime.fromisoformat(at)
        return f"{name.translate(BARRED)} <{address.translate(BARRED)}> {time.timestamp():.0f} {time:%z}"

    message = f"{row['subject']}\n\n{row['body']}".rstrip("\n").encode() + b"\n"
    lines = [
        *([] if parents else ["reset refs/heads/main", ""]),
        "commit refs/heads/main",
        f"mark :{mark}",
        f"author {hand(row['an'], row['ae'], row['ad'])}",
        f"committer {hand(row['cn'], row['ce'], row['cd'])}",
        f"data {len(message)}",
    ]
    after = [f"{'merge' if place else 'from'} :{parent}" for place, parent in enumerate(parents)]
    return "\n".join([*lines, ""]).encode() + message + "\n".join([*after, ""]).encode()


BARRED = str.maketrans("", "", "<>\n")


def make(path: Path, commits: Iterator[bytes]) -> Path:
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", str(path)], check=True)
    command = ["git", f"--git-dir={path}", "fast-import", "--quiet", "--force"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        process.stdin.writelines(commits)
    subprocess.run(["git", f"--git-dir={path}", "repack", "-adq"], check=True)
    return path


def cpu() -> float:
    # os.times() counts in hundredths, which is a twentieth of what is measured here.
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def ours(path: Path, files: str) -> float:
    before = cpu()
    for _ in SOURCE.read(path, {**SOURCE.defaults(), "files": files}, Door(ledger=Ledger())):
        pass
    return cpu() - before


def counted(path: Path, files: str) -> tuple[int, int]:
    """Return how many commits are read, and of how many the names of files."""
    door = Door(ledger=Ledger())
    read = SOURCE.read(path, {**SOURCE.defaults(), "files": files}, door)
    named = sum(bool(getattr(trace, "files", ())) for trace in read)
    return door.ledger.read, named


def gits(path: Path, *options: str) -> float:
    before = cpu()
    subprocess.run(
        ["git", "-C", str(path), "log", *options],
        stdout=subprocess.DEVNULL,
        check=True,
        env={**os.environ, "TZ": "UTC"},
    )
    return cpu() - before


def main() -> int:
    # Two CPUs are often two halves of one, and what runs at once on both takes more CPU seconds of each: git
    # and its reader would, git alone would not.
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as folder:
        named = Path(sys.argv[1]) if len(sys.argv) > 1 else None
        if named is None or named.is_file():
            path = make(Path(folder) / "made.git", published(named) if named else synthetic())
        else:
            path = named
        commits, recent = counted(path, "recent")
        _, every = counted(path, "all")
        since = f"--since-as-filter=@{recent_since(path):.0f}"
        rounds = [
            (
                *(ours(path, files) for files in ("none", "recent", "all")),
                *(gits(path, *options) for options in (SAME, (*NAMES, since), NAMES, (*SAME, *FILES), ())),
            )
            for _ in range(ROUNDS)
        ]
    none, some, whole, same, recent_names, names, both, plain = (
        list(column) for column in zip(*rounds, strict=True)
    )
    with_recent, with_all = added(same, recent_names), added(same, names)
    print(f"{commits:,} commits, CPU seconds, median (least) of {ROUNDS} rounds")
    for name, seconds, mine in (
        ("crosstie, no files", none, none),
        ("git log, saying the same", same, none),
        ("git log, plain", plain, none),
        (f"crosstie, files of {recent:,}", some, some),
        ("git, the same in two logs", with_recent, some),
        (f"crosstie, files of {every:,}", whole, whole),
        ("git, the same in two logs", with_all, whole),
        ("git, the same in one log", both, whole),
    ):
        middle, least = statistics.median(seconds), min(seconds)
        print(f"  {name:30}{middle:6.2f} ({least:.2f})   ratio {ratio(mine, seconds):.2f}", end="")
        print(f" ({min(mine) / least:.2f})")
    print(f"allowed: {ALLOWED}")
    worst = max(ratio(none, same), ratio(some, with_recent), ratio(whole, with_all))
    return 0 if worst <= ALLOWED else 1


def recent_since(path: Path) -> float:
    """Return from when on changes are recent, in seconds since 1970."""
    command = ["git", "-C", str(path), "log", "--max-count=1", "--format=%ct"]
    last = int(subprocess.run(command, capture_output=True, check=True).stdout)
    since = files_since("recent", datetime.fromtimestamp(last, UTC))
    assert since is not None
    return since.timestamp()


def added(one: list[float], other: list[float]) -> list[float]:
    return [first + second for first, second in zip(one, other, strict=True)]


def ratio(own: list[float], others: list[float]) -> float:
    """Return the median of the rounds' ratios: what a round does to one it does to the other."""
    return statistics.median(one / other for one, other in zip(own, others, strict=True))


if __name__ == "__main__":
    sys.exit(main())
