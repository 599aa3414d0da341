"""One introduction, and how it is said."""

from __future__ import annotations

from collections.abc import Callable
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


def sentences(
    introduction: Introduction, *, name: Callable[[str], str], place: Callable[[str], str]
) -> tuple[str, ...]:
    """Say why, in plain English: what both share, what differs, and what it would bring.

    Args:
        introduction: the introduction.
        name: a person's name as the viewer may see it, by key.
        place: a place's name, by key.
    """
    mutual = [name(key) for key in introduction.mutual]
    said = [say("You both know %(names)s.", names=listed(mutual))]
    if introduction.shared_places:
        places = [place(key) for key in introduction.shared_places[:2]]
        said.append(say("You both take part in %(places)s.", places=listed(places)))
    said.extend(
        say(
            "You are in %(mine)s, %(name)s in %(theirs)s.",
            mine=difference.mine,
            name=name(introduction.candidate),
            theirs=difference.theirs,
        )
        for difference in introduction.differences
    )
    if introduction.is_bridge:
        said.append(say("You have hardly anyone in that group so far."))
    return tuple(said)


__all__ = ["Difference", "Introduction", "sentences"]
