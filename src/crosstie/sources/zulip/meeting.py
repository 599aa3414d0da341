"""What both kinds of Zulip export share: each message through the door, with its people and reactions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from crosstie.record import Account, Interaction, Openness, Place, Trace
from crosstie.saying import mark
from crosstie.sources.door import Door
from crosstie.sources.reactions import thanked
from crosstie.sources.zulip import parse
from crosstie.sources.zulip.content import Named, Words
from crosstie.sources.zulip.parse import Posted, Topic, Where

_PAGE = 12


@dataclass(slots=True)
class SeenIds:
    """Message ids met so far, one bit each: they are dense, so ten million of them take a few megabytes."""

    pages: dict[int, bytearray] = field(default_factory=dict)

    def is_new(self, message_id: int) -> bool:
        """Remember an id; say whether it had not been met."""
        page = self.pages.get(message_id >> _PAGE)
        if page is None:
            page = self.pages[message_id >> _PAGE] = bytearray((1 << _PAGE) // 8)
        place, bit = divmod(message_id & ((1 << _PAGE) - 1), 8)
        if page[place] >> bit & 1:
            return False
        page[place] |= 1 << bit
        return True


@dataclass(slots=True)
class Meeting:
    """One reading of one export.

    Attributes:
        account_of: tells the account id of somebody whom a content names, "" for nobody that is known.
        accounts: people by account id.
        bots: account ids of bots.
    """

    source: str
    site: str
    door: Door
    account_of: Callable[[Named], str]
    accounts: dict[str, Account] = field(default_factory=dict)
    bots: set[str] = field(default_factory=set)
    met_people: set[str] = field(default_factory=set)
    met_places: set[str] = field(default_factory=set)
    resolved: set[tuple[str, str]] = field(default_factory=set)
    seen: SeenIds = field(default_factory=SeenIds)

    def introduce(self, person: Account) -> None:
        """Remember a person, and let the door know whether it is the viewer."""
        person = replace(person, source=self.source)
        self.accounts[person.id] = person
        self.door.is_viewer(person)

    def viewer(self) -> Iterator[Trace]:
        """Yield the viewer's accounts even if they never wrote."""
        for person in self.accounts.values():
            if self.door.is_viewer(person):
                yield self._account(person.id)

    def posted(
        self,
        sender: str,
        message_id: int,
        words: Words,
        *,
        topic: str,
        seconds: float,
        edited: float | None = None,
    ) -> Posted | None:
        """Return a message with its people told by account ids; None, and counted, if its time is broken."""
        at = parse.moment(seconds)
        if at is None:
            self.door.ledger.leave_out(parse.why_no_moment(seconds))
            return None
        self._count_quotes(words)
        quoted = [
            (author, quote.message_id)
            for quote in words.quotes
            if not quote.is_nested and (author := self.account_of(quote.author))
        ]
        others = tuple(pair for pair in quoted if pair[0] != sender and pair[0] not in self.bots)
        if quoted and not others:
            self.door.ledger.note("message that quotes only its own author or a bot")
        mentioned = [account for named in words.mentions if (account := self.account_of(named))]
        return Posted(
            id=str(message_id),
            sender=sender,
            at=at,
            topic=topic,
            words=words,
            quoted=others,
            mentioned=tuple(user for user in mentioned if user != sender and user not in self.bots),
            edited_at=parse.moment(edited),
        )

    def message(
        self, posted: Posted, where: Where, topic: Topic, reactions: Iterable[tuple[str, str]] = ()
    ) -> Iterator[Trace]:
        """Yield a message and its reactions ((emoji, account) pairs), each through the door."""
        act = parse.said(
            posted,
            source=self.source,
            where=where,
            topic=topic,
            bots=self.bots,
            keep=self.door.text,
            link=self._link(where, posted),
        )
        topic.hear(posted)
        if posted.topic.startswith(parse.RESOLVED) and (where.id, posted.topic) not in self.resolved:
            self.resolved.add((where.id, posted.topic))
            self.door.ledger.note("resolved topic")
        if self._is_admitted(act, where):
            self.door.ledger.use()
            yield from self._with_people(act, where)
        given: set[str] = set()
        for emoji, user in reactions:
            thanks = thanked(act, emoji, user)
            if user in self.bots:
                self.door.ledger.leave_out("bot")
            elif user == posted.sender:
                self.door.ledger.leave_out("reaction to one's own message")
            elif thanks.external_id in given:
                self.door.ledger.leave_out("same reaction twice")
            elif user not in self.accounts:
                self.door.ledger.leave_out("unknown user")
            elif self._is_admitted(thanks, where):
                given.add(thanks.external_id)
                self.door.ledger.use()
                yield from self._with_people(thanks, where)

    def _count_quotes(self, words: Words) -> None:
        nested = sum(quote.is_nested for quote in words.quotes)
        outer = len(words.quotes) - nested
        for what, count in (
            (mark("quote"), outer),
            (mark("quote within a quote"), nested),
            (mark("further quote in one message"), outer - 1),
        ):
            if count > 0:
                self.door.ledger.note(what, count)

    def _is_admitted(self, act: Interaction, where: Where) -> bool:
        user = act.actor
        if not self.door.takes_from(user, act.at):
            return False
        people = where.members if user in where.members else {user, *where.members}
        return self.door.admits(where.openness, where.name, where.id, people)

    def _with_people(self, act: Interaction, where: Where) -> Iterator[Trace]:
        for user in (act.actor, act.parent_author, *act.addressed, *act.mentioned):
            if user and user not in self.met_people:
                yield self._account(user)
        if where.id not in self.met_places:
            self.met_places.add(where.id)
            yield Place(
                source=self.source,
                id=where.id,
                name="" if where.openness is Openness.DIRECT else where.name,
                openness=where.openness,
                link=self._link(where),
            )
        yield act

    def _account(self, user: str) -> Account:
        self.met_people.add(user)
        known = self.accounts[user]
        return Account(source=self.source, id=user, name=known.name, address=known.address)

    def _link(self, where: Where, posted: Posted | None = None) -> str:
        if not self.site:
            return ""
        stream = f"{self.site}/#narrow/stream/{where.id}-{parse.encoded(where.name.replace(' ', '-'))}"
        near = f"/topic/{parse.encoded(posted.topic)}/near/{posted.id}" if posted else ""
        return self.door.link(where.openness, stream + near)


def person(account_id: str, name: str, address: str = "") -> Account:
    """Return an account whose source is filled in when it is yielded."""
    return Account(source="", id=account_id, name=" ".join(name.split()), address=address.strip().lower())
