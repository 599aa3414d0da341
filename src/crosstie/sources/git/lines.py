"""A commit log as JSON lines: one commit a line, as `git log` would give it, newest first."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from datetime import datetime
from io import BufferedIOBase
from pathlib import Path

import msgspec

from crosstie.errors import SourceRefused
from crosstie.sources.door import Door
from crosstie.sources.git.repository import Stretch
from crosstie.sources.mending import UNREADABLE, Mender
from crosstie.sources.times import iso_time, latest

SUFFIXES = (".jsonl", ".jsonl.gz")
_LONGEST_LINE = 1 << 24
_LARGEST_MAILMAP = 1 << 24


class _Line(msgspec.Struct):
    sha: str
    ae: str
    an: str = ""
    ad: str = ""
    cn: str = ""
    ce: str = ""
    cd: str = ""
    subject: str = ""
    body: str = ""
    trailers: list[tuple[str, str]] = msgspec.field(default_factory=list)
    parents: list[str] = msgspec.field(default_factory=list)
    files: object = ()


class _Parents(msgspec.Struct):
    sha: str
    parents: list[str] = msgspec.field(default_factory=list)
    ad: str = ""
    cd: str = ""


_DECODER = msgspec.json.Decoder(_Line)
_PARENTS = msgspec.json.Decoder(_Parents)


def is_commit_log(path: Path) -> bool:
    """Say whether a file is such a log, by its name and first line."""
    if not path.name.lower().endswith(SUFFIXES) or not path.is_file():
        return False
    try:
        with _opened(path) as file:
            Mender().decode(_DECODER, file.readline(_LONGEST_LINE))
    except (*UNREADABLE, OSError, EOFError, zlib.error):
        return False
    return True


class CommitLog:
    """One log file, and the .mailmap beside it: ``x.mailmap`` or ``x.mailmap.gz`` for ``x.log.jsonl.gz``."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.name = path.name.split(".")[0]

    def mailmap(self) -> str:
        """Return the text of the .mailmap beside the log, "" if there is none."""
        for suffix in (".mailmap", ".mailmap.gz"):
            found = self._path.with_name(self.name + suffix)
            if found.is_file():
                with _opened(found) as file:
                    return file.read(_LARGEST_MAILMAP).decode("utf-8", "replace")
        return ""

    def ends(self, door: Door) -> tuple[str, datetime | None]:
        """Return the root's hash, and the time of the latest commit that can be believed, None if none can.

        The root is the last commit without parents, or the last one where the log is cut off.

        Raises:
            SourceRefused: no line holds a commit.
        """
        root = last = ""
        mender = Mender()
        tomorrow = latest()
        last_time: datetime | None = None
        for line in self._lines(door, noting=True):
            try:
                found = mender.decode(_PARENTS, line)
            except UNREADABLE:
                continue  # counted when the commits are read, as what is mended
            last = found.sha
            at = iso_time(found.cd or found.ad)
            if at is not None and at <= tomorrow and (last_time is None or at > last_time):
                last_time = at
            if not found.parents:
                root = last
        if not last:
            raise SourceRefused(
                f'"{self._path.name}" is no commit log.',
                hint="Each line is a JSON object with sha, an, ae, ad.",
            )
        return root or last, last_time

    def commits(self, door: Door, *, files_since: datetime | None) -> Iterator[Stretch]:
        """Yield the commits in the order of the file, from a time on with their files; None: without.

        Each by itself, since a line may be long.
        """
        mender = Mender()
        for line in self._lines(door, noting=False):
            try:
                found = mender.decode(_DECODER, line)
            except UNREADABLE:
                door.ledger.leave_out("unreadable line")
                continue
            mender.say(door.ledger)
            committed = iso_time(found.cd)
            at = committed or iso_time(found.ad)
            is_asked = files_since is not None and at is not None and at >= files_since
            author = f"{_line(found.an)} <{found.ae}>"
            committer = f"{_line(found.cn or found.an)} <{found.ce or found.ae}>"
            yield Stretch(
                shas=(found.sha,),
                hands=(f"{author}\n{committer}",),
                authored=(iso_time(found.ad),),
                committed=(committed,),
                messages=(f"{found.subject}\n\n{found.body}",),
                trailers=("\n".join(f"{key}: {_line(value)}" for key, value in found.trailers),),
                files=(_files(found, door) if is_asked else (),),
            )

    def _lines(self, door: Door, *, noting: bool) -> Iterator[bytes]:
        try:
            with _opened(self._path) as file:
                while line := file.readline(_LONGEST_LINE):
                    if line.strip():
                        yield line
        except (EOFError, zlib.error, gzip.BadGzipFile):
            if noting:
                door.ledger.note("file cut off or damaged")


def _files(found: _Line, door: Door) -> tuple[str, ...]:
    """Return the files of a commit; a merge has none of its own."""
    if len(found.parents) > 1:
        return ()
    if not isinstance(found.files, list | tuple) or not all(isinstance(one, str) for one in found.files):
        door.ledger.note("list of files that are not named by a text each")
        return ()
    return tuple(dict.fromkeys(found.files))


def _line(text: str) -> str:
    return " ".join(text.split())


def _opened(path: Path) -> BufferedIOBase:
    return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")
