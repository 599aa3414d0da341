"""What an interaction is: one recorded act, one row.

A source yields *traces*: the accounts and places it meets, the entries of a directory, and the
interactions between them. In a trace every id is the one from outside. The one action that appends
to the record replaces them: accounts and places by opaque keys, message and thread ids by keyed
hashes (`crosstie.record.keys`). So the same `Interaction` type stands on both sides of that door.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

import msgspec


class Kind(StrEnum):
    """What someone did. Who it was done to stands in `addressed`, unless said otherwise."""

    SAID = "said"  # wrote to a place, or to those addressed
    REPLIED = "replied"  # answered a message (`replies_to`, `parent_author`) or a thread
    THANKED = "thanked"  # reacted to, or accepted, the message `replies_to` of `parent_author`
    REVIEWED = "reviewed"  # reviewed the change of those addressed
    CO_WROTE = "co_wrote"  # made something together with those addressed
    MET = "met"  # met with those addressed
    NAMED = "named"  # named those addressed in a survey or a table of ties, with a `strength`
    ACKNOWLEDGED = "acknowledged"  # said "I learned this from" those addressed


class Openness(StrEnum):
    """Who can read a place: anyone in the organisation, its members, or the people in it by name."""

    OPEN = "open"
    MEMBERS = "members"
    DIRECT = "direct"


class KnownHow(StrEnum):
    """Whether the trace says so itself, or crosstie concluded it."""

    STATED = "stated"
    INFERRED = "inferred"


class Interaction(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One act of one account, at a time, in a place.

    Attributes:
        source: the source by its content, e.g. ``slack:T0820LGJGRF``, ``mail``, ``git:<root commit>``.
        external_id: known once within the source; reading it again adds nothing.
        kind: what was done.
        at: when, aware and in UTC; None where the source has no time (a table of ties): no decay.
        actor: the account that acted.
        place: the place it happened in.
        openness: who can read that place.
        addressed: accounts the act was directed at (recipients of a mail; see `Kind` for the others).
        copied: accounts that were copied.
        mentioned: accounts named in the text.
        thread: the conversation within the source, "" if none.
        replies_to: external id of the message answered or thanked, "" if unknown.
        parent_author: the account that wrote that message, "" where only `replies_to` tells.
        link: address of the original; open places only, "" otherwise.
        known_how: stated by the source, or inferred by the reader.
        probability: how likely an inferred act is, in (0, 1]; 1 for stated ones.
        strength: the scale point or count of a `named` act; 1 otherwise.
        asks: whether the text asks something (computed in passing; None where there was no text).
        text: the words; open places only, None otherwise.
        edited_at: when the text was last changed at its source, if it was.
        files: names of the files that a change touched, as paths with "/"; open places only, () otherwise.
    """

    source: str
    external_id: str
    kind: Kind
    at: datetime | None
    actor: str
    place: str
    openness: Openness
    addressed: tuple[str, ...] = ()
    copied: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    thread: str = ""
    replies_to: str = ""
    parent_author: str = ""
    link: str = ""
    known_how: KnownHow = KnownHow.STATED
    probability: float = 1.0
    strength: float = 1.0
    asks: bool | None = None
    text: str | None = None
    edited_at: datetime | None = None
    files: tuple[str, ...] = ()


class Account(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """How a person appears in one source. Yielded before its first interaction, again when more is known.

    Attributes:
        source: as in `Interaction`.
        id: the source's own id: a user id, an address, a name where the source has nothing else.
        name: the name people read, "" if unknown.
        address: e-mail address, lower case and stripped, "" if the source has none.
    """

    source: str
    id: str
    name: str = ""
    address: str = ""


class Place(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A channel, list, repository or mailbox within a source, and who can read it.

    `name` is kept for open and members places; a direct place has none.
    """

    source: str
    id: str
    name: str
    openness: Openness
    link: str = ""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One person as the directory has them.

    Attributes:
        source: as in `Interaction`.
        id: the directory's id of the person.
        name: full name, white space folded.
        address: e-mail address, lower case, "" if the directory has none, or others have the same.
        shared_address: the address that others in the directory have too, "" if there is none: it tells
            nobody apart.
        groups: units by kind, e.g. ``{"department": "Sales", "location": "Oslo"}``; never a protected trait.
        manager: the directory's id of the manager, "" for the root.
        relation: employee, customer, partner or outside.
        joined_on: ISO date of joining, "" if unknown.
        left_on: ISO date of leaving, "" if unknown.
    """

    source: str
    id: str
    name: str
    address: str = ""
    shared_address: str = ""
    groups: dict[str, str] = msgspec.field(default_factory=dict)
    manager: str = ""
    relation: str = "employee"
    joined_on: str = ""
    left_on: str = ""


Trace: TypeAlias = Account | Place | Entry | Interaction
