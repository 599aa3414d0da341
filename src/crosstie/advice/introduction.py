"""One introduction, and how it is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crosstie.advice.joint_tasks import JointTask
from crosstie.saying import listed, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What differs between two people: their units of one kind."""

    kind: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """One introduction, with its reasons; people by key, so that the caller names them.

    Attributes:
        person: for whom.
        candidate: whom to meet.
        mutual: people both are in open contact with, the nearest first; never empty.
        shared_contacts: how many such people there are.
        shared_places: open places in which both took part, the smallest first.
        differences: in which groups they differ.
        is_bridge: whether the candidate's group is one the person hardly reaches.
        size_gain: by how much the circle's effective size would grow.
        diversity_gain: by how much its group diversity would grow; None without groups.
        likeness: how alike they are in places and topics, 0 to 1; None where nothing is known of it.
        task: a small thing to do together, with its reason.
    """

    person: str
    candidate: str
    mutual: tuple[str, ...]
    shared_contacts: int
    shared_places: tuple[str, ...]
    differences: tuple[Difference, ...]
    is_bridge: bool
    size_gain: float
    diversity_gain: float | None
    likeness: float | None
    task: JointTask


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What speaks for people meeting, from one person's side, with everyone and every place by name.

    Attributes:
        people: how many meet, two or three.
        mutual: people whom all of them are in open contact with.
        places: open places in which all of them took part.
        differences: of each kind of group that differs: mine, whose other, theirs.
        is_bridge: whether I hardly reach the other's group.
        elsewhere: whose places in which I took no part, and those places.
    """

    people: int = 2
    mutual: Sequence[str] = ()
    places: Sequence[str] = ()
    differences: Sequence[tuple[str, str, str]] = ()
    is_bridge: bool = False
    elsewhere: Sequence[tuple[str, Sequence[str]]] = ()


def sentences(named: Named) -> tuple[str, ...]:
    """Say why people should meet, to one of them: what they share first, then what differs."""
    is_pair = named.people == 2  # noqa: PLR2004 - two are a pair
    said = []
    if named.mutual:
        both = say("You both know %(names)s.", names=listed(named.mutual))
        said.append(both if is_pair else say("You all know %(names)s.", names=listed(named.mutual)))
    if named.places:
        both = say("You both take part in %(places)s.", places=listed(named.places))
        said.append(both if is_pair else say("You all take part in %(places)s.", places=listed(named.places)))
    said.extend(
        say("You are in %(mine)s, %(name)s in %(theirs)s.", mine=mine, name=name, theirs=theirs)
        for mine, name, theirs in named.differences
    )
    if named.is_bridge:
        said.append(say("You have hardly anyone in that group so far."))
    said.extend(
        say(
            "%(name)s takes part in %(places)s, where you have not written so far.",
            name=name,
            places=listed(places),
        )
        for name, places in named.elsewhere
        if places
    )
    return tuple(said)


__all__ = ["Difference", "Introduction", "Named", "sentences"]
