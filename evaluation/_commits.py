"""Commit logs and list mails as acts of two people: who reviewed, co-wrote, replied; for `helping`."""

from __future__ import annotations

import gzip
import json
import mailbox
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path
from typing import NamedTuple

from crosstie.network.acts import ACTS
from crosstie.sources.git.mailmap import Mailmap
from crosstie.sources.git.trailers import Part, parse

SECONDS_A_DAY = 86_400
_WEIGHTS = {act.name: act for act in ACTS}


class Act(NamedTuple):
    """One act that says that somebody learned from somebody.

    Attributes:
        learner, teacher: names of people, folded.
        day: days since 1970.
        label: the trailer, or "reply".
        learned: by the product's table of acts; 0 for what is hidden.
        learned_back: the same, what the teacher learned from the learner.
    """

    learner: str
    teacher: str
    day: float
    label: str
    learned: float
    learned_back: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """What a project's log says.

    Attributes:
        acts: from trailers, in the order of the log.
        commits: day of each commit, by author.
    """

    acts: tuple[Act, ...]
    commits: Mapping[str, tuple[float, ...]]


def log_of(folder: Path, name: str) -> Log:
    """Read a commit log; merges are left out, and people are told apart by their mapped names."""
    mailmap = Mailmap(
        gzip.decompress((folder / f"{name}.mailmap.gz").read_bytes()).decode("utf-8", "replace")
    )
    acts: list[Act] = []
    commits: dict[str, list[float]] = {}
    with gzip.open(folder / f"{name}.log.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            commit = json.loads(line)
            if len(commit["parents"]) > 1:
                continue
            author = who(*mailmap.mapped(commit["an"], commit["ae"]))
            day = datetime.fromisoformat(commit["ad"]).timestamp() / SECONDS_A_DAY
            commits.setdefault(author, []).append(day)
            acts += _acts(author, day, commit["trailers"], mailmap)
    return Log(acts=tuple(acts), commits={one: tuple(days) for one, days in commits.items()})


def _acts(author: str, day: float, trailers: Iterable[tuple[str, str]], mailmap: Mailmap) -> list[Act]:
    found = []
    for key, value in trailers:
        trailer = parse(f"{key}: {value}")
        for name, address in trailer.people:
            other = who(*mailmap.mapped(name, address))
            if other and other != author:
                act = _WEIGHTS["co_wrote" if trailer.part is Part.CO_WROTE else "reviewed"]
                # The reviewer acts: what comes back to them is the act's own `learned`.
                back, learned = (0.0, 0.0) if trailer.part is Part.HELPED else (act.learned, act.learned_back)
                found.append(Act(author, other, day, trailer.label, learned, back))
    return found


def who(name: str, address: str) -> str:
    """Return one key a person: the name where it is a full one, since addresses change, else the address."""
    folded = " ".join(name.casefold().split())
    return folded if " " in folded else address.casefold()


def replies(archive: Path) -> tuple[Act, ...]:
    """Read who answered whom on a mailing list, by In-Reply-To; in the order of the archive."""
    with tempfile.TemporaryDirectory() as folder:
        unpacked = Path(folder) / "list.mbox"
        unpacked.write_bytes(gzip.decompress(archive.read_bytes()))
        with closing(mailbox.mbox(unpacked)) as box:
            mails = [
                (
                    str(mail["Message-ID"]).strip(),
                    str(mail["In-Reply-To"] or "").strip(),
                    who(*parseaddr(str(mail["From"]))),
                    _day(mail["Date"]),
                )
                for mail in box
            ]
    writer = {key: (author, day) for key, _, author, day in mails}
    act = _WEIGHTS["replied"]
    return tuple(
        Act(writer[parent][0], author, day, "reply", act.learned_back, act.learned)
        for _, parent, author, day in mails
        if parent in writer and day is not None and writer[parent][0] != author
    )


def _day(written: object) -> float | None:
    try:
        return parsedate_to_datetime(str(written)).timestamp() / SECONDS_A_DAY
    except ValueError:
        return None


__all__ = ["Act", "Log", "log_of", "replies", "who"]
