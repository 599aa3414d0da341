"""Why somebody is suggested, in plain words, and the way to them through people one knows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from crosstie.actions.snapshots import Snapshot
from crosstie.actions.speaking import spoken
from crosstie.actions.views import Original
from crosstie.network.network import Network, Ties
from crosstie.people import Persons
from crosstie.saying import listed, say, say_count

if TYPE_CHECKING:
    from crosstie.advice.experts import Expert

_NAMED = 2


def reasons_for(expert: Expert, shown: tuple[Original, ...], answers: int) -> tuple[str, ...]:
    """Return sentences that speak for someone: these answers, in these open places, this recent.

    They name nobody, so that they can go to the one who is asked as well, in that one's language.

    Args:
        expert: what the advisor found.
        shown: those of the answers that are open to the viewer.
        answers: how many answers they gave in all.
    """
    sentences = []
    if shown and expert.near:
        places = ", ".join(sorted({one.place for one in shown if one.place})[:_NAMED])
        latest = max(one.at for one in shown if one.at is not None)
        sentences.append(
            say_count(
                "Answered %(count)s earlier question like this one, in %(places)s (%(when)s).",
                "Answered %(count)s earlier questions like this one, in %(places)s, lately on %(when)s.",
                expert.near,
                places=places or say("a place without a name"),
                when=latest.date(),
            )
        )
    else:
        sentences.append(say("Answers often of late; none of the answers is close to this question."))
    last = datetime.fromtimestamp(expert.last_at / 1_000_000, tz=UTC)
    sentences.append(
        say_count(
            "Has given %(count)s answer in open places, on %(when)s.",
            "Has given %(count)s answers in open places, the last on %(when)s.",
            answers,
            when=last.date(),
        )
    )
    return tuple(sentences)


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
        return spoken(say("You are in touch already."))
    both = np.minimum(mine, theirs)
    ways = [int(row) for row in np.argsort(-both, kind="stable")[: 4 * _NAMED] if both[row] > 0]
    keys = [str(network.persons[row]) for row in ways]
    names = [called.get(key, persons.by_key[key].name) for key in keys if key in persons.by_key]
    names = [name for name in names if name][:_NAMED]
    if not names:
        return ""
    return spoken(say("You both know %(names)s.", names=listed(names)))


def _contacts(network: Network, ties: Ties, key: str) -> NDArray[np.float64]:
    """Return (P,) the contact of one person with everybody, as far as it lives or is known."""
    row = network.index_of(key)
    start, end = np.searchsorted(ties.learner, [row, row + 1])
    found = np.zeros(len(network.persons))
    kept = ties.active[start:end] | ties.known[start:end]
    found[ties.teacher[start:end][kept]] = ties.known_contact[start:end][kept]
    return found
