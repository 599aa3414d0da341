"""What asking gives to a notebook: who is likely to help, and what was asked before; people by key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from crosstie.actions.advice_views import Answered, Helper
from crosstie.actions.views import Original


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Something written in an open place, without its author; `answers` to it where it is a question.

    `files` are the names of those files of a change that speak for somebody.
    """

    text: str
    at: datetime | None
    place: str
    link: str
    answers: tuple[Written, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowing:
    """Someone likely to help: their key, why them, and what of theirs speaks for it."""

    person: str
    reasons: tuple[str, ...]
    evidence: tuple[Written, ...]


def knowing(found: tuple[Helper, ...]) -> tuple[Knowing, ...]:
    """Return people by key instead of by name."""
    return tuple(
        Knowing(
            person=one.person.key,
            reasons=one.reasons,
            evidence=tuple(written(original) for original in one.evidence),
        )
        for one in found
    )


def earlier(found: tuple[Answered, ...]) -> tuple[Written, ...]:
    """Return questions with their answers, without the names of who wrote them."""
    return tuple(written(one.question, tuple(map(written, one.answers))) for one in found)


def written(original: Original, answers: tuple[Written, ...] = ()) -> Written:
    """Return something written without the name of its author."""
    return Written(
        text=original.text,
        at=original.at,
        place=original.place,
        link=original.link,
        answers=answers,
        files=original.files,
    )
