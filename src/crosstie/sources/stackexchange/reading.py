"""The passes over a dump: first who, whose and when; then posts and comments, one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from crosstie.errors import SourceRefused
from crosstie.record import Account, Interaction, Openness, Place, Trace
from crosstie.sources.archive import Archive, Member, names, opened
from crosstie.sources.door import Door
from crosstie.sources.reactions import thanked
from crosstie.sources.site import site_address
from crosstie.sources.source import Settings
from crosstie.sources.stackexchange import parse
from crosstie.sources.stackexchange.conversation import Conversations
from crosstie.sources.stackexchange.elements import Row, rows
from crosstie.sources.stackexchange.known import Dump, Known, count_links
from crosstie.sources.stackexchange.parse import ANSWER, NOBODY, QUESTION, Comment, Post
from crosstie.sources.times import why_no_iso_time

POSTS, COMMENTS, USERS, VOTES, LINKS = "posts.xml", "comments.xml", "users.xml", "votes.xml", "postlinks.xml"
_ALL = frozenset({POSTS, COMMENTS, USERS, VOTES, LINKS, "badges.xml", "tags.xml", "posthistory.xml"})
_SEVEN_ZIP = b"7z\xbc\xaf'\x1c"
_ACCEPTED = "accepted"


def recognises(path: Path) -> float:
    """Say how sure it is that this is a Stack Exchange dump, by the names in it."""
    if not path.exists():
        return 0.0
    if path.is_file() and path.name.lower() in (POSTS, COMMENTS, USERS):
        return 0.6
    if _is_seven_zip(path):
        return 0.3
    found = {_table(name) for name in names(path)} & _ALL
    if {POSTS, USERS} <= found:
        return 0.95
    return 0.6 if POSTS in found or len(found) > 1 else 0.3 if found else 0.0


def read(path: Path, settings: Settings, door: Door) -> Iterator[Trace]:
    """Yield the traces of a dump; one row is in memory at a time beside people's names and whose posts are.

    Raises:
        SourceRefused: it lacks posts or people, holds several sites, is damaged, or is packed as 7z.
        ExportUnsafe: it is not to be trusted, as an archive or as XML.
        UsageRefused: the setting `site` is no address.
    """
    site = site_address(settings)
    if path.is_file() and path.suffix.lower() == ".xml":
        raise SourceRefused(
            f'"{path.name}" is one table of a dump.', hint="Give the folder that holds all of its tables."
        )
    if _is_seven_zip(path):
        raise SourceRefused(
            f'"{path.name}" is packed as 7z, which Python cannot unpack.',
            hint=f"Unpack it first (7z x {path.name} -osite) and give the folder.",
        )
    with opened(path) as archive:
        dump = _first_pass(archive, path, door)
        reading = _Reading(dump, f"stackexchange:{dump.identity}", site, door)
        yield from reading.viewer()
        for member in archive.members():
            if _table(member.name) == POSTS:
                yield from reading.posts(member)
            elif _table(member.name) == COMMENTS:
                yield from reading.comments(member)
        reading.count_missing()


def _first_pass(archive: Archive, path: Path, door: Door) -> Dump:
    dump = Dump(door.refuses)
    found: set[str] = set()
    folders: set[PurePosixPath] = set()
    for member in archive.members():
        table = _table(member.name)
        if table not in _ALL:
            continue
        found.add(table)
        folders.add(member.name.parent)
        if len(folders) > 1:
            raise SourceRefused(
                f'"{path.name}" holds the dumps of several sites: {_listed(folders)}.',
                hint="Give one of these folders at a time; all can be read into one workspace.",
            )
        if table == USERS:
            dump.add_people(rows(member), door.ledger)
        elif table == POSTS:
            dump.add_posts(rows(member))
        elif table == VOTES:
            dump.add_votes(rows(member), door.ledger)
        elif table == LINKS:
            count_links(rows(member), door.ledger)
    missing = [name.capitalize() for name in (POSTS, USERS) if name not in found]
    if missing:
        raise SourceRefused(
            f'"{path.name}" holds no {" and no ".join(missing)}.',
            hint="Give the folder or archive of one site's dump, with all of its tables.",
        )
    if not dump.identity:
        raise SourceRefused(
            f'The Users.xml of "{path.name}" names nobody.',
            hint="Download the dump again; it may be cut off.",
        )
    return dump


@dataclass(slots=True)
class _Reading:
    """One reading: what was met, and the door that everything goes through."""

    dump: Dump
    source: str
    site: str
    door: Door
    accepted: int = 0
    met_people: set[int] = field(default_factory=set)
    met_places: set[str] = field(default_factory=set)
    conversations: Conversations = field(init=False)

    def __post_init__(self) -> None:
        self.conversations = Conversations(self.dump.names)

    def viewer(self) -> Iterator[Trace]:
        """Tell the door of everybody, and yield the viewer even if they never wrote."""
        for user in self.dump.names:
            if self.door.is_viewer(self._person(user)):
                yield from self._met(user)

    def posts(self, member: Member) -> Iterator[Trace]:
        """Yield what Posts.xml holds, with the acceptance of an answer beside it."""
        for row in rows(member):
            kind = parse.number(row, "PostTypeId")
            if kind not in (QUESTION, ANSWER):
                self._leave_out_page(kind)
                continue
            number = parse.number(row, "Id")
            known = self.dump.find(number)
            question = self.dump.find(known.question) if known else None
            post = None
            if number is None or known is None:
                self.door.ledger.leave_out("unreadable row")
            elif at := self._when(row, known.owner, "OwnerUserId"):
                post = Post(
                    id=number,
                    owner=known.owner,
                    at=at,
                    question=known.question,
                    asker=self._told(question.owner) if question and kind == ANSWER else NOBODY,
                    place=self.dump.place_of(known.question),
                    row=row,
                )
            act = self._posted(post) if post else None
            if act and self._is_admitted(act):
                self.door.ledger.use()
                yield from self._with_people(act)
            if number is not None and kind == ANSWER and question and question.accepted == number:
                yield from self._acceptance(act, number, question)

    def comments(self, member: Member) -> Iterator[Trace]:
        """Yield what Comments.xml holds."""
        for row in rows(member):
            act = self._commented(row)
            if act and self._is_admitted(act):
                self.door.ledger.use()
                yield from self._with_people(act)

    def count_missing(self) -> None:
        """Count the acceptances of answers that never came."""
        missing = self.dump.accepted - self.accepted
        if missing > 0:
            self.door.ledger.leave_out("accepted answer that is not in the dump", missing)

    def _posted(self, post: Post) -> Interaction:
        if post.is_answer and post.asker == NOBODY:
            self.door.ledger.note("answer to somebody whom the dump does not tell")
        return parse.posted(post, source=self.source, site=self.site, keeps_text=not self.door.dry)

    def _acceptance(self, answer: Interaction | None, number: int, question: Known) -> Iterator[Trace]:
        """Yield that the one who asked accepted an answer: on the day of the vote, if there is one."""
        ledger = self.door.ledger
        self.accepted += 1
        if answer is None:
            ledger.leave_out("accepted answer that was left out")
        elif question.owner not in self.dump.names:
            ledger.leave_out("accepted by somebody whom the dump does not tell")
        elif str(question.owner) == answer.actor:
            ledger.leave_out("acceptance of one's own answer")
        else:
            act = thanked(answer, _ACCEPTED, str(question.owner))
            on = self.dump.accepted_on(number)
            if on is not None and answer.at is not None:
                act = replace(act, at=parse.in_that_day(on, answer.at))
            if self._is_admitted(act):
                ledger.use()
                yield from self._with_people(act)

    def _commented(self, row: Row) -> Interaction | None:
        number, post = parse.number(row, "Id"), parse.number(row, "PostId")
        writer = parse.number(row, "UserId") or NOBODY
        known = self.dump.find(post)
        if number is None:
            self.door.ledger.leave_out("unreadable row")
            return None
        if post is None or known is None:
            self.door.ledger.leave_out("comment on a post that is not in the dump")
            return None
        at = self._when(row, writer, "UserId")
        if at is None:
            return None
        text = row.get("Text", "")
        answered = self.conversations.answered(post, self._told(known.owner), writer, text)
        self.conversations.hear(post, writer, number)
        if answered.strangers:
            self.door.ledger.note("name in a comment that nobody there has", answered.strangers)
        comment = Comment(
            id=number,
            writer=writer,
            at=at,
            post=post,
            question=known.question,
            place=self.dump.place_of(known.question),
            text=text,
            replies_to=answered.replies_to,
            parent=answered.parent,
            mentioned=answered.mentioned,
            probability=answered.probability,
        )
        return parse.commented(comment, source=self.source, site=self.site, keeps_text=not self.door.dry)

    def _when(self, row: Row, user: int, column: str) -> datetime | None:
        """Return when somebody did something; None, and counted, where nobody did or its time is broken."""
        at = parse.moment(row.get("CreationDate", ""))
        if row.get(column, "").startswith("-"):
            self.door.ledger.leave_out("by the site itself")
        elif user == NOBODY:
            self.door.ledger.leave_out("by somebody whose account is gone")
        elif user not in self.dump.names:
            self.door.ledger.leave_out("unknown user")
        elif at is None:
            self.door.ledger.leave_out(why_no_iso_time(row.get("CreationDate", "")))
        else:
            return at
        return None

    def _told(self, user: int) -> int:
        return user if user in self.dump.names else NOBODY

    def _leave_out_page(self, kind: int | None) -> None:
        if kind is None:
            self.door.ledger.leave_out("unreadable row")
        else:
            self.door.ledger.leave_out("page of the site, such as the description of a tag")

    def _is_admitted(self, act: Interaction) -> bool:
        if not self.door.takes_from(act.actor, act.at):
            return False
        return self.door.admits(act.openness, act.place, act.place, (act.actor,))

    def _with_people(self, act: Interaction) -> Iterator[Trace]:
        for user in (act.actor, act.parent_author, *act.mentioned):
            if user:
                yield from self._met(int(user))
        if act.place not in self.met_places:
            self.met_places.add(act.place)
            link = f"{self.site}/questions/tagged/{act.place}" if self.site else ""
            yield Place(source=self.source, id=act.place, name=act.place, openness=Openness.OPEN, link=link)
        yield act

    def _met(self, user: int) -> Iterator[Trace]:
        if user not in self.met_people:
            self.met_people.add(user)
            yield self._person(user)

    def _person(self, user: int) -> Account:
        return Account(source=self.source, id=str(user), name=self.dump.names[user])


def _table(name: PurePosixPath) -> str:
    return name.name.lower()


def _listed(folders: set[PurePosixPath]) -> str:
    return ", ".join(f'"{folder}"' for folder in sorted(folders))


def _is_seven_zip(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_SEVEN_ZIP)) == _SEVEN_ZIP
