"""A clone, or a log of one, into traces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from crosstie.record import Openness, Trace
from crosstie.record.kept import is_kept
from crosstie.sources.door import Door
from crosstie.sources.git.files import files_since
from crosstie.sources.git.history import History
from crosstie.sources.git.lines import CommitLog, is_commit_log
from crosstie.sources.git.mailmap import Mailmap
from crosstie.sources.git.repository import Repository
from crosstie.sources.source import Settings

_FORGES = ("github.com", "gitlab.com", "codeberg.org", "gitlab.freedesktop.org", "salsa.debian.org")
_REMOTE = re.compile(r"(?:\w+://)?(?:[^@/]*@)?([\w.-]+)[:/]/?(.+?)(?:\.git)?/?$")


def read(path: Path, settings: Settings, door: Door) -> Iterator[Trace]:
    """Yield the traces of a history; the ledger counts its commits.

    Raises:
        SourceRefused: there is no git, no repository, no commit, or the history is cut off.
    """
    is_wanted = is_kept("files", Openness(settings["openness"])) and not door.dry
    files = settings["files"] if is_wanted else "none"
    if is_commit_log(path):
        log = CommitLog(path)
        root, last = log.ends(door)
        history = History(root, log.name, settings, door, mailmap=Mailmap(log.mailmap()))
        yield from history.traces(log.commits(door, files_since=files_since(files, last)))
        return
    repository = Repository(path)
    commits = repository.commits(all_branches=settings["branches"] == "all", door=door, files=files)
    try:
        for first in commits:
            history = History(
                first.shas[0],
                repository.name,
                {**settings, "link": settings["link"] or commit_link(repository.address())},
                door,
                mailmap=Mailmap(repository.mailmap(door)),
            )
            yield from history.traces(chain((first,), commits))
    finally:
        commits.close()


def commit_link(remote: str) -> str:
    """Return where a well-known forge shows a commit, with {sha} for it and no credentials; "" elsewhere.

    >>> commit_link("git@github.com:example/widgets.git")
    'https://github.com/example/widgets/commit/{sha}'
    """
    found = _REMOTE.match(remote)
    if found is None or found[1].lower() not in _FORGES or not re.fullmatch(r"[\w./~-]+", found[2]):
        return ""
    return f"https://{found[1].lower()}/{found[2]}/commit/{{sha}}"
