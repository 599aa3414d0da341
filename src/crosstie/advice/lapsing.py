"""Bridges about to lapse: contacts hardly anyone else around one knows, and who are soon out of touch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crosstie.advice.advisor import Advisor
from crosstie.network.network import NO_TIME, Ties, Weights

MICROSECONDS_A_DAY = 86_400_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LapsingSettings:
    """When one is reminded.

    Attributes:
        most: of how many contacts at most.
        chance: whoever is likelier than this to be in touch within thirty days needs no reminder.
        shared: a contact with more open contacts in common than this is no bridge.
        least_contact: how much contact there has been, in replies; less was hardly a tie.
        silent_days: days without contact before anything is said.
        forgotten_days: days without contact after which nothing is said any more.
        around_days: both must have been in touch with somebody in the open so lately: the silence of someone
            who is away is no sign.
    """

    most: int = 3
    chance: float = 0.5
    shared: int = 1
    least_contact: float = 3.0
    silent_days: float = 21.0
    forgotten_days: float = 150.0
    around_days: float = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapsing:
    """One contact about to be lost.

    Attributes:
        person: their number.
        last_at: when the two were last in touch, microseconds since 1970.
        shared: how many open contacts they have in common.
    """

    person: int
    last_at: int
    shared: int


def lapsing(
    me: int,
    *,
    ties: Ties,
    alive: Weights,
    open_ties: Ties,
    at: int,
    gone: NDArray[np.bool_],
    settings: LapsingSettings,
) -> tuple[Lapsing, ...]:
    """Return the bridges of one person that are about to lapse, those with most contact so far first.

    Args:
        me: their number.
        ties: of the network; their own are looked at.
        alive: (T,) how likely each tie is in touch within thirty days, NaN where nothing can be said.
        open_ties: of the same people from open evidence: what is known of others.
        at: the date, microseconds since 1970.
        gone: (P,) who left, or is known to be away.
        settings: see there.
    """
    around = _around(open_ties, len(gone), at, settings.around_days)
    if gone[me] or not around[me]:
        return ()
    own = np.flatnonzero(ties.learner == me)
    others = ties.teacher[own]
    days = (at - ties.last_at[own]) / MICROSECONDS_A_DAY
    mine = _contacts(open_ties, me)
    fits = (
        (ties.last_at[own] != NO_TIME)
        & (days >= settings.silent_days)
        & (days <= settings.forgotten_days)
        & (ties.known_contact[own] >= settings.least_contact)
        & (np.nan_to_num(alive[own], nan=1.0) < settings.chance)
        & around[others]
        & ~gone[others]
    )
    found = []
    for row in own[fits].tolist():
        other = int(ties.teacher[row])
        shared = len(np.intersect1d(mine, _contacts(open_ties, other), assume_unique=True))
        if shared <= settings.shared:
            found.append((float(ties.known_contact[row]), other, row, shared))
    found.sort(key=lambda one: (-one[0], one[1]))
    return tuple(
        Lapsing(person=other, last_at=int(ties.last_at[row]), shared=shared)
        for _, other, row, shared in found[: settings.most]
    )


def _around(open_ties: Ties, people: int, at: int, days: float) -> NDArray[np.bool_]:
    """Say of everyone whether they were in touch with somebody in the open of late."""
    lately = open_ties.last_at >= at - int(days * MICROSECONDS_A_DAY)
    around = np.zeros(people, dtype=np.bool_)
    around[open_ties.learner[lately]] = True
    around[open_ties.teacher[lately]] = True
    return around


def _contacts(open_ties: Ties, person: int) -> NDArray[np.int32]:
    theirs: NDArray[np.int32] = open_ties.teacher[(open_ties.learner == person) & open_ties.active]
    return theirs


ADVISOR = Advisor(
    name="lapsing",
    label="Before it fades",
    question="Whom would I lose that nobody else around me is in touch with?",
    how="Of your contacts those are named with whom you share hardly any open contact, with whom you were "
    "not in touch for three weeks or longer, and whose ties, by how such ties went here before, are more "
    "likely than not to stay silent for another month. Nothing is said where one of you is away, has left, "
    "or is silent everywhere.",
    reading="A second talk is enough to keep such a tie; or let it go.",
    cautions=(
        "A tie kept alive in person, or in places that were not read, looks as if it faded.",
        "Some ties have done what they were for.",
    ),
    evidence="Your own contacts, from all that was read of you; of others only what is open.",
    references=(
        "Burt, R. (2002). Bridge decay. Social Networks 24.",
        "Measured on the mail of two organisations: docs/explanation/evaluation/survival.md.",
    ),
    settings=LapsingSettings(),
)
