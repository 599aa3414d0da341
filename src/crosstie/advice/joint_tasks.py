"""Small things for two people to do together, so that a first meeting is about something."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What is known of two people who might meet, from open evidence.

    Attributes:
        shared_places: open places in which both took part.
        shared_contacts: how many people both are in contact with.
        other_group: whether their groups differ.
        other_location: whether their locations differ.
        is_bridge: whether the other's group is one that the first hardly reaches.
        newcomer: whether one of them joined within half a year.
    """

    shared_places: int
    shared_contacts: int
    other_group: bool
    other_location: bool
    is_bridge: bool
    newcomer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class JointTask:
    """One small thing to do together.

    Attributes:
        name: a short word for it.
        text: what to do, in the imperative, to both.
        minutes: how long it takes.
        reason: why it fits these two.
    """

    name: str
    text: str
    minutes: int
    reason: str


_FITS: dict[str, Callable[[Ground], bool]] = {
    "show-around": lambda ground: ground.newcomer,
    "swap-questions": lambda ground: ground.is_bridge,
    "both-sides": lambda ground: ground.other_group and ground.shared_places > 0,
    "share-screens": lambda ground: ground.other_location,
    "answer-together": lambda ground: ground.shared_places > 0,
    "one-thing-each": lambda ground: ground.shared_contacts > 0,
    "this-month": lambda ground: ground.shared_contacts == 0 and ground.shared_places == 0,
}

TASKS = (
    JointTask(
        name="show-around",
        text="Tell each other which three people and which two places helped you most in your first weeks.",
        minutes=30,
        reason="One of you is new here, and the other remembers what helped.",
    ),
    JointTask(
        name="swap-questions",
        text="Each bring one question that your own group has not been able to answer, and swap them.",
        minutes=30,
        reason="Your groups hardly reach each other, so what is hard for one may be known to the other.",
    ),
    JointTask(
        name="both-sides",
        text="Pick a recent matter from a place you share, and tell each other how it looks from your side.",
        minutes=25,
        reason="You follow the same place from different groups.",
    ),
    JointTask(
        name="share-screens",
        text="Show each other, on your screen, one thing you do every week and how you do it.",
        minutes=25,
        reason="You sit in different towns and would not see it in passing.",
    ),
    JointTask(
        name="answer-together",
        text="Choose one open question in a place you share, and answer it together.",
        minutes=30,
        reason="You take part in the same place, so there is something to do for others at once.",
    ),
    JointTask(
        name="one-thing-each",
        text="Tell each other one thing you learned lately from somebody you both know.",
        minutes=20,
        reason="You learn from the same person, which is a start.",
    ),
    JointTask(
        name="this-month",
        text="Tell each other what you are working on this month, and one thing you would like to know.",
        minutes=25,
        reason="You share no place and no contact that is known here, so start with your work.",
    ),
)


def fitting_task(ground: Ground, *, turn: int) -> JointTask:
    """Return a task that fits; `turn` walks through those that do, so that not all get the same."""
    fitting = [task for task in TASKS if _FITS[task.name](ground)]
    return fitting[turn % len(fitting)]
