"""The passes over a Slack export: first its lists, then its day files one at a time."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from crosstie.record import Account, Interaction, Openness, Place, Trace
from crosstie.sources.archive import Archive, Member, opened
from crosstie.sources.door import Door
from crosstie.sources.site import site_address
from crosstie.sources.slack import parse
from crosstie.sources.slack.layout import first_pass, in_order, is_day
from crosstie.sources.slack.lists import Conversation, Workspace, account
from crosstie.sources.source import Settings

# Where a message was refused, no later edit of it is news.
_REFUSED = math.inf
SAME_MESSAGE = "same message in another run"


def read(path: Path, settings: Settings, door: Door) -> Iterator[Trace]:
    """Yield the traces of an export; one day file is in memory at a time.

    Raises:
        SourceRefused: it is Slack's text export, or holds nothing of Slack's.
        ExportUnsafe: as an archive it is not to be trusted.
        UsageRefused: the setting `site` is no address.
    """
    site = site_address(settings)
    with opened(path) as archive:
        workspace, runs, team = first_pass(archive, path)
        if workspace.unreadable:
            door.ledger.note("unreadable list or entry of a list", workspace.unreadable)
        reading = _Reading(workspace, f"slack:{team}", site, door)
        yield from reading.viewer()
        yield from reading.days(archive, runs)


@dataclass(slots=True)
class _Reading:
    """One reading: what was met, and the door that everything goes through.

    Attributes:
        seen: external ids met in the conversation that is being read (in a tar of several runs: in all),
            with the time of the last edit.
        met_people, met_places: what was yielded.
    """

    workspace: Workspace
    source: str
    site: str
    door: Door
    seen: dict[str, float] = field(default_factory=dict)
    met_people: set[str] = field(default_factory=set)
    met_places: set[str] = field(default_factory=set)

    def viewer(self) -> Iterator[Trace]:
        """Tell the door who the viewer is, and yield them even if they never wrote."""
        if self.door.viewer:
            for known in self.workspace.accounts.values():
                if self.door.is_viewer(known):
                    yield self._account(known.id)

    def days(self, archive: Archive, runs: set[str]) -> Iterator[Trace]:
        """Yield the traces of all day files.

        Runs overlap, so a conversation's days are read side by side, the newest run first: what comes
        again is then no news. A tar can only be read as it stands, so there all ids are remembered.
        """
        days: Iterator[Member] = (member for member in archive.members() if is_day(member))
        if len(runs) > 1 and archive.lasting:
            place = {run: -number for number, run in enumerate(sorted(runs, key=in_order))}
            days = iter(
                sorted(
                    days,
                    key=lambda day: (self._where(day).id, day.name.name, place[str(day.name.parent.parent)]),
                )
            )
        forgets = len(runs) == 1 or archive.lasting
        before = ""
        for day in days:
            where = self._where(day)
            if forgets and where.id != before:
                self.seen.clear()
            before = where.id
            yield from self._day(day, where)
            self.door.progress(day.size)

    def _where(self, day: Member) -> Conversation:
        folder = day.name.parent
        return self.workspace.conversation(str(folder.parent), folder.name)

    def _day(self, day: Member, where: Conversation) -> Iterator[Trace]:
        try:
            for message in parse.messages(day.read()):
                if message is None:
                    self.door.ledger.leave_out("unreadable message")
                else:
                    yield from self._message(message, where)
        except parse.UNREADABLE:
            self.door.ledger.leave_out("unreadable file")

    def _message(self, message: parse.Message, where: Conversation) -> Iterator[Trace]:
        ledger = self.door.ledger
        user, ts = parse.author(message), parse.timestamp(message.ts)
        at = parse.moment(ts)
        reason = parse.why_left_out(message, user, self.workspace.bots)
        if not reason and at is None:
            reason = "unreadable time" if ts else "no time"
        if reason or at is None:
            ledger.leave_out(reason)
            if message.reactions:
                ledger.leave_out("reaction to a message that was left out", _reactions_in(message))
            if reason == "unknown subtype" and str(message.subtype).isidentifier():
                ledger.note(f"subtype {message.subtype:.40}")
            return
        if user not in self.workspace.accounts:
            self._introduce(account(user, parse.profile_account_name(message)))
        if not where.is_listed:
            ledger.note("message in a conversation that is in no list")
        act = parse.said(
            message,
            source=self.source,
            user=user,
            ts=ts,
            at=at,
            where=where,
            accounts=self.workspace.accounts,
            bots=self.workspace.bots,
            keep=self.door.text,
            link=self._link(where, ts),
        )
        yield from self._once(act, where)
        if message.reactions:
            yield from self._reactions(message.reactions, act, where)

    def _once(self, act: Interaction, where: Conversation) -> Iterator[Trace]:
        """Yield a message the first time it is met, and again where another run has a newer edit."""
        edited = act.edited_at.timestamp() if act.edited_at else 0.0
        seen = self.seen.get(act.external_id)
        if seen is not None:
            self.door.ledger.leave_out(SAME_MESSAGE)
            if edited > seen:
                self.door.ledger.note("newer edit of a message in another run")
                self.seen[act.external_id] = edited
                yield from self._with_people(act, where)
        elif self._is_admitted(act.actor, where):
            self.door.ledger.use()
            self.seen[act.external_id] = edited
            yield from self._with_people(act, where)
        else:
            self.seen[act.external_id] = _REFUSED

    def _reactions(
        self, reactions: list[parse.Reaction], act: Interaction, where: Conversation
    ) -> Iterator[Trace]:
        ledger = self.door.ledger
        for reaction in reactions:
            users = reaction.users or ()
            if reaction.count is not None and reaction.count > len(users):
                ledger.note("reaction whose giver Slack does not name", reaction.count - len(users))
            for user in users:
                if not user:
                    ledger.leave_out("no user")
                elif user in self.workspace.bots:
                    ledger.leave_out("bot")
                elif user == act.actor:
                    ledger.leave_out("reaction to one's own message")
                else:
                    yield from self._thanks(parse.thanked(act, reaction.name, user), where)

    def _thanks(self, act: Interaction, where: Conversation) -> Iterator[Trace]:
        if act.external_id in self.seen:
            self.door.ledger.leave_out(SAME_MESSAGE)
            return
        self.seen[act.external_id] = 0.0
        if act.actor not in self.workspace.accounts:
            self._introduce(account(act.actor, ""))
        if self._is_admitted(act.actor, where):
            self.door.ledger.use()
            yield from self._with_people(act, where)

    def _is_admitted(self, user: str, where: Conversation) -> bool:
        people = where.members if user in where.members else {user, *where.members}
        return self.door.admits(where.openness, where.name, where.id, people)

    def _introduce(self, stranger: Account) -> None:
        """Remember a person whom no list has: guests of shared channels, and people who left."""
        self.workspace.accounts[stranger.id] = stranger
        self.door.is_viewer(stranger)

    def _with_people(self, act: Interaction, where: Conversation) -> Iterator[Trace]:
        """Yield an act after the accounts and the place it uses, each of which is yielded once."""
        for user in (act.actor, act.parent_author, *act.addressed, *act.mentioned):
            if user not in self.met_people and user:
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
        known = self.workspace.accounts.get(user) or account(user, "")
        return Account(source=self.source, id=user, name=known.name, address=known.address)

    def _link(self, where: Conversation, ts: str = "") -> str:
        if not self.site:
            return ""
        message = f"/p{ts.replace('.', '')}" if ts else ""
        return self.door.link(where.openness, f"{self.site}/archives/{where.id}{message}")


def _reactions_in(message: parse.Message) -> int:
    return sum(len(reaction.users or ()) for reaction in message.reactions or ())
