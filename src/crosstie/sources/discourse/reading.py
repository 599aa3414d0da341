"""The passes over a folder of a forum's answers: first who, where and whose; then posts, one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace

from crosstie.errors import SourceRefused
from crosstie.record import Account, Interaction, KnownHow, Openness, Place, Trace
from crosstie.sources.archive import Archive, Member, opened
from crosstie.sources.discourse import parse, shapes
from crosstie.sources.discourse.content import Quote, Words, from_html
from crosstie.sources.discourse.forum import ACCEPTED, Forum, Given, Known, Where, spot
from crosstie.sources.discourse.layout import files, is_one_file
from crosstie.sources.discourse.shapes import Post
from crosstie.sources.door import Door
from crosstie.sources.mending import UNREADABLE, Mender
from crosstie.sources.reactions import thanked
from crosstie.sources.site import site_address
from crosstie.sources.source import Settings
from crosstie.sources.times import why_no_iso_time

AUTO = "auto"


def read(path: Path, settings: Settings, door: Door) -> Iterator[Trace]:
    """Yield the traces of a forum; one file is in memory at a time beside people's names and whose posts are.

    Raises:
        SourceRefused: it holds no post, or is a single file.
        ExportUnsafe: as an archive it is not to be trusted.
        UsageRefused: the setting `site` is no address.
    """
    site = site_address(settings)
    if is_one_file(path):
        raise SourceRefused(
            f'"{path.name}" is one answer of a forum.', hint="Give the folder that holds it and the others."
        )
    bots = frozenset(name.strip().casefold() for name in settings.get("bots", "").split(",") if name.strip())
    said = settings.get("openness", AUTO)
    forum = Forum(bots, None if said == AUTO else Openness(said))
    with opened(path) as archive:
        if not _first_pass(archive, forum, door):
            raise SourceRefused(
                f'"{path.name}" holds no post of a Discourse forum.',
                hint="Give a folder of what its API answers, such as /posts.json or /t/12.json.",
            )
        reading = _Reading(forum, f"discourse:{forum.identity}", site, door)
        yield from reading.viewer()
        for member in files(archive):
            for post in _posts_of(member):
                yield from reading.post(post)
        reading.count_missing()


def _first_pass(archive: Archive, forum: Forum, door: Door) -> bool:
    """Take what all files tell; say whether there was a post in them, or a file that may have held one."""
    has_posts = False
    mender = Mender()
    for member in files(archive):
        try:
            found = shapes.found_in(member.read(), mender)
        except UNREADABLE:
            door.ledger.leave_out("unreadable file")
            has_posts = True
            continue
        if found.is_nothing:
            door.ledger.note("file that holds nothing that is read")
        has_posts = has_posts or bool(found.posts)
        forum.take(found, door.ledger, mender)
    mender.say(door.ledger)
    return has_posts


def _posts_of(member: Member) -> list[Post | None]:
    try:
        return shapes.found_in(member.read(), Mender()).posts
    except UNREADABLE:  # counted in the first pass, as what is mended
        return []


@dataclass(slots=True)
class _Reading:
    """One reading: what was met, and the door that everything goes through."""

    forum: Forum
    source: str
    site: str
    door: Door
    seen: set[int] = field(default_factory=set)
    met_people: set[str] = field(default_factory=set)
    met_places: set[str] = field(default_factory=set)

    def viewer(self) -> Iterator[Trace]:
        """Tell the door of everybody, and yield the viewer even if they never wrote."""
        for user in self.forum.users:
            if not self.forum.is_bot(user) and self.door.is_viewer(self._person(str(user))):
                yield from self._met(str(user))

    def post(self, post: Post | None) -> Iterator[Trace]:
        """Yield a post, and the likes and the acceptance of it."""
        if post is None:
            self.door.ledger.leave_out("unreadable post")
            return
        if not self.forum.is_newest(post):
            self.door.ledger.leave_out("older version of a post")
            return
        if post.id in self.seen:
            self.door.ledger.leave_out("same post twice")
            return
        self.seen.add(post.id)
        given = self.forum.given.pop(spot(post.topic_id, post.post_number), [])
        if self._is_accepted(post) and not any(one.what == ACCEPTED for one in given):
            given.append(self._accepted(post))
        where = self.forum.where(post)
        act = self._act(post, where)
        if act is None:
            if given:
                self.door.ledger.leave_out("like of a post that was left out", len(given))
            return
        if self._is_admitted(act, where):
            self.door.ledger.use()
            yield from self._with_people(act, where)
        self._note_nameless(post, given)
        yield from self._given(given, act, where)

    def count_missing(self) -> None:
        """Count the likes of posts that never came."""
        missing = sum(len(given) for given in self.forum.given.values())
        if missing:
            self.door.ledger.leave_out("like of a post that is not in the export", missing)

    def _act(self, post: Post, where: Where) -> Interaction | None:
        """Return a post as an act; None, and counted with its reason, where it is nobody's."""
        at = shapes.moment(post.created_at)
        reason = shapes.why_left_out(post)
        if reason:
            self.door.ledger.leave_out(reason)
        elif post.user_id is None or not post.username:
            self.door.ledger.leave_out("no user")
        elif self.forum.is_bot(post.user_id):
            self.door.ledger.leave_out("bot")
        elif at is None:
            self.door.ledger.leave_out(why_no_iso_time(post.created_at))
        else:
            words = from_html(post.cooked or "")
            return parse.posted(
                post,
                at,
                words,
                self._answered(post, post.user_id, words),
                where,
                source=self.source,
                mentioned=self._mentioned(words, post.user_id),
                title=self.forum.title_of(post.topic_id) if post.post_number == 1 else "",
                keep=self.door.text,
                link=self._link(where, f"/t/{post.topic_id}/{post.post_number}"),
            )
        return None

    def _answered(self, post: Post, author: int, words: Words) -> parse.Answered:
        named = [self._quoted(quote, post.topic_id) for quote in words.quotes]
        if post.answers:
            known = self.forum.find(post.topic_id, post.answers)
            answered = post.reply_to_user
            if known is None and answered is not None:
                known = Known(0, answered.id or self.forum.number_of(answered.username))
            named.insert(0, known)
        first = self.forum.find(post.topic_id, 1)
        authors = {one.author for one in (first, *named) if one}
        return parse.answered(
            author,
            first,
            named,
            is_first=post.post_number == 1,
            bots=frozenset(filter(self.forum.is_bot, authors)),
        )

    def _quoted(self, quote: Quote, topic: int) -> Known | None:
        known = self.forum.find(quote.topic or topic, quote.number) if quote.number else None
        return known or Known(0, self.forum.number_of(quote.username))

    def _mentioned(self, words: Words, author: int) -> list[int]:
        found = []
        for name in words.mentions:
            user = self.forum.number_of(name)
            if not user:
                self.door.ledger.note("mention of somebody who is not in the export")
            elif user != author and not self.forum.is_bot(user):
                found.append(user)
        return found

    def _is_accepted(self, post: Post) -> bool:
        topic = self.forum.topics.get(post.topic_id)
        told = topic.accepted_answer if topic else None
        return bool(post.accepted_answer) or (told is not None and told.post_number == post.post_number)

    def _accepted(self, post: Post) -> Given:
        """Return who accepted an answer: as the topic tells, else whoever began it, which is inferred."""
        topic = self.forum.topics.get(post.topic_id)
        told = (topic.accepted_answer.accepter_username if topic and topic.accepted_answer else None) or ""
        if user := self.forum.number_of(told):
            return Given(ACCEPTED, user, None)
        first = self.forum.find(post.topic_id, 1)
        return Given(ACCEPTED, first.author if first else 0, None, parse.ASKER_ACCEPTED)

    def _given(self, given: list[Given], act: Interaction, where: Where) -> Iterator[Trace]:
        ledger = self.door.ledger
        met: set[str] = set()
        for one in given:
            thanks = replace(thanked(act, one.what, str(one.user)), at=one.at or act.at)
            if one.probability < 1:
                thanks = replace(thanks, known_how=KnownHow.INFERRED, probability=one.probability)
            if self.forum.is_bot(one.user):
                ledger.leave_out("like of a bot, or of nobody that is told")
            elif str(one.user) == act.actor:
                ledger.leave_out("like of one's own post")
            elif thanks.external_id in met:
                ledger.leave_out("same like twice")
            else:
                met.add(thanks.external_id)
                if self._is_admitted(thanks, where):
                    ledger.use()
                    yield from self._with_people(thanks, where)

    def _note_nameless(self, post: Post, given: list[Given]) -> None:
        likes = sum(action.count for action in post.actions_summary if action.id == shapes.POST_LIKED)
        named = sum(one.what != ACCEPTED for one in given)
        nameless = max(likes, post.reaction_users_count or 0) - named
        if nameless > 0:
            self.door.ledger.note("like of which the export does not tell whose it is", nameless)

    def _is_admitted(self, act: Interaction, where: Where) -> bool:
        if not self.door.takes_from(act.actor, act.at):
            return False
        people = {act.actor, *where.members}
        if where.openness is Openness.MEMBERS:  # who they are, no list tells
            people |= {act.parent_author, *act.mentioned}
        return self.door.admits(where.openness, where.name, where.id, people)

    def _with_people(self, act: Interaction, where: Where) -> Iterator[Trace]:
        for user in (act.actor, act.parent_author, *act.addressed, *act.mentioned):
            if user:
                yield from self._met(user)
        if where.id not in self.met_places:
            self.met_places.add(where.id)
            link = self._link(where, "/c/" + "/".join(filter(None, (where.slug, where.id))))
            yield Place(source=self.source, id=where.id, name=where.name, openness=where.openness, link=link)
        yield act

    def _met(self, user: str) -> Iterator[Trace]:
        if user not in self.met_people:
            self.met_people.add(user)
            yield self._person(user)

    def _person(self, user: str) -> Account:
        return self.forum.person(int(user), self.source, self.door.viewer)

    def _link(self, where: Where, path: str) -> str:
        return self.door.link(where.openness, self.site + path) if self.site else ""
