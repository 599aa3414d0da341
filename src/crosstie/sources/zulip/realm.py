"""The export of a whole realm: tables in `realm.json`, messages in shards `messages-000001.json`."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec

from crosstie.errors import SourceRefused
from crosstie.record import Openness, Trace
from crosstie.sources.archive import Archive, Member
from crosstie.sources.door import Door
from crosstie.sources.mending import UNREADABLE, Mender
from crosstie.sources.zulip import parse
from crosstie.sources.zulip.content import Named, from_html, from_markdown
from crosstie.sources.zulip.meeting import Meeting, person
from crosstie.sources.zulip.parse import Topic, Where

_SHARD = re.compile(r"messages-\d+\.json")
# Where people keep their address to themselves, Zulip writes such a one.
_NO_ADDRESS = re.compile(r"user\d+@")
_PERSONAL, _STREAM, _GROUP = 1, 2, 3


class _Realm(msgspec.Struct):
    id: int | None = None
    string_id: str | None = None
    uuid: str | None = None


class _User(msgspec.Struct):
    id: int
    full_name: str = ""
    delivery_email: str | None = None
    email: str | None = None
    is_bot: bool = False


class _Stream(msgspec.Struct):
    id: int
    name: str = ""
    invite_only: bool | None = None


class _Recipient(msgspec.Struct, gc=False):
    id: int
    type: int
    type_id: int


class _Subscription(msgspec.Struct, gc=False):
    user_profile: int
    recipient: int
    active: bool = True


class _Reaction(msgspec.Struct, gc=False):
    user_profile: int
    message: int
    emoji_name: str


class _Tables(msgspec.Struct):
    """The tables that are read; what people read, starred, followed or muted is never decoded."""

    zerver_realm: list[msgspec.Raw] = []
    zerver_userprofile: list[msgspec.Raw] = []
    zerver_userprofile_mirrordummy: list[msgspec.Raw] = []
    zerver_userprofile_crossrealm: list[msgspec.Raw] = []
    zerver_stream: list[msgspec.Raw] = []
    zerver_recipient: list[msgspec.Raw] = []
    zerver_subscription: list[msgspec.Raw] = []
    zerver_reaction: list[msgspec.Raw] = []


class _Shard(msgspec.Struct):
    zerver_message: list[msgspec.Raw] = []


class _Message(msgspec.Struct, gc=False):
    id: int
    sender: int
    recipient: int
    date_sent: float
    subject: str = ""
    content: str = ""
    rendered_content: str | None = None
    last_edit_time: float | None = None


_whole = msgspec.json.Decoder(_Tables)
_shard = msgspec.json.Decoder(_Shard)
_message = msgspec.json.Decoder(_Message)
_reaction = msgspec.json.Decoder(_Reaction)
_Row = TypeVar("_Row", bound=msgspec.Struct)


@dataclass(slots=True)
class Realm:
    """What the tables say.

    Attributes:
        reactions: (emoji, account) pairs by message id.
    """

    identity: str
    users: dict[int, _User] = field(default_factory=dict)
    bots: set[str] = field(default_factory=set)
    streams: dict[int, _Stream] = field(default_factory=dict)
    recipients: dict[int, _Recipient] = field(default_factory=dict)
    members: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    reactions: dict[int, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))

    def where(self, message: _Message) -> Where | None:
        """Return where a message stands, None if its recipient is unknown."""
        recipient = self.recipients.get(message.recipient)
        if recipient is None:
            return None
        members = frozenset(self.members.get(recipient.id, ()))
        if recipient.type == _STREAM:
            stream = self.streams.get(recipient.type_id)
            is_open = stream is not None and not stream.invite_only
            return Where(
                id=str(recipient.type_id),
                name=stream.name if stream else "",
                openness=Openness.OPEN if is_open else Openness.MEMBERS,
                members=members,
            )
        if recipient.type == _PERSONAL:
            members = frozenset({str(message.sender), str(recipient.type_id)})
        elif recipient.type != _GROUP:
            return None
        # By its people and not by its recipient, which differs by direction between two.
        people = sorted(members | {str(message.sender)}, key=int)
        return Where(
            id="direct:" + "-".join(people), name="", openness=Openness.DIRECT, members=frozenset(people)
        )


def is_shard(member: Member) -> bool:
    """Say whether this is a file of messages."""
    return _SHARD.fullmatch(member.name.name) is not None


def read_realm(archive: Archive, content: bytes, door: Door, site: str) -> Iterator[Trace]:
    """Yield the traces of a realm, one shard in memory at a time beside its people and reactions.

    Raises:
        SourceRefused: realm.json cannot be read.
    """
    realm = _tables(content, door)
    names = Counter(user.full_name for user in realm.users.values())
    by_name = {user.full_name: str(user.id) for user in realm.users.values() if names[user.full_name] == 1}

    def account_of(named: Named) -> str:
        if named.id.isdecimal() and int(named.id) in realm.users:
            return str(int(named.id))
        return by_name.get(named.name, "")

    meeting = Meeting(f"zulip:{realm.identity}", site, door, account_of, bots=realm.bots)
    for user in realm.users.values():
        address = user.delivery_email or user.email or ""
        if _NO_ADDRESS.match(address):
            address = ""
        if str(user.id) not in realm.bots:
            meeting.introduce(person(str(user.id), user.full_name, address))
    yield from meeting.viewer()
    topics: dict[tuple[str, str], Topic] = defaultdict(Topic)
    for member in archive.members():
        if is_shard(member):
            for message in _messages(member, door):
                yield from _message_of(message, realm, meeting, topics)
    left = sum(len(givers) for givers in realm.reactions.values())
    if left:
        door.ledger.leave_out("reaction to a message that is not in the export", left)


def _message_of(
    message: _Message, realm: Realm, meeting: Meeting, topics: dict[tuple[str, str], Topic]
) -> Iterator[Trace]:
    ledger = meeting.door.ledger
    reactions = realm.reactions.pop(message.id, [])
    sender, where = str(message.sender), realm.where(message)
    posted = None
    if not meeting.seen.is_new(message.id):
        ledger.leave_out("same message twice")
    elif sender in realm.bots:
        ledger.leave_out("bot")
    elif sender not in meeting.accounts:
        ledger.leave_out("unknown user")
    elif where is None:
        ledger.leave_out("unknown recipient")
    elif (
        where.openness is Openness.DIRECT
        and where.members - {sender}
        and where.members - {sender} <= realm.bots
    ):
        ledger.leave_out("message to a bot")
    else:
        words = (
            from_html(message.rendered_content)
            if message.rendered_content
            else from_markdown(message.content)
        )
        posted = meeting.posted(
            sender,
            message.id,
            words,
            topic=message.subject,
            seconds=message.date_sent,
            edited=message.last_edit_time,
        )
    if posted is None or where is None:
        if reactions:
            ledger.leave_out("reaction to a message that was left out", len(reactions))
        return
    thread = topics[where.id, posted.topic.removeprefix(parse.RESOLVED)]
    yield from meeting.message(posted, where, thread, reactions)


def _tables(content: bytes, door: Door) -> Realm:
    mender = Mender()
    try:
        tables = mender.decode(_whole, content)
    except UNREADABLE as trouble:
        raise SourceRefused(
            f'"realm.json" cannot be read ({trouble}).',
            hint="Export the realm again; this file was cut off or changed.",
        ) from trouble
    realms = _rows(tables.zerver_realm, _Realm, door, mender)
    identity = next((found.uuid or found.string_id or str(found.id) for found in realms), "unnamed")
    realm = Realm(identity)
    for table in (tables.zerver_userprofile, tables.zerver_userprofile_mirrordummy):
        for user in _rows(table, _User, door, mender):
            realm.users[user.id] = user
            if user.is_bot:
                realm.bots.add(str(user.id))
    for user in _rows(tables.zerver_userprofile_crossrealm, _User, door, mender):
        realm.bots.add(str(user.id))
    realm.streams = {found.id: found for found in _rows(tables.zerver_stream, _Stream, door, mender)}
    realm.recipients = {found.id: found for found in _rows(tables.zerver_recipient, _Recipient, door, mender)}
    for subscription in _rows(tables.zerver_subscription, _Subscription, door, mender):
        if subscription.active:
            realm.members[subscription.recipient].add(str(subscription.user_profile))
    for raw in tables.zerver_reaction:
        try:
            reaction = mender.decode(_reaction, raw)
        except UNREADABLE:
            door.ledger.leave_out("unreadable reaction")
            continue
        realm.reactions[reaction.message].append((reaction.emoji_name, str(reaction.user_profile)))
    mender.say(door.ledger)
    return realm


def _rows(table: list[msgspec.Raw], kind: type[_Row], door: Door, mender: Mender) -> Iterator[_Row]:
    decoder = msgspec.json.Decoder(kind)
    for raw in table:
        try:
            yield mender.decode(decoder, raw)
        except UNREADABLE:
            door.ledger.note("unreadable row of a table")


def _messages(member: Member, door: Door) -> Iterator[_Message]:
    mender = Mender()
    try:
        shard = mender.decode(_shard, member.read())
    except UNREADABLE:
        door.ledger.leave_out("unreadable file")
        return
    for raw in shard.zerver_message:
        try:
            yield mender.decode(_message, raw)
        except UNREADABLE:
            door.ledger.leave_out("unreadable message")
    mender.say(door.ledger)


def agreed(content: bytes) -> int:
    """Return how many people gave their private messages to an export with consent."""
    try:
        found: Any = msgspec.json.decode(content)
    except UNREADABLE:
        return 0
    return len(found) if isinstance(found, list) else 0
