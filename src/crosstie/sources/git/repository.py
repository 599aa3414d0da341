"""A clone, read through the git command: nothing in it is run, written or fetched."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Generator, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, NamedTuple

from crosstie.errors import SourceRefused
from crosstie.sources.door import Door
from crosstie.sources.git.endings import Endings
from crosstie.sources.git.files import LINEAGE, Files, files_since
from crosstie.sources.git.mailmap import text_of
from crosstie.sources.git.pipe import started
from crosstie.sources.git.times import time_of, times
from crosstie.sources.times import latest

# Times in seconds: written out as dates they cost git a seventh of its whole work. Trailers and names by the
# .mailmap cost it a fifth, and us little, since most are the same again.
FIELDS = "%H{lineage}%x00%an <%ae>%n%cn <%ce>%x00%at,%ct%x00%B"
_CHUNK = 1 << 17  # what is made of twice as much is no longer near when it is looked at again
_LARGEST_COMMIT = 1 << 26
_HASH_LENGTHS = (40, 64)
_WIDTH = 4
_FEW = 1 << 15
_A_WHILE = 0.001
_LINE_END = "\n"
# What somebody put aside or noted beside the commits is no part of the history.
_ALL = ("--exclude=refs/stash", "--exclude=refs/notes/*", "--all")


class Stretch(NamedTuple):
    """Some commits after each other, by columns: a list has them sooner than as many calls would.

    Attributes:
        shas: their hashes.
        hands: author and committer as "Name <address>", one a line.
        authored: when they were written, in UTC; None where that cannot be read.
        committed: the same of when they were committed.
        messages: their whole messages.
        trailers: what stands at the end of these, one a line.
        files: names of the files they changed, where asked for.
    """

    shas: Sequence[str]
    hands: Sequence[str]
    authored: Sequence[datetime | None]
    committed: Sequence[datetime | None]
    messages: Sequence[str]
    trailers: Sequence[str]
    files: Sequence[tuple[str, ...]]


def git_directory(path: Path) -> Path | None:
    """Return the repository of a work tree, a .git folder or a bare clone; None if there is none."""
    if (path / "HEAD").is_file() and (path / "objects").is_dir() and (path / "refs").is_dir():
        return path
    inside = path / ".git"
    if inside.is_dir():
        return git_directory(inside)
    if inside.is_file():  # a linked work tree or a submodule
        found = re.match(r"gitdir: (.+)", inside.read_text(encoding="utf-8", errors="replace"))
        linked = path / found[1].strip() if found else None
        return linked if linked is not None and (linked / "HEAD").is_file() else None
    return None


class Repository:
    """One clone."""

    def __init__(self, path: Path) -> None:
        directory = git_directory(path)
        if directory is None:
            raise SourceRefused(
                f'"{path}" is no Git repository.',
                hint="Name the folder of a clone, its .git folder, or a bare clone.",
            )
        command = shutil.which("git")
        if command is None:
            raise SourceRefused(
                "The command git is not installed.", hint="Install it, for example: apt install git."
            )
        self.name = _name(path.resolve())
        self._path = path
        self._work_tree = _work_tree(path, directory)
        self._command = (
            command,
            f"--git-dir={directory.resolve()}",
            "--no-pager",
            "-c", "core.bare=true",
            "-c", f"core.hooksPath={os.devnull}",
            "-c", "core.fsmonitor=false",
            "-c", "log.showSignature=false",
            "-c", "log.mailmap=false",  # else git looks into the last tree, which a clone may lack
            "-c", "i18n.logOutputEncoding=UTF-8",
        )  # fmt: skip
        if _is_shallow(directory):
            raise SourceRefused(
                f'"{path}" is a shallow clone: its history is cut off, and it cannot be known again.',
                hint="Fetch the rest with: git fetch --unshallow.",
            )

    def mailmap(self, door: Door) -> str:
        """Return the text of .mailmap; where the clone lacks it, that is noted."""
        return text_of(self._answer, self._work_tree, door.ledger)

    def address(self) -> str:
        """Return the address the clone was made from, "" if there is none."""
        return self._output("config", "--get", "remote.origin.url").strip()

    def commits(
        self, *, all_branches: bool, door: Door, files: str = "none"
    ) -> Generator[Stretch, None, None]:
        """Yield the commits, the oldest root first.

        Args:
            all_branches: those of all branches and tags, not only of the one that is checked out.
            door: where what cannot be read is noted.
            files: of which commits the files are asked for: recent, all or none (`files_since`).

        Raises:
            SourceRefused: there are no commits, or git gave up on a damaged repository.
        """
        # Oldest first brings the root, by which the source is known, at once. To put no commit before its
        # parents costs git a tenth: it is asked for only where a clock was so wrong that no root comes first.
        tips = _ALL if all_branches else ("HEAD",)
        since = None if files == "none" else files_since(files, self._last(*tips))
        for order in ((), ("--date-order",)):
            log = self._log(*order, *tips, door=door, files_since=since)
            first = next(log, None)
            if first is None:
                return
            if order or not self._output("rev-parse", "--verify", "--quiet", f"{first.shas[0]}^"):
                yield first
                yield from log
                return
            log.close()

    def _last(self, *what: str) -> datetime | None:
        """Return the time of the last commit that can be believed, None where there is none."""
        tomorrow = f"--until={latest().timestamp():.0f}"
        return time_of(self._output("log", "--max-count=1", "--format=%ct", tomorrow, *what, "--"))

    def _log(self, *what: str, door: Door, files_since: datetime | None) -> Generator[Stretch, None, None]:
        arguments = (
            "log", "-z", "--reverse", "--no-show-signature", "--no-color", "--no-notes",
            f"--format={FIELDS.format(lineage=LINEAGE if files_since else '')}", *what, "--",
        )  # fmt: skip
        with tempfile.TemporaryFile() as complaints:
            process, output = started([*self._command, *arguments], _environment(), complaints)
            files = Files(self._command, _environment(), files_since, door)
            try:
                yield from _parsed(output, files, door)
                code = process.wait()
            finally:
                files.close()
                output.close()
                process.kill()
                process.wait()
            if code != 0:
                complaints.seek(0)
                self._refuse(complaints.read(2_000).decode("utf-8", "replace"))

    def _refuse(self, complaint: str) -> None:
        is_whole = self._output("rev-parse", "--git-dir")
        if is_whole and not self._output("rev-list", "--max-count=1", "--all"):
            raise SourceRefused(f'"{self._path}" has no commits yet.', hint="Name a clone with a history.")
        if is_whole and not self._output("rev-parse", "--verify", "--quiet", "HEAD^{commit}"):
            raise SourceRefused(
                f'The branch that "{self._path}" has checked out has no commits.',
                hint="Check out a branch, or set branches to all.",
            )
        raise SourceRefused(
            f'git could not read "{self._path}": {complaint.strip().partition(_LINE_END)[0] or "no reason"}',
            hint="Check the clone with: git fsck.",
        )

    def _output(self, *arguments: str) -> str:
        """Return what git says, "" where it fails."""
        return self._answer(*arguments) or ""

    def _answer(self, *arguments: str) -> str | None:
        """Return what git says, None where it fails."""
        done = subprocess.run(  # noqa: S603 -- as above
            [*self._command, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            env=_environment(),
        )
        return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def _parsed(output: IO[bytes], files: Files, door: Door) -> Iterator[Stretch]:
    """Cut git's output into commits, reading into one buffer that grows only for a huge message."""
    buffer = bytearray(_CHUNK)
    filled = 0
    fields: list[str] = []
    endings = Endings()
    while got := output.readinto(memoryview(buffer)[filled:]):  # type: ignore[attr-defined] # IO lacks it
        if got < _FEW:
            # git writes little by little, and one read of much costs less than many of little.
            time.sleep(_A_WHILE)
        filled += got
        end = buffer.rfind(b"\0", 0, filled)
        if end < 0:
            if len(buffer) >= _LARGEST_COMMIT:
                raise SourceRefused("A commit is absurdly large.", hint="Check the clone with: git fsck.")
            buffer.extend(bytes(len(buffer) if filled == len(buffer) else 0))
            continue
        try:
            text = str(memoryview(buffer)[:end], "utf-8")
        except UnicodeDecodeError:
            door.ledger.note("stretch of the log in another encoding than it claims")
            text = str(memoryview(buffer)[:end], "utf-8", "replace")
        rest = filled - end - 1
        buffer[:rest] = buffer[end + 1 : filled]
        filled = rest
        fields += text.split("\0")
        if fields and len(fields[0].partition(" ")[0]) not in _HASH_LENGTHS:
            raise SourceRefused(
                "git wrote its log in another form than asked.", hint="Use git 2.32 or later."
            )
        whole = len(fields) // _WIDTH * _WIDTH  # an unfinished commit stays for later
        known, hands, both_times, messages = (fields[place:whole:_WIDTH] for place in range(_WIDTH))
        trailers = endings.trailers(messages)
        authored, committed = times(both_times)
        shas, changed = files.of(known, committed)
        del fields[:whole]
        if shas:
            yield Stretch(shas, hands, authored, committed, messages, trailers, changed)


def _environment() -> dict[str, str]:
    """Return an environment in which no setting of the user or of the machine counts."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": os.devnull,  # for a ~ in the repository's own settings
        "LC_ALL": "C",
        "TZ": "UTC",
        "GIT_FLUSH": "0",  # else git writes each commit by itself
        "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",  # git holds all of a log to turn it around
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "none",
    }


def _is_shallow(directory: Path) -> bool:
    shared = directory / "commondir"  # a linked work tree says there where the rest lies
    common = directory / shared.read_text(encoding="utf-8").strip() if shared.is_file() else directory
    return (common / "shallow").is_file()


def _name(path: Path) -> str:
    return (path.parent if path.name == ".git" else path).name.removesuffix(".git") or "repository"


def _work_tree(path: Path, directory: Path) -> Path | None:
    """Return the folder that the files stand in, None for a bare clone."""
    if directory == path and path.name != ".git":
        return None
    return (path.parent if path.name == ".git" else path).resolve()
