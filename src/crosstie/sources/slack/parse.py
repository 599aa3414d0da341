"""One day file's bytes to messages, one message to interactions. Pure: no file, no door, no ledger."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import UTC, datetime

import msgspec

from crosstie.record import Account, Interaction, Kind, Openness
from crosstie.sources.door import asks
from crosstie.sources.slack.lists import NO_PEOPLE, Conversation, Profile

UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)

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
_MARKUP = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")
_MENTIONED = re.compile(r"<@([UWB][A-Z0-9]+)(?:\|[^<>]*)?>")
# Slack began in 2013; a time before 2000 or after 2100 is a broken one.
_FIRST_SECOND, _LAST_SECOND = 946_684_800.0, 4_102_444_800.0


class Reaction(msgspec.Struct, gc=False):
    """One emoji and who gave it; Slack keeps no time."""

    name: str = ""
    users: list[str | None] | None = None
    count: int | None = None


class Edited(msgspec.Struct, gc=False):
    """When a message was last edited."""

    ts: str | float | None = None


class Message(msgspec.Struct):
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


class _Label(msgspec.Struct, gc=False):
    text: str = ""


class _Element(msgspec.Struct):
    type: str = ""
    user_id: str | None = None
    text: str | _Label | None = None
    url: str | None = None
    elements: list[_Element] | None = None


_whole_file = msgspec.json.Decoder(list[Message])
_pieces = msgspec.json.Decoder(list[msgspec.Raw])
_message = msgspec.json.Decoder(Message)
_blocks = msgspec.json.Decoder(list[_Element] | None)
_owned = msgspec.json.Decoder(_Owned | None)
_profile = msgspec.json.Decoder(Profile | None)


def messages(content: bytes) -> Iterator[Message | None]:
    """Yield the messages of a day file; None for one that cannot be read.

    Raises:
        msgspec.DecodeError, UnicodeDecodeError, RecursionError: the file as a whole is no list in JSON.
    """
    try:
        yield from _whole_file.decode(content)
    except UNREADABLE:
        pass
    else:
        return
    for piece in _pieces.decode(content):
        try:
            yield _message.decode(piece)
        except UNREADABLE:
            yield None


def timestamp(given: str | float | None) -> str:
    """Return a Slack time as the text that is part of an id; some exporters write it as a number."""
    if isinstance(given, str):
        return given
    return f"{given:.6f}" if isinstance(given, float | int) else ""


def moment(given: str) -> datetime | None:
    """Return a Slack time ("seconds.micros") in UTC, None where it is none."""
    try:
        seconds = float(given)
    except ValueError:
        return None
    if not _FIRST_SECOND < seconds < _LAST_SECOND:
        return None
    return datetime.fromtimestamp(seconds, UTC)


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
    if subtype in _COMING_AND_GOING:
        return "joining or leaving"
    if subtype == "bot_message" or message.bot_id or (user and user in bots and user not in NO_PEOPLE):
        return "bot"
    if subtype not in _BY_PEOPLE:
        return "notice of the system" if _NOTICES.fullmatch(subtype) else "unknown subtype"
    if user in NO_PEOPLE:
        return "Slack itself"
    if not user:
        return "no user"
    return ""


def profile_account_name(message: Message) -> str:
    """Return the name that the message itself carries, for people who are in no list."""
    try:
        found = _profile.decode(message.user_profile) if message.user_profile else None
    except UNREADABLE:
        return ""
    return (found.real_name or found.display_name or "") if found else ""


def said(
    message: Message,
    *,
    source: str,
    user: str,
    ts: str,
    at: datetime,
    where: Conversation,
    accounts: Mapping[str, Account],
    bots: Collection[str],
    keep: Callable[[Openness, str], str | None],
    link: str = "",
) -> Interaction:
    """Return the message as one act: said to its conversation, or replied in its thread.

    `keep` is the door's: it returns the text where it may be kept.
    """
    thread_ts = timestamp(message.thread_ts) or ts
    is_reply = thread_ts != ts
    parent = (message.parent_user_id or _owner(message.root)) if is_reply else ""
    mentioned, text = _words(message, accounts)
    return Interaction(
        source=source,
        external_id=f"{where.id}/{ts}",
        kind=Kind.REPLIED if is_reply else Kind.SAID,
        at=at,
        actor=user,
        place=where.id,
        openness=where.openness,
        addressed=_addressed(where, user, bots) if where.openness is Openness.DIRECT else (),
        mentioned=tuple(dict.fromkeys(other for other in mentioned if other != user and other not in bots))
        if mentioned
        else (),
        thread=f"{where.id}/{thread_ts}",
        replies_to=f"{where.id}/{thread_ts}" if is_reply else "",
        parent_author="" if parent in bots else parent,
        asks=asks(text) if text else None,
        text=keep(where.openness, text),
        link=link,
        edited_at=moment(timestamp(message.edited.ts)) if message.edited else None,
    )


def _addressed(where: Conversation, user: str, bots: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted(other for other in where.members if other != user and other not in bots))


def thanked(act: Interaction, emoji: str, user: str) -> Interaction:
    """Return one person's reaction to a message; Slack has no time of it, so the message's stands in."""
    return Interaction(
        source=act.source,
        external_id=f"{act.external_id}/+{emoji}/{user}",
        kind=Kind.THANKED,
        at=act.at,
        actor=user,
        place=act.place,
        openness=act.openness,
        thread=act.thread,
        replies_to=act.external_id,
        parent_author=act.actor,
        link=act.link,
    )


def readable(text: str, accounts: Mapping[str, Account]) -> str:
    """Return a text as people read it: mentions, channels and links spelt out, entities unescaped."""
    if "<" in text:
        text = _MARKUP.sub(lambda match: _spelt_out(match[1], match[2] or "", accounts), text)
    return html.unescape(text) if "&" in text else text


def _spelt_out(what: str, label: str, accounts: Mapping[str, Account]) -> str:
    if what.startswith("@"):
        known = accounts.get(what[1:])
        return f"@{(known.name if known else '') or label.lstrip('@') or 'someone'}"
    if what.startswith("#"):
        return f"#{label or what[1:]}"
    if what.startswith("!"):
        return label or f"@{what[1:].split('^', maxsplit=1)[0]}"
    return f"{label} ({what})" if label and label not in what else what


def _words(message: Message, accounts: Mapping[str, Account]) -> tuple[list[str], str]:
    """Return who is mentioned and the readable text: mentions from the blocks, else from the text."""
    text = message.text or ""
    raw = bytes(message.blocks) if message.blocks else b""
    if raw and (b'"user_id"' in raw or not text):
        try:
            blocks = _blocks.decode(raw) or []
        except UNREADABLE:
            blocks = []
        mentioned: list[str] = []
        written = "".join(_walk(blocks, mentioned))
        text = text or written.strip()
        if mentioned:
            return mentioned, readable(text, accounts)
    return _MENTIONED.findall(text) if "<@" in text else [], readable(text, accounts)


def _walk(elements: list[_Element], mentioned: list[str]) -> Iterator[str]:
    for element in elements:
        if element.type == "user" and element.user_id:
            mentioned.append(element.user_id)
            yield f"<@{element.user_id}>"
        elif isinstance(element.text, str):
            yield element.text
        elif element.text is not None:
            yield element.text.text
        elif element.url:
            yield element.url
        if element.elements:
            yield from _walk(element.elements, mentioned)
            yield "\n"


def _owner(nested: msgspec.Raw) -> str:
    try:
        found = _owned.decode(nested) if nested else None
    except UNREADABLE:
        return ""
    return (found.user or "") if found else ""
