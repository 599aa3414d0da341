"""Reading a Git history: CPU seconds of ours (git's included) by those of a plain git log of the same fields.

Run: python bench/git.py [REPOSITORY]. Without one, a history of 20,000 commits is made: a third reviewed, a
third applied by somebody else, most signed off, as in projects that work by mail.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from crosstie.sources import Door, Ledger
from crosstie.sources.git import SOURCE
from crosstie.sources.git.repository import FIELDS

COMMITS = 20_000
ROUNDS = 7
ALLOWED = 1.5
BODY = """The old way was slow, since every call walked the list again.
Keep what was found, and walk only what is new. This is the
second of three steps; the next one removes the old way.
"""


def synthetic(path: Path) -> Path:
    people = [f"Person {i} <person{i}@example.org>" for i in range(200)]
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", str(path)], check=True)
    command = ["git", f"--git-dir={path}", "fast-import", "--quiet"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        for i in range(COMMITS):
            author = people[i * 7 % 200]
            committer = people[i % 11] if i % 3 == 0 else author
            review = f"Reviewed-by: {people[i * 3 % 200]}\n" if i % 3 == 1 else ""
            signed = f"Signed-off-by: {author}\n" if i % 5 else ""
            message = f"part{i % 50}: do thing number {i} in a better way\n\n{BODY}\n{review}{signed}"
            process.stdin.write(
                f"commit refs/heads/main\nmark :{i + 1}\nauthor {author} {1500000000 + i * 3600} +0000\n"
                f"committer {committer} {1500003600 + i * 3600} +0000\ndata {len(message)}\n{message}"
                f"{f'from :{i}' if i else ''}\nM 100644 inline f{i % 100}\ndata 5\n{i:05d}\n\n".encode()
            )
    return path


def cpu() -> float:
    # os.times() counts in hundredths, which is a twentieth of what is measured here.
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def ours(path: Path) -> tuple[float, int]:
    before = cpu()
    door = Door(ledger=Ledger())
    for _ in SOURCE.read(path, SOURCE.defaults(), door):
        pass
    return cpu() - before, door.ledger.read


def gits(path: Path) -> float:
    before = cpu()
    subprocess.run(
        [
            "git",
            "-C",
            str(path),
            "log",
            "-z",
            "--date=iso-strict-local",
            f"--format={FIELDS}",
        ],
        stdout=subprocess.DEVNULL,
        check=True,
        env={**os.environ, "TZ": "UTC"},
    )
    return cpu() - before


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[1]) if len(sys.argv) > 1 else synthetic(Path(folder) / "made.git")
        rounds = [(ours(path), gits(path)) for _ in range(ROUNDS)]
    our_best, commits = min(mine for mine, _ in rounds)
    git_best = min(git for _, git in rounds)
    ratio = our_best / git_best
    print(
        f"{commits:,} commits: crosstie {our_best:.2f} s of CPU, git log {git_best:.2f} s, ratio {ratio:.2f}"
    )
    print(f"allowed: {ALLOWED}")


if __name__ == "__main__":
    main()
