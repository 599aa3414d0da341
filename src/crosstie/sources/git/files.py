"""Which files a commit changed: from when on that is asked, and how git is asked for their names."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import IO, cast

from crosstie.saying import mark
from crosstie.sources.door import Door
from crosstie.sources.git.pipe import started
from crosstie.sources.times import EARLIEST

MOST_FILES = 30
"""Of how many files a change may be, at most, for their names to be kept: a new format or a tree that moved
says little of who knows what."""

YEARS = 2
"""How many whole years, before the one of the last commit, are recent."""

MOST_HELD = 1 << 20
"""Of how many bytes of names they are looked through for those that count no more, while git says them."""

# Of a name with others, a page or a terminal would show something else than what it is: what controls it
# (Unicode's Cc), and marks that turn the direction of reading.
_NAME = "[^\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]{1,1000}"
_FIT = re.compile(_NAME)
_APART = "\0"
_ALL_FIT = re.compile(f"{_NAME}(?:{_APART}{_NAME})*")
_UNFIT = mark("name of a file with control characters, of more than 1,000 characters, or empty")
_TOO_MANY = mark("change of so many files that they say little, without their names")
_LONGEST = 1 << 13  # bytes: more than any name that is kept, written as git quotes it
_CHUNK = 1 << 18
_AT_ONCE = 256
_MOST_TREES = 1 << 16
# A start takes some hundredths of a second. More damage than so much is not gone around, least of all one
# after the other: a clone without its trees has nothing else.
_MOST_STARTS, _MOST_IN_VAIN = 50, 10
_END = b"end\n"  # no hash, so git says it again and lets go of what it wrote
_ARGUMENTS = (
    "diff-tree", "--stdin", "-r", "--always", "--no-color",
    # A file that moved went and came: to find that out would cost git much. What went has no name left.
    "--name-status", "--no-renames", "--diff-filter=d",
    "--ignore-submodules=none", f"-O{os.devnull}",  # whatever the clone's own settings say
)  # fmt: skip
# By how long a hash is; git knows it though no clone has it.
_EMPTY_TREE = {
    40: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    64: "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
}
_TAB = "\t"
_QUOTED = re.compile(r"\\([0-7]{3}|.)")
_MEANT = {"t": "\t", "n": "\n", "a": "\a", "b": "\b", "v": "\v", "f": "\f", "r": "\r"}
_NONE: tuple[str, ...] = ()


LINEAGE = " %T %P"
"""What a log has to say of a commit behind its hash: the tree, and the parents."""

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
    r"""Return which names of the files of a change are kept, and what is to be noted.

    >>> kept(("lamp.py", "a\tb"))[0]
    ('lamp.py',)
    """
    if len(files) > MOST_FILES:
        return (), (_TOO_MANY,)
    if _ALL_FIT.fullmatch(_APART.join(files)):
        return files, ()
    fit = tuple([name for name in files if _FIT.fullmatch(name)])
    return fit, (_UNFIT,) * (len(files) - len(fit))


class Files:
    """The files of commits: git is told two trees, and says what differs.

    It neither looks for commits nor reads them again, as a second log would. A commit that only takes files
    away has none; nor has a merge, whose files are those of what it joins.

    Args:
        command: git, with the repository.
        environment: for git.
        since: from when on commits are asked for their files; None: none is, and git is not started.
        door: where it is noted that git could not tell.
    """

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], since: datetime | None, door: Door
    ) -> None:
        self._command = [*command, "-c", "core.quotePath=false", *_ARGUMENTS]
        self._environment = environment
        self._since = since
        self._door = door
        self._git: tuple[subprocess.Popen[bytes], IO[bytes]] | None = None
        self._starts = self._in_vain = 0
        # Those of the last commits, and of those before: the parent of a commit is rarely far.
        self._trees: dict[str, str] = {}
        self._earlier: dict[str, str] = {}

    def of(
        self, known: list[str], committed: Sequence[datetime | None]
    ) -> tuple[list[str], list[tuple[str, ...]]]:
        """Return the hashes of these commits, and their files.

        Args:
            known: their hashes, each with its `LINEAGE` unless no commit is asked for its files.
            committed: when they were committed.
        """
        since, trees, earlier = self._since, self._trees, self._earlier
        if since is None:
            return known, [_NONE] * len(known)
        shas, asked = [], []
        for one, at in zip(known, committed, strict=True):
            sha, tree, parents = one.split(" ", 2)
            shas.append(sha)
            trees[sha] = tree
            if at is None or at < since or " " in parents:
                asked.append("")
                continue
            before = trees.get(parents) or earlier.get(parents) if parents else _EMPTY_TREE[len(tree)]
            asked.append(f"{before} {tree}" if before else sha)
        if len(trees) >= _MOST_TREES:
            self._earlier, self._trees = trees, {}
        told = self._told([one for one in asked if one])
        return shas, [told.get(one, _NONE) for one in asked]

    def close(self) -> None:
        """End git."""
        if self._git is not None:
            process, output = self._git
            self._git = None
            output.close()
            process.kill()
            process.communicate()

    def _told(self, asked: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Return the files by what was asked, as far as git can tell."""
        found: dict[str, tuple[str, ...]] = {}
        for start in range(0, len(asked), _AT_ONCE):
            some = asked[start : start + _AT_ONCE]  # less than a pipe holds, so that neither waits for ever
            told = self._told_around(some)
            if lacking := sum(one not in told for one in some):  # a clone may lack its trees
                self._door.ledger.note("commit whose files git could not tell", lacking)
            found |= told
        return found

    def _told_around(self, asked: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Return what git tells; it ends at what is damaged, and is started again for what is left."""
        found = _by_question(self._answer(asked))
        left = asked
        while self._git is None and self._may_start() and (left := _from_untold(left, found)):
            # The first of them may be what is damaged, or stand before it: by itself it tells.
            for some in filter(None, (left[:1], left[1:])):
                told = _by_question(self._answer(some))
                self._in_vain = 0 if told else self._in_vain + 1
                found |= told
            left = left[1:]
        return found

    def _may_start(self) -> bool:
        return self._starts < _MOST_STARTS and self._in_vain < _MOST_IN_VAIN

    def _answer(self, asked: Sequence[str]) -> str:
        if self._git is None:
            if not self._may_start():
                return ""
            self._starts += 1
            self._git = started(self._command, self._environment, subprocess.DEVNULL, subprocess.PIPE)
        process, output = self._git
        questions = cast("IO[bytes]", process.stdin)
        said, most = bytearray(), MOST_HELD
        try:
            questions.write("\n".join([*asked, ""]).encode() + _END)
            while not (said.endswith(b"\n" + _END) or said == _END):
                got = output.read(_CHUNK)
                if not got:  # with the last line, its commit is taken for one that git could not tell
                    self.close()
                    said = said[: said.rfind(b"\n") + 1].removesuffix(b"\n")
                    break
                said += got
                if len(said) > most:
                    said = _shortened(said)
                    most = max(MOST_HELD, 2 * len(said))
        except BrokenPipeError:
            self.close()
        try:
            return said.removesuffix(_END).decode()
        except UnicodeDecodeError:
            self._door.ledger.note("stretch of file names that are not UTF-8")
            return said.removesuffix(_END).decode("utf-8", "replace")


def _from_untold(asked: Sequence[str], told: Mapping[str, object]) -> Sequence[str]:
    """Return what was asked, from the first of which nothing was told."""
    first = next((place for place, one in enumerate(asked) if one not in told), len(asked))
    return asked[first:]


def _by_question(said: str) -> dict[str, tuple[str, ...]]:
    r"""Return the names by what was asked, which git says again before them.

    >>> _by_question('f00 ba4\nA\tlamp.py\nM\t"a \\"bright\\" one"\nba4 ca7\n')
    {'f00 ba4': ('lamp.py', 'a "bright" one'), 'ba4 ca7': ()}
    """
    found: dict[str, tuple[str, ...]] = {}
    question, names = "", []
    for line in said.split("\n"):
        if line[1:2] == _TAB:  # how, and the name
            names.append(_meant(line[3:-1]) if line[2] == '"' else line[2:])
        else:
            found[question] = tuple(names)
            question, names = line, []
    del found[""]
    return found


def _meant(quoted: str) -> str:
    return _QUOTED.sub(
        lambda found: chr(int(found[1], 8)) if len(found[1]) > 1 else _MEANT.get(found[1], found[1]), quoted
    )


def _shortened(said: bytearray) -> bytearray:
    """Return what git said so far without the names of a commit beyond so many, and the rest of long ones."""
    kept, room = [], 0
    *whole, last = said.split(b"\n")
    for line in whole:
        room = room - 1 if line[1:2] == _TAB.encode() else MOST_FILES + 1
        if room >= 0:
            kept.append(line[:_LONGEST])
    return bytearray(b"\n".join([*kept, last[:_LONGEST]]))
