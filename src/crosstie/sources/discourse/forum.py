"""What the first pass over a forum's files remembers: people, places, topics, likes, whose each post is."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from crosstie.record import Account, Openness
from crosstie.sources.discourse import shapes
from crosstie.sources.discourse.shapes import Category, Done, Found, Post, Topic, User
from crosstie.sources.ledger import Ledger
from crosstie.sources.lookup import LARGEST, Lookup
from crosstie.sources.mending import Mender

ACCEPTED, LIKED = "accepted", "like"
_GIVEN = {shapes.LIKE: LIKED, shapes.WAS_LIKED: LIKED, shapes.SOLVED: ACCEPTED}
# An avatar that somebody uploaded has the forum's host in its address.
_HOST = re.compile(r"/user_avatar/([A-Za-z0-9.-]{1,253})/")
_NUMBER_BITS = 24
_RANKS = 3


class Known(NamedTuple):
    """A post as the first pass knows it; 0 for an author who is not told."""

    id: int
    author: int


class Given(NamedTuple):
    """A like or an acceptance, whose it is, and how likely."""

    what: str
    user: int
    at: datetime | None
    probability: float = 1.0


class _Latest(NamedTuple):
    """What the latest post of a topic says of it: it may have been moved or renamed meanwhile."""

    post: int
    version: int
    category: int
    title: str


@dataclass(frozen=True, slots=True)
class Where:
    """A category or a private message, and who can read it."""

    id: str
    name: str
    openness: Openness
    slug: str = ""
    members: frozenset[str] = frozenset()


def spot(topic: int, number: int) -> int:
    """Return one number for a place among the posts of a topic."""
    return topic << _NUMBER_BITS | number


@dataclass(slots=True)
class Forum:
    """What all files together say, but for the posts themselves.

    Attributes:
        more_bots: usernames, in lower case, of bots; the forum's own have numbers below 1.
        openness: who can read a category that no list describes; None to judge by how the posts were fetched.
        users: by their number.
        given: likes and acceptances by `spot`.
    """

    more_bots: frozenset[str]
    openness: Openness | None
    users: dict[int, User] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    categories: dict[int, Category] = field(default_factory=dict)
    given: dict[int, list[Given]] = field(default_factory=lambda: defaultdict(list))
    signed_in: bool = False
    _spots: Lookup = field(default_factory=lambda: Lookup(len(Known._fields) + _RANKS))
    _versions: Lookup = field(default_factory=lambda: Lookup(_RANKS))
    _writers: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    _hosts: Counter[str] = field(default_factory=Counter)
    _named_in: dict[int, int] = field(default_factory=dict)
    _latest: dict[int, _Latest] = field(default_factory=dict)
    _first: tuple[int, str] | None = None

    def take(self, found: Found, ledger: Ledger, mender: Mender) -> None:
        """Take what one file holds."""
        for category in shapes.entries(found.categories, Category, mender):
            self._take_category(category, ledger, mender)
        for topic in shapes.entries(found.topics, Topic, mender):
            if topic is None:
                ledger.note("unreadable topic")
                continue
            self.topics[topic.id] = topic
            details = topic.details or shapes.Details()
            for user in (*details.allowed_users, *details.participants):
                self._take_user(user)
        for listed in shapes.entries(found.users, User, mender):
            if listed is not None:
                self._take_user(listed)
        for done in shapes.entries(found.activities, Done, mender):
            self._take_activity(done, ledger)
        for post in found.posts:
            if post is not None:
                self._take_post(post)

    @property
    def identity(self) -> str:
        """Return what tells this forum from others: its host, else its oldest post."""
        if self._hosts:
            return min(self._hosts, key=lambda host: (-self._hosts[host], host))
        return hashlib.sha256("/".join(map(str, self._first or ())).encode()).hexdigest()[:16]

    def is_bot(self, user: int) -> bool:
        """Say whether a user is the forum itself or a bot."""
        known = self.users.get(user)
        return user < 1 or (known is not None and known.username.casefold() in self.more_bots)

    def person(self, user: int, source: str, viewer: str) -> Account:
        """Return a user as an account.

        People go by their full name, and by their username where they have none, or where the viewer
        calls themselves by it.
        """
        known = self.users.get(user) or User(user, "")
        says_username = known.username and viewer.strip().casefold() == known.username.casefold()
        name = known.username if says_username else known.name or known.username
        address = (known.email or "").strip().lower()
        return Account(source=source, id=str(user), name=" ".join(name.split()), address=address)

    def number_of(self, username: str) -> int:
        """Return the number of a user, 0 for one who is in no file; usernames do not mind case."""
        return self.numbers.get(username.casefold(), 0)

    def title_of(self, topic: int) -> str:
        """Return the title of a topic as it was when the topic was last seen."""
        known = self.topics.get(topic)
        return (known.title if known else None) or self._latest[topic].title

    def find(self, topic: int, number: int) -> Known | None:
        """Return the post at a place in a topic; one that was moved away only where no other came there."""
        gone = None
        for id_, author, *rank in self._spots.every(spot(topic, number)):
            if self._versions.get(id_) == tuple(rank):
                return Known(id_, author)
            gone = gone or Known(id_, author)
        return gone

    def is_newest(self, post: Post) -> bool:
        """Say whether no other file has a newer version of a post."""
        return self._versions.get(post.id) == _rank(post)

    def where(self, post: Post) -> Where:
        """Return where a post stands."""
        topic = self.topics.get(post.topic_id)
        category = (topic.category_id if topic else None) or self._latest[post.topic_id].category
        if not category or (topic and topic.archetype == shapes.PRIVATE_MESSAGE):
            return self._direct(post.topic_id, topic)
        known = self.categories.get(category)
        if known is None:
            return Where(str(category), f"category {category}", self.of_unlisted)
        openness = Openness.MEMBERS if self._is_restricted(known) else Openness.OPEN
        if known.read_restricted is None:
            openness = self.of_unlisted
        parent = self.categories.get(known.parent_category_id or 0)
        name = f"{parent.name} / {known.name}" if parent and parent.id != known.id else known.name
        return Where(str(category), " ".join(name.split()), openness, known.slug or "")

    @property
    def of_unlisted(self) -> Openness:
        """Who can read a category of which no list says it: whoever came without signing in saw open ones."""
        return self.openness or (Openness.MEMBERS if self.signed_in else Openness.OPEN)

    def _direct(self, number: int, topic: Topic | None) -> Where:
        invited = topic.details.allowed_users if topic and topic.details else ()
        people = {user.id for user in invited} | self._writers.get(number, set())
        members = frozenset(str(user) for user in people if not self.is_bot(user))
        return Where(f"topic-{number}", "", Openness.DIRECT, members=members)

    def _is_restricted(self, category: Category) -> bool:
        """Say whether only some may read a category; one within a restricted one is no wider."""
        parent = self.categories.get(category.parent_category_id or 0)
        return bool(category.read_restricted or (parent and parent.read_restricted))

    def _take_category(self, category: Category | None, ledger: Ledger, mender: Mender) -> None:
        if category is None:
            ledger.note("unreadable category")
            return
        self.categories[category.id] = category
        for within in shapes.entries(category.subcategory_list or [], Category, mender):
            if within is not None and within.id not in self.categories:
                self._take_category(within, ledger, mender)

    def _take_user(self, user: User, post: int = LARGEST) -> None:
        """Take what a post, or a list, says of a user: people are renamed, and the latest counts."""
        if user.username:
            self.numbers[user.username.casefold()] = user.id
        before = self.users.get(user.id, user)
        older, newer = (before, user) if post >= self._named_in.get(user.id, 0) else (user, before)
        self._named_in[user.id] = max(post, self._named_in.get(user.id, 0))
        self.users[user.id] = User(
            user.id, newer.username or older.username, newer.name or older.name, newer.email or older.email
        )

    def _take_activity(self, done: Done | None, ledger: Ledger) -> None:
        if done is None:
            ledger.note("unreadable row of a list of activities")
        elif done.action_type not in _GIVEN:
            ledger.note("row of a list of activities that is no like")
        elif done.acting_user_id is None:
            ledger.leave_out("like without a name")
        else:
            if done.acting_username:
                self._take_user(User(done.acting_user_id, done.acting_username, done.acting_name))
            given = Given(_GIVEN[done.action_type], done.acting_user_id, shapes.moment(done.created_at))
            self.given[spot(done.topic_id, done.post_number)].append(given)

    def _take_post(self, post: Post) -> None:
        rank = _rank(post)
        self._versions.add(post.id, *rank)
        self._spots.add(spot(post.topic_id, post.post_number), post.id, post.user_id or 0, *rank)
        self.signed_in = (
            self.signed_in or bool(post.can_edit) or any(one.can_act for one in post.actions_summary)
        )
        latest = _Latest(post.id, post.version, post.category_id or 0, post.topic_title or "")
        self._latest[post.topic_id] = max(self._latest.get(post.topic_id, latest), latest)
        first = (post.id, post.created_at)
        self._first = min(self._first or first, first)
        if post.user_id is not None:
            if post.category_id is None:
                self._writers[post.topic_id].add(post.user_id)
            self._take_user(User(post.user_id, post.username or "", post.name), post.id)
            if (host := _HOST.search(post.avatar_template or "")) is not None:
                self._hosts[host[1].lower()] += 1
        answered = post.reply_to_user
        if answered is not None and answered.id is not None:
            self._take_user(User(answered.id, answered.username, answered.name), post.id)


def _rank(post: Post) -> tuple[int, ...]:
    """Return what of two versions the newer one has more of: its number, then when it was made.

    Of a post that was only moved to another topic both are the same: then the newer topic counts.
    """
    at = shapes.moment(post.updated_at)
    made = round(at.timestamp() * 1_000_000) if at else 0
    return post.version, made, spot(post.topic_id, post.post_number)
