"""Which files a commit changed: from when on that is asked, and how git is asked for their names."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import IO

from crosstie.saying import mark
from crosstie.sources.door import Door
from crosstie.sources.git.pipe import started
from crosstie.sources.git.times import EARLIEST

MOST_FILES = 30
"""Of how many files a change may be, at most, for their names to be kept: a new format or a tree that moved
says little of who knows what."""

YEARS = 2
"""How many whole years, before the one of the last commit, are recent."""

MOST_HELD = 1 << 20
"""How many bytes of the names of one commit are held, at most, beside one reading of the pipe."""

# Of a name with others, a page or a terminal would show something else than what it is: what controls it
# (Unicode's Cc), and marks that turn the direction of reading.
_FIT = re.compile("[^\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]{1,1000}")
_UNFIT = mark("name of a file with control characters, of more than 1,000 characters, or empty")
_TOO_MANY = mark("change of so many files that they say little, without their names")
_CHUNK = 1 << 18
_LONGEST = 1 << 14  # bytes: more than any name that is kept, and so many of them less than is held
_WENT = "D"
_BETWEEN = b"\0\0"  # nowhere else: no name is empty
_ARGUMENTS = (
    "-z", "--reverse", "--no-show-signature", "--no-color", "--no-notes", "--format=%x00%H",
    "--name-status", "--no-renames",  # a file that moved went and came: to find that out would cost git much
    "--ignore-submodules=none", f"-O{os.devnull}",  # whatever the clone's own settings say
)  # fmt: skip


_ALWAYS = datetime.min.replace(tzinfo=UTC)


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
    # After a clock that was never set, nothing can be told to be old.
    if choice == "all" or last.year - YEARS < EARLIEST.year:
        return _ALWAYS
    return datetime(last.year - YEARS, 1, 1, tzinfo=UTC)


def kept(files: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    r"""Return which names of the files of a change are kept, each once, and what is to be noted.

    >>> kept(("lamp.py", "a\tb", "lamp.py"))[0]
    ('lamp.py',)
    """
    if len(files) > MOST_FILES:
        return (), (_TOO_MANY,)
    named = dict.fromkeys(files)
    fit = tuple([name for name in named if _FIT.fullmatch(name)])
    return fit, (_UNFIT,) * (len(named) - len(fit))


class Files:
    """The files of commits, from a second log that is read beside the one with their messages.

    A commit that only takes files away has none; nor has a merge, whose files are those of what it joins.
    Both logs have their commits in one order, so little of the second is held.

    Args:
        command: git, with the repository.
        environment: for git.
        what: which commits, as the log with the messages was asked for them.
        since: from when on commits are asked for their files; None: none is, and git is not started.
        door: where it is noted that git could not tell.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        what: Sequence[str],
        since: datetime | None,
        door: Door,
    ) -> None:
        from_then = _from_then(command, environment, since) if since and since > _ALWAYS else []
        self._command = [*command, "log", *_ARGUMENTS, *from_then, *what, "--"]
        self._environment = environment
        self._since = since
        self._tells_all = not from_then
        self._door = door
        self._log: tuple[subprocess.Popen[bytes], IO[bytes]] | None = None
        self._has_ended = False
        self._rest = bytearray()
        self._ahead: dict[str, str] = {}

    def of(self, shas: list[str], committed: Sequence[datetime | None]) -> list[tuple[str, ...]]:
        """Return the files of these commits, by their hashes and when they were committed."""
        since = self._since
        if since is None:
            return [()] * len(shas)
        found = []
        for sha, at in zip(shas, committed, strict=True):
            is_wanted = at is not None and at >= since
            files = self._files(sha) if is_wanted or self._tells_all else ()  # so that none is held for ever
            found.append(files if is_wanted else ())
        return found

    def close(self) -> None:
        """End git."""
        if self._log is not None:
            process, output = self._log
            output.close()
            process.kill()
            process.wait()

    def _files(self, sha: str) -> tuple[str, ...]:
        while sha not in self._ahead:
            if self._has_ended:  # or broke off: a clone may lack its trees
                self._door.ledger.note("commit whose files git could not tell")
                return ()
            self._read_on()
        told = self._ahead.pop(sha).split("\0")
        # git could leave out itself what went, but then it leaves out commits in which nothing else is told.
        return tuple([name for how, name in zip(told[::2], told[1::2], strict=False) if how != _WENT])

    def _read_on(self) -> None:
        """Read some of the log, and hold what it says, by hash."""
        if self._log is None:
            self._log = started(self._command, self._environment, subprocess.DEVNULL)
        rest, had = self._rest, len(self._rest)
        got = self._log[1].read(_CHUNK)
        rest += got
        if got:
            end = rest.rfind(_BETWEEN, max(had - 1, 0))  # half of it may have come before
            if end < 0:
                if len(rest) > MOST_HELD:
                    self._rest = _shortened(rest)
                return
        else:
            self._has_ended = True
            end = len(rest.removesuffix(b"\0"))
        said = rest[:end]
        del rest[: end + len(_BETWEEN)]
        try:
            text = said.decode()
        except UnicodeDecodeError:
            self._door.ledger.note("stretch of file names that are not UTF-8")
            text = said.decode("utf-8", "replace")
        for one in text.removeprefix("\0").split("\0\0"):
            sha, _, names = one.partition("\0")
            self._ahead[sha] = names.removeprefix("\n")


def _shortened(commit: bytearray) -> bytearray:
    """Return an unfinished commit without names that count no more: what went, and those beyond so many."""
    sha, _, names = commit.removeprefix(b"\0").partition(b"\0")
    told = names.split(b"\0")
    whole = (len(told) - 1) // 2 * 2  # the last text may go on
    pairs = zip(told[:whole:2], told[1:whole:2], strict=True)
    kept = [part for how, name in pairs if how.strip() != _WENT.encode() for part in (how, name)]
    kept = [*kept[: 2 * (MOST_FILES + 1)], *told[whole:]]
    return bytearray(b"\0".join([sha, *(part[:_LONGEST] for part in kept)]))


def _from_then(command: Sequence[str], environment: Mapping[str, str], since: datetime) -> list[str]:
    """Return what asks git's log for commits from a time on; nothing where git is older than 2.37.

    Not --since: where that meets an older commit, it takes all which that one comes from for older, too. So
    one wrong clock would take the files from all that came before it.
    """
    option = f"--since-as-filter=@{since.timestamp():.0f}"
    known = subprocess.run(  # noqa: S603 -- an argument list of our own; the path is resolved
        [*command, "rev-list", "--max-count=0", option, "--glob=refs/none/*"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
        env=environment,
    )
    return [option] if known.returncode == 0 else []
