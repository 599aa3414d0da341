"""Why somebody is suggested, in plain words, and the way to them through people one knows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from crosstie.actions.snapshots import Snapshot
from crosstie.actions.speaking import spoken
from crosstie.actions.views import Original
from crosstie.advice.activity import NEVER
from crosstie.network.network import Network, Ties
from crosstie.people import Persons
from crosstie.saying import Said, listed, say, say_count

if TYPE_CHECKING:
    from crosstie.advice.experts import Expert

_NAMED = 2
_LONGEST_FILE = 80
_KINDS = ("answered", "reviewed", "wrote")
_LATELY_HERE = 0.5
"""Answers in a place, each halved every 30 days, from which somebody is said to answer there lately."""


def reasons_for(expert: Expert, shown: tuple[Original, ...], place: str) -> tuple[str, ...]:
    """Return sentences that speak for someone: these answers, in these open places, this recent.

    They name nobody, so that they can go to the one who is asked as well, in that one's language; and they
    count nothing, for how much somebody answers is no one else's business.

    Args:
        expert: what the advisor found.
        shown: those of the answers that are open to the viewer.
        place: the name of the open place the question belongs to; "" for none, or one without a name.
    """
    is_here = bool(place) and expert.here >= _LATELY_HERE
    sentences = []
    days = []
    for kind in _KINDS:
        of_kind = [one for one in shown if one.kind == kind and one.at is not None]
        if of_kind:
            sentences += _told(kind, of_kind)
            days += [one.at.date() for one in of_kind if one.at is not None]
            is_here = is_here and place not in {one.place for one in of_kind}
    if expert.last_at == NEVER:
        return tuple(sentences) or (
            say("Wrote changes in open places; none of them is close to this question."),
        )
    if not days:
        sentences.append(say("Answers others in open places; none of the answers is close to this question."))
    if is_here:
        sentences.append(
            say("Lately answered others in %(place)s, where questions like this one are asked.", place=place)
        )
    last = datetime.fromtimestamp(expert.last_at / 1_000_000, tz=UTC).date()
    if last not in days:
        sentences.append(say("Last answered somebody in an open place on %(when)s.", when=last))
    return tuple(sentences)


def _told(kind: str, shown: list[Original]) -> list[Said]:
    """Say what somebody did that is near, in which open places, and when last; where files tell, to which."""
    with_files = [one for one in shown if one.files]
    others = [one for one in shown if not one.files]
    return [
        *([_told_of_files(kind, with_files)] if with_files else []),
        *([_told_of_words(kind, others)] if others else []),
    ]


def _short(file: str) -> str:
    """Return the end of a path, which tells more than its beginning; whole where it is short."""
    return file if len(file) <= _LONGEST_FILE else f"…{file[1 - _LONGEST_FILE :]}"


def _told_of_files(kind: str, shown: list[Original]) -> Said:
    """Say which files somebody changed, or reviewed or helped with changes of."""
    files = listed(list(dict.fromkeys(_short(file) for one in shown for file in one.files))[:_NAMED])
    where, when = _where_and_when(shown)
    if kind == "wrote":
        return say_count(
            "Changed %(files)s in %(places)s, on %(when)s.",
            "Changed %(files)s in %(places)s, the last such change on %(when)s.",
            len(shown),
            files=files,
            places=where,
            when=when,
        )
    return say_count(
        "Reviewed or helped with a change of %(files)s in %(places)s, on %(when)s.",
        "Reviewed or helped with changes of %(files)s in %(places)s, the last such change on %(when)s.",
        len(shown),
        files=files,
        places=where,
        when=when,
    )


def _where_and_when(shown: list[Original]) -> tuple[Said | str, date]:
    places = sorted({one.place for one in shown if one.place})[:_NAMED]
    where = listed(places) or say("a place without a name")
    return where, max(one.at.date() for one in shown if one.at is not None)


def _told_of_words(kind: str, shown: list[Original]) -> Said:
    """Say what somebody did that is near by its words, in which open places, and when last."""
    where, when = _where_and_when(shown)
    if kind == "wrote":
        return say_count(
            "Wrote a change like this in %(places)s, on %(when)s.",
            "Wrote changes like this in %(places)s, the last on %(when)s.",
            len(shown),
            places=where,
            when=when,
        )
    if kind == "reviewed":
        return say_count(
            "Reviewed or helped with a change like this in %(places)s, on %(when)s.",
            "Reviewed or helped with changes like this in %(places)s, the last on %(when)s.",
            len(shown),
            places=where,
            when=when,
        )
    return say_count(
        "Answered a question like this one in %(places)s, on %(when)s.",
        "Answered questions like this one in %(places)s, the last on %(when)s.",
        len(shown),
        places=where,
        when=when,
    )


def path_to(snapshot: Snapshot, persons: Persons, called: Mapping[str, str], me: str, other: str) -> str:
    """Return how the viewer gets to somebody, from open ties alone; "" where those show no way.

    Args:
        snapshot: its open ties.
        persons: who may be named.
        called: what people are called who share their name.
        me: the viewer's key.
        other: the other's.
    """
    network, ties = snapshot.network, snapshot.open_ties
    try:
        mine, theirs = (_contacts(network, ties, key) for key in (me, other))
        there = network.index_of(other)
    except KeyError:
        return ""
    if mine[there] > 0:
        is_now = _contacts(network, network.ties, me, only_active=True)[there] > 0
        return spoken(say("You are in touch already.") if is_now else say("You have been in touch before."))
    both = np.minimum(mine, theirs)
    ways = [int(row) for row in np.argsort(-both, kind="stable")[: 4 * _NAMED] if both[row] > 0]
    keys = [str(network.persons[row]) for row in ways]
    names = [called.get(key, persons.by_key[key].name) for key in keys if key in persons.by_key]
    names = [name for name in names if name][:_NAMED]
    if not names:
        return ""
    return spoken(say("You both know %(names)s.", names=listed(names)))


def _contacts(network: Network, ties: Ties, key: str, *, only_active: bool = False) -> NDArray[np.float64]:
    """Return (P,) the contact of one person with everybody, as far as it lives or, unless asked, is known."""
    row = network.index_of(key)
    start, end = np.searchsorted(ties.learner, [row, row + 1])
    found = np.zeros(len(network.persons))
    kept = ties.active[start:end]
    if not only_active:
        kept = kept | ties.known[start:end]
    found[ties.teacher[start:end][kept]] = ties.known_contact[start:end][kept]
    return found
