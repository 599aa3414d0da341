"""The passes over a Slack export: first its lists, then its day files one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from crosstie.record import Account, Interaction, Openness, Place, Trace
from crosstie.saying import mark
from crosstie.sources.archive import Archive, Member, opened
from crosstie.sources.door import Door
from crosstie.sources.mending import UNREADABLE, Mender
from crosstie.sources.reactions import thanked
from crosstie.sources.site import site_address
from crosstie.sources.slack import parse
from crosstie.sources.slack.layout import first_pass, in_order, is_day
from crosstie.sources.slack.lists import Conversation, Workspace, account
from crosstie.sources.source import Settings

SAME_MESSAGE = mark("same message in another run")
SUBTYPE = mark("subtype")


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
        workspace.say(door.ledger)
        reading = _Reading(workspace, f"slack:{team}", site, door)
        yield from reading.viewer()
        for traces in reading.days(archive, runs):
            yield from traces


@dataclass(slots=True)
class _Reading:
    """One reading: what was met, and the door that everything goes through.

    Attributes:
        seen: external ids met in the conversation that is being read (in a tar of several runs: in all),
            with the time of the last edit.
        refused: those of them that the door refused.
        met_people, met_places: what was yielded.
    """

    workspace: Workspace
    source: str
    site: str
    door: Door
    seen: dict[str, float] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    met_people: set[str] = field(default_factory=set)
    met_places: set[str] = field(default_factory=set)
    mender: Mender = field(default_factory=Mender)

    def viewer(self) -> Iterator[Trace]:
        """Tell the door who the viewer is, and yield them even if they never wrote."""
        if self.door.viewer:
            for known in self.workspace.accounts.values():
                if self.door.is_viewer(replace(known, source=self.source)):
                    yield self._account(known.id)

    def days(self, archive: Archive, runs: set[str]) -> Iterator[list[Trace]]:
        """Yield the traces of all day files, those of one file together.

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
                self.refused.clear()
            before = where.id
            yield self._day(day, where)

    def _where(self, day: Member) -> Conversation:
        folder = day.name.parent
        return self.workspace.conversation(str(folder.parent), folder.name)

    def _day(self, day: Member, where: Conversation) -> list[Trace]:
        context = parse.Context(
            source=self.source,
            where=where,
            accounts=self.workspace.accounts,
            bots=self.workspace.bots,
            keeps_text=self.door.text(where.openness, "") is not None,
            link=self._link(where),
        )
        try:
            messages = parse.messages(day.read(), self.mender)
        except UNREADABLE:
            self.door.ledger.leave_out("unreadable file")
            return []
        fresh: list[Interaction] = []
        newer: list[Interaction] = []
        seen = self.seen
        stamps = ["" if message is None else parse.timestamp(message.ts) for message in messages]
        for message, ts, at in zip(messages, stamps, parse.moments(stamps), strict=True):
            act = self._act(message, ts, at, context)
            if act is not None:
                if act.external_id in seen:
                    self._again(act, newer)
                else:
                    seen[act.external_id] = act.edited_at.timestamp() if act.edited_at else 0.0
                    fresh.append(act)
            if message is not None and message.reactions:
                if act is not None:
                    self._reactions(message.reactions, act, fresh)
                elif given := sum(len(reaction.users or ()) for reaction in message.reactions):
                    self.door.ledger.leave_out("reaction to a message that was left out", given)
        self.mender.say(self.door.ledger)
        found: list[Trace] = []
        self._take(self._admitted(fresh, where), where, found)
        self._take([act for act in newer if act.external_id not in self.refused], where, found)
        return found

    def _act(
        self, message: parse.Message | None, ts: str, at: datetime | None, context: parse.Context
    ) -> Interaction | None:
        """Return a message as an act; None, and counted with its reason, where nobody wrote it."""
        if message is None:
            self.door.ledger.leave_out("unreadable message")
            return None
        workspace = self.workspace
        user = message.user or parse.author(message)
        is_plain = message.subtype is None and message.bot_id is None and user and user not in workspace.bots
        reason = "" if is_plain else parse.why_left_out(message, user, workspace.bots)
        if reason or at is None:
            self._leave_out(message, reason or parse.why_no_moment(ts))
            return None
        if user not in workspace.accounts:
            self._introduce(account(user, parse.profile_account_name(message, self.mender)))
        if not context.where.is_listed:
            self.door.ledger.note("message in a conversation that is in no list")
        return parse.said(message, user, ts, at, context)

    def _leave_out(self, message: parse.Message, reason: str) -> None:
        self.door.ledger.leave_out(reason)
        if reason == "unknown subtype" and str(message.subtype).isidentifier():
            self.door.ledger.note(f"{SUBTYPE}: {message.subtype:.40}")

    def _again(self, act: Interaction, newer: list[Interaction]) -> None:
        """Sort out what was met before: no news, unless this run has a newer edit."""
        edited = act.edited_at.timestamp() if act.edited_at else 0.0
        self.door.ledger.leave_out(SAME_MESSAGE)
        if edited > self.seen[act.external_id]:
            self.door.ledger.note("newer edit of a message in another run")
            self.seen[act.external_id] = edited
            newer.append(act)

    def _reactions(self, reactions: list[parse.Reaction], act: Interaction, fresh: list[Interaction]) -> None:
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
                    self._thanks(thanked(act, reaction.name, user), fresh)

    def _thanks(self, act: Interaction, fresh: list[Interaction]) -> None:
        if act.external_id in self.seen:
            self.door.ledger.leave_out(SAME_MESSAGE)
            return
        self.seen[act.external_id] = 0.0
        if act.actor not in self.workspace.accounts:
            self._introduce(account(act.actor, ""))
        fresh.append(act)

    def _admitted(self, fresh: list[Interaction], where: Conversation) -> list[Interaction]:
        """Return what the door lets in: of an open conversation all or nothing, else act by act."""
        taken = fresh
        if self.door.is_choosy:
            taken = [act for act in fresh if self.door.takes_from(act.actor, act.at)]
        if where.openness is Openness.OPEN:
            is_admitted = taken and self.door.admits(
                where.openness, where.name, where.id, where.members, count=len(taken)
            )
            admitted = taken if is_admitted else []
        else:
            admitted = [act for act in taken if self._is_admitted(act.actor, where)]
        if len(admitted) < len(fresh):
            self.refused.update({act.external_id for act in fresh} - {act.external_id for act in admitted})
        self.door.ledger.use(len(admitted))
        return admitted

    def _is_admitted(self, user: str, where: Conversation) -> bool:
        people = where.members if user in where.members else where.members | {user}
        return self.door.admits(where.openness, where.name, where.id, people)

    def _introduce(self, stranger: Account) -> None:
        """Remember a person whom no list has: guests of shared channels, and people who left."""
        self.workspace.accounts[stranger.id] = stranger
        self.door.is_viewer(replace(stranger, source=self.source))

    def _take(self, acts: list[Interaction], where: Conversation, found: list[Trace]) -> None:
        """Add acts after the accounts and the place they use, each of which is added once."""
        met = self.met_people
        if acts and where.id not in self.met_places:
            found.append(self._place(where))
        for act in acts:
            if act.actor not in met:
                found.append(self._account(act.actor))
            if act.parent_author and act.parent_author not in met:
                found.append(self._account(act.parent_author))
            if act.mentioned or act.addressed:
                found += [self._account(user) for user in (*act.mentioned, *act.addressed) if user not in met]
        found += acts

    def _place(self, where: Conversation) -> Place:
        self.met_places.add(where.id)
        name = "" if where.openness is Openness.DIRECT else where.name
        return Place(
            source=self.source, id=where.id, name=name, openness=where.openness, link=self._link(where)
        )

    def _account(self, user: str) -> Account:
        self.met_people.add(user)
        known = self.workspace.accounts.get(user) or account(user, "")
        return Account(source=self.source, id=user, name=known.name, address=known.address)

    def _link(self, where: Conversation) -> str:
        return self.door.link(where.openness, f"{self.site}/archives/{where.id}") if self.site else ""
