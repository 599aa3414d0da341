"""Which files a commit changed: from when on that is asked, and how git is asked for their names."""

from __future__ import annotations

import secrets
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import IO, cast

from crosstie.sources.door import Door

MOST_FILES = 30
"""Of how many files a change may be, at most, for their names to be kept: a new format or a tree that moved
says little of who knows what."""

YEARS = 2
"""How many whole years, before the one of the last commit, are recent."""

# Each answer is waited for, and what is asked at once fits into the smallest pipe: so neither side waits for
# the other to read first.
_AT_ONCE = 200
_CHUNK = 1 << 18
_ARGUMENTS = (
    "diff-tree", "--stdin", "-r", "--root", "-z", "--name-only",
    "--no-renames", "--diff-filter=d",  # of a file that moved the new name, at no cost
)  # fmt: skip


def files_since(choice: str, last: datetime | None) -> datetime | None:
    """Return from when on commits are asked for their files; None where none is.

    The first of January, and not a day that moves on with each commit: else what was read before would be
    another row each time a history is read again.

    >>> files_since("recent", datetime(2026, 3, 3, tzinfo=UTC))
    datetime.datetime(2024, 1, 1, 0, 0, tzinfo=datetime.timezone.utc)

    Args:
        choice: recent, all or none.
        last: the time of the last commit; None where no commit has one.
    """
    if choice == "none" or last is None:
        return None
    if choice == "all":
        return datetime.min.replace(tzinfo=UTC)
    return datetime(last.year - YEARS, 1, 1, tzinfo=UTC)


class Files:
    """Git, asked for the files of one commit after the other, beside the reading of their log.

    A commit that only takes files away has none; nor has a merge, whose files are those of what it joins.

    Args:
        command: git, with the repository.
        environment: for git.
        since: from when on commits are asked for their files; None: none is, and git is not started.
        door: where it is noted that git could not tell.
    """

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], since: datetime | None, door: Door
    ) -> None:
        self._command = [*command, *_ARGUMENTS]
        self._environment = environment
        self._since = since
        self._door = door
        self._end = f"{secrets.token_hex(16)}\n".encode()  # git gives back a line that names no commit
        self._process: subprocess.Popen[bytes] | None = None
        self._has_failed = False

    def of(self, shas: list[str], committed: Sequence[datetime | None]) -> list[tuple[str, ...]]:
        """Return the files of these commits, by their hashes and when they were committed."""
        since = self._since
        if since is None:
            return [()] * len(shas)
        wanted = [sha for sha, at in zip(shas, committed, strict=True) if at is not None and at >= since]
        found: dict[str, list[str]] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            said = self._said(some)
            if said is None:
                self._door.ledger.note("commit whose files git could not tell", len(some))
            else:
                self._tell_apart(said, some, found)
        return [tuple(found.get(sha, ())) for sha in shas] if found else [()] * len(shas)

    def close(self) -> None:
        """End git."""
        if self._process is not None:
            for pipe in (self._process.stdin, self._process.stdout):
                cast("IO[bytes]", pipe).close()
            self._process.kill()
            self._process.wait()

    def _said(self, shas: list[str]) -> bytes | None:
        """Return what git says of these commits, None where it gave up: a clone may lack its trees."""
        if self._has_failed:
            return None
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603 -- an argument list of our own; the path is resolved
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=self._environment,
                bufsize=0,
            )
        asking, answer = (cast("IO[bytes]", pipe) for pipe in (self._process.stdin, self._process.stdout))
        said = bytearray()
        try:
            asking.write("\n".join([*shas, ""]).encode() + self._end)
        except BrokenPipeError:
            self._has_failed = True
            return None
        while not said.endswith(self._end):
            got = answer.read(_CHUNK)
            if not got:
                self._has_failed = True
                return None
            said += got
        return bytes(said[: -len(self._end)])

    def _tell_apart(self, said: bytes, shas: list[str], found: dict[str, list[str]]) -> None:
        """Put the names behind each commit's hash into `found`."""
        try:
            text = said.decode()
        except UnicodeDecodeError:
            self._door.ledger.note("stretch of file names that are not UTF-8")
            text = said.decode("utf-8", "replace")
        wanted, names = set(shas), []
        for one in text.split("\0")[:-1]:
            if one in wanted:
                names = found[one] = []
            else:
                names.append(one)
