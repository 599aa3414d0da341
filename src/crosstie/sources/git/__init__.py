"""Git: who wrote with whom, reviewed whom and helped whom, from the history of a clone or a log of it.

It may run the git command, reading only, and use the record's types; it knows no other source.
Start with `repository.py` (how git is asked), `trailers.py` (who had a part), then `history.py`.
"""

from __future__ import annotations

from pathlib import Path

from crosstie.record import Kind
from crosstie.sources.git.lines import is_commit_log
from crosstie.sources.git.read import read
from crosstie.sources.git.repository import git_directory
from crosstie.sources.source import Setting, Source

__all__ = ["SOURCE"]

_SURE = 0.95


def _recognises(path: Path) -> float:
    is_repository = path.is_dir() and git_directory(path) is not None
    return _SURE if is_repository or is_commit_log(path) else 0.0


SOURCE = Source(
    name="git",
    label="Git history",
    reads="A clone, bare too, or its log as JSON lines: authors, co-authors, reviewers and helpers, and the "
    "names of the files they changed.",
    drops=("the contents of files", "bots and automatic addresses", "sign-offs"),
    kinds=frozenset({Kind.SAID, Kind.CO_WROTE, Kind.REVIEWED, Kind.ACKNOWLEDGED}),
    unit="commits",
    unit_of_one="commit",
    settings=(
        Setting(
            name="branches",
            label="Branches",
            help="The history of the branch that is checked out (head), or of all branches and tags (all).",
            default="head",
            choices=("head", "all"),
        ),
        Setting(
            name="openness",
            label="Who can read it",
            help="Anyone in the organisation (open), its members, or the people in it by name (direct).",
            default="open",
            choices=("open", "members", "direct"),
        ),
        Setting(
            name="link",
            label="Address of a commit",
            help="Where a commit can be seen, with {sha} for its hash; empty to ask the clone's origin.",
        ),
        Setting(
            name="files",
            label="Files of a change",
            help="Of which changes the names of the files are read, where anyone can read them: of those in "
            "the year of the last one and the two years before (recent), of all, or of none.",
            default="recent",
            choices=("recent", "all", "none"),
        ),
    ),
    recognises=_recognises,
    read=read,
)
