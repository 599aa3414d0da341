"""Histories made for tests by git's own import: the same hashes every time."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One commit to be made; times are what git's import calls raw: seconds and zone."""

    message: str
    author: str = "Ada Berg <ada@example.org>"
    committer: str = ""
    authored: str = "1700000000 +0100"
    committed: str = ""
    parents: tuple[int, ...] | None = None  # numbers from 1; None for the one before
    encoding: str = ""
    files: dict[str, str] = field(default_factory=dict)

    def written(self, number: int) -> bytes:
        message = self.message.encode(self.encoding or "utf-8", "surrogateescape")
        lines = [
            "commit refs/heads/main",
            f"mark :{number}",
            f"author {self.author} {self.authored}",
            f"committer {self.committer or self.author} {self.committed or self.authored}",
            *([f"encoding {self.encoding}"] if self.encoding else []),
            f"data {len(message)}",
        ]
        parents = (number - 1,) if self.parents is None and number > 1 else self.parents or ()
        after = [f"{'merge' if index else 'from'} :{parent}" for index, parent in enumerate(parents)]
        for name, content in self.files.items():
            after += [f"M 100644 inline {name}", f"data {len(content.encode())}", content]
        start = b"" if parents else b"reset refs/heads/main\n\n"
        return (
            start + "\n".join(lines).encode() + b"\n" + message + b"\n" + "\n".join([*after, "", ""]).encode()
        )


def git(folder: Path, *arguments: str, text: bytes = b"") -> str:
    """Run git in a folder, without anybody's settings."""
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        input=text,
        capture_output=True,
        check=True,
        env={
            "PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "x", "GIT_AUTHOR_EMAIL": "x@example.org", "GIT_COMMITTER_NAME": "x",
            "GIT_COMMITTER_EMAIL": "x@example.org",
        },
    )  # fmt: skip
    return done.stdout.decode()


def build(path: Path, commits: list[Made]) -> Path:
    """Make a repository with a work tree out of commits."""
    path.mkdir(parents=True)
    git(path, "init", "--quiet", "--initial-branch=main")
    if commits:
        text = b"".join(commit.written(number) for number, commit in enumerate(commits, 1))
        git(path, "fast-import", "--quiet", "--force", text=text)
        git(path, "reset", "--quiet", "--hard", "main")
    return path
