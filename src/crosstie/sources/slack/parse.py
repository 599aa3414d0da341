"""One day file's bytes to messages, one message to interactions. Pure: no file, no door, no ledger."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

from crosstie.record import Account, Interaction, Kind, Openness
from crosstie.saying import mark
from crosstie.sources.door import asks
from crosstie.sources.mending import UNREADABLE, Mender
from crosstie.sources.slack.lists import NO_PEOPLE, Conversation, Profile
from crosstie.sources.slack.words import words
from crosstie.sources.times import EARLIEST, IMPOSSIBLE, is_believable, latest

# What people do themselves; every other subtype is a notice of the system or of a bot.
_BY_PEOPLE = frozenset(
    {"", "thread_broadcast", "reply_broadcast", "file_share", "file_comment", "me_message"}
)
_COMING_AND_GOING = frozenset({
    "channel_join", "channel_leave", "group_join", "group_leave",
    "app_conversation_join", "app_conversation_leave",
})  # fmt: skip
_NOTICES = re.compile(
    r"(channel|group|message|bot|pinned|unpinned|reminder|sh_room|huddle|ekm|assistant|canvas|file|document"
    r"|app|list|lists|workflow|joiner|tombstone|airdrop|slackbot)(_\w+)?"
)
_NOTHING = msgspec.Raw()
# Looking up a member of an enumeration costs as much as decoding half a message.
_SAID, _REPLIED, _DIRECT = Kind.SAID, Kind.REPLIED, Openness.DIRECT


class Reaction(msgspec.Struct, gc=False):
    """One emoji and who gave it; Slack keeps no time."""

    name: str = ""
    users: list[str | None] | None = None
    count: int | None = None


class Edited(msgspec.Struct, gc=False):
    """When a message was last edited."""

    ts: str | float | None = None


class Message(msgspec.Struct, gc=False):
    """What crosstie decodes of a message; unknown fields cost nothing, nested ones wait until wanted."""

    ts: str | float | None = None
    user: str | None = None
    subtype: str | None = None
    text: str | None = None
    team: str | None = None
    thread_ts: str | float | None = None
    parent_user_id: str | None = None
    bot_id: str | None = None
    edited: Edited | None = None
    reactions: list[Reaction] | None = None
    blocks: msgspec.Raw = _NOTHING
    user_profile: msgspec.Raw = _NOTHING
    root: msgspec.Raw = _NOTHING
    file: msgspec.Raw = _NOTHING
    comment: msgspec.Raw = _NOTHING


class _Owned(msgspec.Struct, gc=False):
    user: str | None = None


_whole_file = msgspec.json.Decoder(list[Message])
_pieces = msgspec.json.Decoder(list[msgspec.Raw])
# Many times at once, and in a tenth of the time of Python's own way from seconds to a datetime.
_times = msgspec.json.Decoder(list[datetime], strict=False)
_message = msgspec.json.Decoder(Message)
_owned = msgspec.json.Decoder(_Owned | None)
_profile = msgspec.json.Decoder(Profile | None)


def messages(content: bytes, mender: Mender) -> Sequence[Message | None]:
    """Return the messages of a day file; None for one that cannot be read.

    Raises:
        msgspec.DecodeError, UnicodeDecodeError, RecursionError: the file as a whole is no list in JSON.
    """
    try:
        return _whole_file.decode(content)
    except UNREADABLE:
        return [_one(piece, mender) for piece in mender.decode(_pieces, content)]


def _one(piece: msgspec.Raw, mender: Mender) -> Message | None:
    try:
        return mender.decode(_message, piece)
    except UNREADABLE:
        return None


def timestamp(given: str | float | None) -> str:
    """Return a Slack time as the text that is part of an id; some exporters write it as a number."""
    if isinstance(given, str):
        return given
    return f"{given:.6f}" if isinstance(given, float | int) else ""


def moment(given: str) -> datetime | None:
    """Return a Slack time ("seconds.micros") in UTC, None where it is none, or cannot be."""
    at = _time(given)
    return at if at is not None and is_believable(at) else None


def moments(given: Sequence[str]) -> Sequence[datetime | None]:
    """Return what `moment` makes of each of these times."""
    together = ",".join(given)
    if together.isascii() and together.replace(",", "").replace(".", "").isdigit():
        try:
            found = _times.decode(f"[{together}]")
        except msgspec.MsgspecError:
            found = []
        if len(found) == len(given) and min(found) >= EARLIEST and max(found) <= latest():
            return found
    return [moment(one) for one in given]


def why_no_moment(given: str) -> str:
    """Return the reason why a Slack time is none."""
    if not given:
        return mark("no time")
    return mark("unreadable time") if _time(given) is None else IMPOSSIBLE


def _time(given: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(given), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def author(message: Message) -> str:
    """Return who wrote the message: its user, in old exports that of its file or comment; "" for none."""
    if message.user:
        return message.user
    for nested in (message.comment, message.file):
        if user := _owner(nested):
            return user
    return ""


def why_left_out(message: Message, user: str, bots: Collection[str]) -> str:
    """Return the reason why this is nobody's message, "" where somebody wrote it."""
    subtype = message.subtype or ""
    reason = ""
    if subtype in _COMING_AND_GOING:
        reason = mark("joining or leaving")
    elif subtype == "bot_message" or message.bot_id or (user in bots and user not in NO_PEOPLE):
        reason = mark("bot")
    elif subtype not in _BY_PEOPLE:
        reason = mark("notice of the system") if _NOTICES.fullmatch(subtype) else mark("unknown subtype")
    elif user in NO_PEOPLE:
        reason = mark("Slack itself")
    elif not user:
        reason = mark("no user")
    return reason


