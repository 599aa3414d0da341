"""What failed behind the pages: the last failure of each piece of work, kept until that work goes well.

Nothing of what was worked on is kept: an error's own words may hold a name, or what somebody wrote.
"""

from __future__ import annotations

import errno
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from crosstie.actions.disk import refused_by_system
from crosstie.errors import CrosstieError, WorkspaceBusy
from crosstie.saying import Said, mark, say

if TYPE_CHECKING:
    from crosstie.actions.home import Home

_FACT = "failed "
_NUMBER = "#"
_OF_ROOM = {errno.ENOSPC, errno.EDQUOT}


class Why(StrEnum):
    """Why work failed, as far as it can be told without words of the error itself."""

    ROOM = "room"
    FILE = "file"
    MEMORY = "memory"
    BUSY = "busy"
    REFUSED = "refused"
    ENDED = "ended"
    ERROR = "error"


SENTENCES = {
    Why.ROOM: mark("The disk is full."),
    Why.FILE: mark("A file could not be read or written."),
    Why.MEMORY: mark("There was too little memory."),
    Why.BUSY: mark("Something else was writing to the workspace for too long."),
    Why.REFUSED: mark("crosstie refused it (%(error)s)."),
    Why.ENDED: mark("The worker ended before it was through, more than once."),
    Why.ERROR: mark("It met an error that crosstie did not expect (%(error)s)."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """The last failure of a piece of work.

    Attributes:
        work: what kind of work, or which step of it.
        at: aware; when it failed.
        why: as far as it is known.
        error: the class of the error; never its words.
        is_given_up: whether it is not tried again.
    """

    work: str
    at: datetime
    why: Why
    error: str
    is_given_up: bool

    @property
    def sentence(self) -> Said:
        """Say in one line what went wrong."""
        return _sentence(self.why, self.error)


def in_words(wrong: Exception) -> Said:
    """Say in one line what went wrong, without the words of the error."""
    return _sentence(_why(wrong), type(wrong).__name__)


def keep(
    home: Home, work: str, wrong: Exception | None, *, number: int = 0, is_given_up: bool = False
) -> None:
    """Keep that a piece of work failed.

    Args:
        home: the workspace.
        work: a kind of work, or a step of one.
        wrong: what it failed with; None: the worker ended over it.
        number: of the one piece, where another piece of this kind going well says nothing of it.
        is_given_up: whether it is not tried again.
    """
    value = {
        "at": datetime.now(UTC).isoformat(),
        "why": Why.ENDED if wrong is None else _why(wrong),
        "error": "" if wrong is None else type(wrong).__name__,
        "is_given_up": is_given_up,
    }
    home.store.set_fact(_name(work, number), json.dumps(value))


def end(home: Home, work: str, *, number: int = 0) -> None:
    """Let the failure of a piece of work go: it went well."""
    if home.store.fact(_name(work, number)):
        home.store.set_fact(_name(work, number), "")


def failures(home: Home) -> tuple[Failure, ...]:
    """Return what failed and did not go well since, the latest first."""
    found = [_failure(name, value) for name, value in home.store.facts(_FACT).items() if value]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def has_failed(home: Home, *works: str) -> bool:
    """Say whether one of these failed when it was last done."""
    return any(home.store.fact(_name(work)) for work in works)


def forget_old(home: Home, age: timedelta) -> None:
    """Let failures of single pieces of work go that were given up so long ago: they never go well."""
    for name, value in home.store.facts(_FACT).items():
        if value and _NUMBER in name and _failure(name, value).at < datetime.now(UTC) - age:
            home.store.set_fact(name, "")


def _name(work: str, number: int = 0) -> str:
    return f"{_FACT}{work}{_NUMBER}{number}" if number else f"{_FACT}{work}"


def _failure(name: str, value: str) -> Failure:
    kept = json.loads(value)
    return Failure(
        work=name.removeprefix(_FACT).partition(_NUMBER)[0],
        at=datetime.fromisoformat(kept["at"]),
        why=Why(kept["why"]),
        error=kept["error"],
        is_given_up=kept["is_given_up"],
    )


def _why(wrong: Exception) -> Why:
    if isinstance(wrong, MemoryError) or type(wrong).__name__ == "OutOfMemoryException":  # DuckDB's
        return Why.MEMORY
    if (refused := refused_by_system(wrong)) is not None:
        return Why.ROOM if refused.errno in _OF_ROOM else Why.FILE
    if isinstance(wrong, WorkspaceBusy):
        return Why.BUSY
    return Why.REFUSED if isinstance(wrong, CrosstieError) else Why.ERROR


def _sentence(why: Why, error: str) -> Said:
    return say(SENTENCES[why], error=error) if "%" in SENTENCES[why] else say(SENTENCES[why])


__all__ = ["SENTENCES", "Failure", "Why", "end", "failures", "forget_old", "has_failed", "in_words", "keep"]
