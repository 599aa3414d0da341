"""A public archive: `<stream id>-<stream>/<topic>.json`, four keys a message, no ids of people.

A full name is all it has, so the full name is the account. Its files' names may begin with a dot.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

import msgspec

from crosstie.record import Openness, Trace
from crosstie.sources.archive import Archive, Member
from crosstie.sources.door import Door
from crosstie.sources.ledger import Ledger
from crosstie.sources.mending import UNREADABLE, Mender
from crosstie.sources.zulip import parse
from crosstie.sources.zulip.content import Named, from_html
from crosstie.sources.zulip.meeting import Meeting, person
from crosstie.sources.zulip.parse import Topic, Where

_STREAM = re.compile(r"(\d{1,18})-(.*)")
_INDEX = "stream_index.json"


class Message(msgspec.Struct, gc=False):
    """A message of a public archive; its content is HTML."""

    id: int
    sender_full_name: str
    timestamp: float
    content: str = ""


class _When(msgspec.Struct, gc=False):
    id: int
    timestamp: float


class _Stream(msgspec.Struct):
    id: int


class _Index(msgspec.Struct):
    streams: dict[str, _Stream] = {}


_pieces = msgspec.json.Decoder(list[msgspec.Raw])
_message = msgspec.json.Decoder(Message)
_when = msgspec.json.Decoder(_When)
_index = msgspec.json.Decoder(_Index)


def is_topic(parts: tuple[str, ...]) -> bool:
    """Say whether this is the name of a topic's file."""
    return len(parts) > 1 and parts[-1].endswith(".json") and _STREAM.fullmatch(parts[-2]) is not None


def read_public(archive: Archive, door: Door, site: str, more_bots: frozenset[str]) -> Iterator[Trace]:
    """Yield the traces of a public archive, one topic in memory at a time."""
    identity, streams = _first_pass(archive, door.ledger)
    bots = {name.casefold() for name in more_bots}
    meeting = Meeting(f"zulip:{identity}", site, door, account_of=lambda named: named.name)
    readers = _Reader(meeting, bots)
    for member in archive.members():
        if is_topic(member.name.parts):
            yield from readers.topic(member, streams)
        elif member.name.suffix == ".json" and member.name.name != _INDEX:
            door.ledger.note("file that is no topic")


class _Reader:
    def __init__(self, meeting: Meeting, more_bots: set[str]) -> None:
        self.meeting = meeting
        self.more_bots = more_bots
        self.ledger = meeting.door.ledger
        meeting.account_of = self.account_of

    def account_of(self, named: Named) -> str:
        """Return the account of a full name, introduced when it is first met."""
        name = " ".join(named.name.split())
        if name and name not in self.meeting.accounts:
            if parse.is_bot_name(name) or name.casefold() in self.more_bots:
                self.meeting.bots.add(name)
            self.meeting.introduce(person(name, name))
        return name

    def topic(self, member: Member, streams: dict[int, str]) -> Iterator[Trace]:
        folder, file = member.name.parts[-2:]
        stream = _STREAM.fullmatch(folder)
        if stream is None:  # is_topic has let it pass
            return
        name = streams.get(int(stream[1])) or parse.decoded(stream[2])
        where = Where(id=str(int(stream[1])), name=name, openness=Openness.OPEN)
        topic_name, topic = parse.decoded(file.removesuffix(".json")), Topic()
        for message in self._in_order(member):
            sender = self.account_of(Named(message.sender_full_name))
            if not sender:
                self.ledger.leave_out("no user")
            elif sender in self.meeting.bots:
                self.ledger.leave_out("bot")
            elif not self.meeting.seen.is_new(message.id):
                self.ledger.leave_out("same message in another topic")
            else:
                words = from_html(message.content)
                posted = self.meeting.posted(
                    sender, message.id, words, topic=topic_name, seconds=message.timestamp
                )
                if posted is not None:
                    yield from self.meeting.message(posted, where, topic)

    def _in_order(self, member: Member) -> list[Message]:
        messages = []
        mender = Mender()
        try:
            pieces = mender.decode(_pieces, member.read())
        except UNREADABLE:
            self.ledger.leave_out("unreadable file")
            return []
        for piece in pieces:
            try:
                messages.append(mender.decode(_message, piece))
            except UNREADABLE:
                self.ledger.leave_out("unreadable message")
        mender.say(self.ledger)
        messages.sort(key=lambda message: (message.timestamp, message.id))
        return messages


def _first_pass(archive: Archive, ledger: Ledger) -> tuple[str, dict[int, str]]:
    """Return what identifies the realm, and the names of its streams.

    An archive does not say whose it is. Its oldest stream's first message stays the same while the archive
    grows, so their ids and time name it.
    """
    oldest: tuple[int, int, float] | None = None
    streams: dict[int, str] = {}
    for member in archive.members():
        if member.name.name == _INDEX:
            try:
                mender = Mender()
                index = mender.decode(_index, member.read())
                mender.say(ledger)
            except UNREADABLE:
                continue  # the folders' names tell the streams as well
            streams |= {stream.id: name for name, stream in index.streams.items()}
        elif is_topic(member.name.parts):
            stream = int(member.name.parts[-2].split("-", 1)[0])
            if oldest is None or stream <= oldest[0]:
                first = _first_in(member)
                if first is not None:
                    oldest = min(oldest or (stream, *first), (stream, *first))
    said_first = "/".join(str(part) for part in oldest) if oldest else ""
    return hashlib.sha256(said_first.encode()).hexdigest()[:16], streams


def _first_in(member: Member) -> tuple[int, float] | None:
    try:
        pieces = Mender().decode(_pieces, member.read())  # what is mended is told when the topic is read
        found = [_when.decode(piece) for piece in pieces]
    except UNREADABLE:
        return None
    return min(((when.id, when.timestamp) for when in found), default=None)