def profile_account_name(message: Message, mender: Mender) -> str:
    """Return the name that the message itself carries, for people who are in no list."""
    try:
        found = mender.decode(_profile, message.user_profile) if message.user_profile else None
    except UNREADABLE:
        return ""
    return (found.real_name or found.display_name or "") if found else ""


@dataclass(frozen=True, slots=True)
class Context:
    """What the messages of one day file have in common.

    Attributes:
        accounts: who is known by name, for spelling out mentions.
        bots: ids that are no people.
        keeps_text: whether the words may be kept; if not, only that they ask and whom they mention is.
        link: address of the conversation, "" for none.
    """

    source: str
    where: Conversation
    accounts: Mapping[str, Account]
    bots: Collection[str]
    keeps_text: bool
    link: str = ""


def said(message: Message, user: str, ts: str, at: datetime, context: Context) -> Interaction:
    """Return the message as one act: said to its conversation, or replied in its thread."""
    where = context.where
    place = where.id
    external_id = thread = f"{place}/{ts}"
    parent, thread_ts = "", message.thread_ts
    is_reply = thread_ts is not None and thread_ts != message.ts
    if is_reply:
        thread = f"{place}/{timestamp(thread_ts)}"
        parent = message.parent_user_id or _owner(message.root)
        if parent in context.bots:
            parent = ""
    mentioned, text = words(message.text, message.blocks, context.accounts)
    # Python gathers more than 15 keywords in a dict first, which costs more than all the rest of the call; so
    # the one that is rarely there is added afterwards.
    act = Interaction(
        source=context.source,
        external_id=external_id,
        kind=_REPLIED if is_reply else _SAID,
        at=at,
        actor=user,
        place=place,
        openness=where.openness,
        addressed=_addressed(where, user, context.bots) if where.openness is _DIRECT else (),
        mentioned=_others(mentioned, user, context.bots) if mentioned else (),
        thread=thread,
        replies_to=thread if is_reply else "",
        parent_author=parent,
        link=f"{context.link}/p{ts.replace('.', '')}" if context.link else "",
        asks=("?" in text and asks(text)) if text else None,
        text=text if context.keeps_text else None,
    )
    if message.edited:
        return msgspec.structs.replace(act, edited_at=moment(timestamp(message.edited.ts)))
    return act


def _others(mentioned: list[str], user: str, bots: Collection[str]) -> tuple[str, ...]:
    if len(mentioned) == 1:
        return () if mentioned[0] == user or mentioned[0] in bots else (mentioned[0],)
    return tuple(dict.fromkeys(other for other in mentioned if other != user and other not in bots))


def _addressed(where: Conversation, user: str, bots: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted(other for other in where.members if other != user and other not in bots))


def _owner(nested: msgspec.Raw) -> str:
    try:
        found = _owned.decode(nested) if nested else None
    except UNREADABLE:
        return ""
    return (found.user or "") if found else ""
