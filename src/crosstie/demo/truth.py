"""What is true in the demo company, whether or not anything recorded it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Way(StrEnum):
    """How somebody learned something. The last three leave no trace of their own."""

    CHANNEL = "channel"  # asked in a channel, answered there
    CHAT = "chat"  # asked someone in a direct conversation
    MAIL = "mail"  # asked by mail
    MEETING = "meeting"  # in a meeting that stands in a calendar
    REVIEW = "review"  # one reviewed the other's change
    TOGETHER = "together"  # made a change together
    READING = "reading"  # read what the other had written, and said nothing
    IN_PERSON = "in person"  # talked at the desk, in the corridor, on the telephone
    WATCHING = "watching"  # followed a conversation of others


@dataclass(frozen=True, slots=True)
class LearningEvent:
    """One person learned something from another.

    Attributes:
        learner, teacher: ids of people (`Person.id`).
        topic: what about.
        at: when, in UTC.
        way: how.
    """

    learner: str
    teacher: str
    topic: str
    at: datetime
    way: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """What the seed arranged before the year began; people by id.

    Attributes:
        silos: two departments that need each other and hardly talk.
        brokers: person to the two departments they link.
        newcomers: joined in the last three months.
        shrinking: the person whose circle shrinks over the year.
        closed_team: name of the team that keeps to itself.
        closed_members: its people.
        community: name of the community of practice.
        community_members: its people, of six departments.
        leaving: the knowledgeable person who is about to leave.
        leaving_topics: what that person knows best.
        opted_out: a person who opted out.
        on_leave: people who were on parental leave for months: quiet, and nothing is wrong.
    """

    silos: tuple[str, str]
    brokers: dict[str, tuple[str, str]]
    newcomers: tuple[str, ...]
    shrinking: str
    closed_team: str
    closed_members: tuple[str, ...]
    community: str
    community_members: tuple[str, ...]
    leaving: str
    leaving_topics: tuple[str, ...]
    opted_out: str
    on_leave: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """All learning events in order of time, and what was planted."""

    events: tuple[LearningEvent, ...]
    planted: Planted
