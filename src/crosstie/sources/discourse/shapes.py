"""What Discourse's API answers, as far as it is read; every other field is never decoded. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, TypeVar

import msgspec

from crosstie.saying import mark
from crosstie.sources.mending import UNREADABLE, Mender, mended
from crosstie.sources.times import is_believable, iso_time

REGULAR, MODERATOR_ACTION, SMALL_ACTION, WHISPER = 1, 2, 3, 4
LIKE, WAS_LIKED, SOLVED = 1, 2, 15
"""What somebody did, in a list of activities."""
POST_LIKED = 2
"""What was done to a post, in its own summary, which numbers it otherwise."""
PRIVATE_MESSAGE = "private_message"
_DIGITS = 9

Id = Annotated[int, msgspec.Meta(ge=-(1 << 38), le=1 << 38)]
"""A number that the forum gave, or a broken one."""
Place = Annotated[int, msgspec.Meta(ge=0, lt=1 << 24)]
"""A place among the posts of a topic, from 1."""


class Action(msgspec.Struct, gc=False):
    """How often something was done to a post; names are not told."""

    id: int = 0
    count: int = 0
    can_act: bool | None = None


class User(msgspec.Struct, gc=False):
    """A person, as lists and posts name them."""

    id: Id
    username: str
    name: str | None = None
    email: str | None = None


class RepliedTo(msgspec.Struct, gc=False):
    """Whose post a reply answers; older forums leave the number out."""

    id: Id | None = None
    username: str = ""
    name: str | None = None


class Post(msgspec.Struct):
    """One version of one post."""

    id: Id
    topic_id: Id
    post_number: Place
    user_id: Id | None = None
    username: str | None = None
    name: str | None = None
    created_at: str = ""
    updated_at: str | None = None
    cooked: str | None = None
    post_type: int = REGULAR
    version: Id = 1
    reply_to_post_number: Place | str | None = None
    reply_to_user: RepliedTo | None = None
    category_id: int | None = None
    topic_title: str | None = None
    accepted_answer: bool | None = None
    hidden: bool | None = None
    deleted_at: str | None = None
    user_deleted: bool | None = None
    actions_summary: list[Action] = []
    reaction_users_count: int | None = None
    can_edit: bool | None = None
    avatar_template: str | None = None

    @property
    def answers(self) -> int:
        """The number of the post that it replies to, 0 for none; documented as text, written as a number."""
        given = self.reply_to_post_number
        if isinstance(given, str):
            return int(given) if given.isascii() and given.isdecimal() and len(given) <= _DIGITS else 0
        return given or 0


class Accepted(msgspec.Struct, gc=False):
    """Which post of a topic solved it, and who said so where the forum shows that."""

    post_number: Place
    accepter_username: str | None = None


class Details(msgspec.Struct):
    """Who is in a private message."""

    allowed_users: list[User] = []
    participants: list[User] = []


class Topic(msgspec.Struct):
    """A topic without its posts."""

    id: Id
    title: str | None = None
    category_id: int | None = None
    archetype: str | None = None
    accepted_answer: Accepted | None = None
    details: Details | None = None


class Category(msgspec.Struct):
    """A category, and whether only some may read it."""

    id: Id
    name: str = ""
    slug: str | None = None
    read_restricted: bool | None = None
    parent_category_id: int | None = None
    subcategory_list: list[msgspec.Raw] | None = None


class Done(msgspec.Struct, gc=False):
    """One row of a list of activities: who did what to which post."""

    action_type: int
    topic_id: Id
    post_number: Place
    acting_user_id: Id | None = None
    acting_username: str | None = None
    acting_name: str | None = None
    created_at: str = ""


class _Posts(msgspec.Struct):
    posts: list[msgspec.Raw] = []


class _Categories(msgspec.Struct):
    categories: list[msgspec.Raw] = []


class _Topics(msgspec.Struct):
    topics: list[msgspec.Raw] = []


class _File(msgspec.Struct):
    """Every form of a file at once: which it is, is told by what is there."""

    post_number: msgspec.Raw = msgspec.Raw()
    latest_posts: list[msgspec.Raw] | None = None
    post_stream: _Posts | None = None
    topic_list: _Topics | None = None
    category_list: _Categories | None = None
    categories: list[msgspec.Raw] | None = None
    category: msgspec.Raw = msgspec.Raw()
    user_actions: list[msgspec.Raw] | None = None
    users: list[msgspec.Raw] | None = None


class _Form(msgspec.Struct):
    """What tells an entry of a list apart."""

    post_number: int | None = None
    username: str | None = None


_Entry = TypeVar("_Entry", bound=msgspec.Struct)
_file = msgspec.json.Decoder(_File)
_list = msgspec.json.Decoder(list[msgspec.Raw])
_form = msgspec.json.Decoder(_Form)
_post = msgspec.json.Decoder(Post)


@dataclass(slots=True)
class Found:
    """What one file holds: its posts (None for one that cannot be read), and what is yet to be decoded."""

    posts: list[Post | None] = field(default_factory=list)
    topics: list[msgspec.Raw] = field(default_factory=list)
    categories: list[msgspec.Raw] = field(default_factory=list)
    activities: list[msgspec.Raw] = field(default_factory=list)
    users: list[msgspec.Raw] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        """Whether it holds nothing that is read."""
        return not (self.posts or self.topics or self.categories or self.activities or self.users)


def found_in(content: bytes, mender: Mender) -> Found:
    """Return what a file holds.

    Raises:
        msgspec.DecodeError, UnicodeDecodeError, RecursionError: it is no JSON of any form that is read.
    """
    found = Found()
    if content.lstrip()[:1] == b"[":
        for raw in mender.decode(_list, content):
            form = _form_of(raw)
            if form.post_number is not None:
                found.posts.append(_post_in(raw, mender))
            elif form.username is not None:
                found.users.append(raw)
        return found
    post = _post_in(content, mender)
    if post is not None:
        found.posts.append(post)
        return found
    before = mender.broken
    file = mender.decode(_file, content)
    if mender.broken > before:
        content = mended(content)[0]
    if file.post_number:
        found.posts.append(None)
    if file.post_stream is not None:
        found.posts += [_post_in(raw, mender) for raw in file.post_stream.posts]
        found.topics.append(msgspec.Raw(content))
    found.posts += [_post_in(raw, mender) for raw in file.latest_posts or ()]
    found.topics += file.topic_list.topics if file.topic_list else ()
    found.categories += file.category_list.categories if file.category_list else ()
    found.categories += file.categories or ()
    found.categories += [file.category] if file.category else ()
    found.activities += file.user_actions or ()
    found.users += file.users or ()
    return found


def _post_in(raw: msgspec.Raw | bytes, mender: Mender) -> Post | None:
    try:
        found = mender.decode(_post, raw)
    except UNREADABLE:
        return None
    return found if found.id > 0 and found.topic_id > 0 and found.post_number > 0 else None


def why_left_out(post: Post) -> str:
    """Return the reason why a post is nobody's words to all, "" where it is somebody's."""
    if post.post_type == WHISPER:
        return mark("whisper of the staff")
    if post.post_type in (MODERATOR_ACTION, SMALL_ACTION):
        return mark("notice of the system")
    if post.post_type != REGULAR:
        return mark("unknown type of post")
    if post.deleted_at or post.user_deleted:
        return mark("deleted")
    return mark("hidden by the forum") if post.hidden else ""


def moment(written: str | None) -> datetime | None:
    """Return a time in UTC, None where there is none, it is none, or it cannot be."""
    at = iso_time(written or "")
    return at if at is not None and is_believable(at) else None


def entries(raws: list[msgspec.Raw], kind: type[_Entry], mender: Mender) -> Iterator[_Entry | None]:
    """Yield each of some entries, None for one that cannot be read."""
    decoder = msgspec.json.Decoder(kind)
    for raw in raws:
        try:
            yield mender.decode(decoder, raw)
        except UNREADABLE:
            yield None


def _form_of(raw: msgspec.Raw) -> _Form:
    try:
        return Mender().decode(_form, raw)  # what is mended is told of the entry as a whole
    except UNREADABLE:
        return _Form()
