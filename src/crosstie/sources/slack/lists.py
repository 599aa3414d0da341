"""Who and where: Slack's lists of people and conversations. Pure; damaged entries are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from crosstie.record import Account, Openness
from crosstie.saying import mark
from crosstie.sources.ledger import Ledger
from crosstie.sources.mending import UNREADABLE, Mender

PEOPLE_LISTS = frozenset({"users.json", "org_users.json"})
CONVERSATION_LISTS = {
    "channels.json": Openness.OPEN,
    "groups.json": Openness.MEMBERS,
    "mpims.json": Openness.DIRECT,
    "dms.json": Openness.DIRECT,
}
# Slack's own voice and the nobody of renamed channels: people-shaped, and no people.
NO_PEOPLE = frozenset({"USLACKBOT", "U00"})
_UNREADABLE_PEOPLE = mark(
    "list of people that cannot be read, so names and addresses are missing and a bot may pass for a person"
)


class Profile(msgspec.Struct, gc=False):
    """What crosstie takes from a profile; the rest is never decoded."""

    real_name: str | None = None
    display_name: str | None = None
    email: str | None = None


class User(msgspec.Struct):
    """One entry of users.json."""

    id: str
    team_id: str | None = None
    name: str | None = None
    real_name: str | None = None
    is_bot: bool | None = None
    is_workflow_bot: bool | None = None
    profile: Profile | None = None


class _Machine(msgspec.Struct):
    """What an entry of users.json has to say, though the rest cannot be read."""

    id: str
    is_bot: bool | None = None
    is_workflow_bot: bool | None = None


class Listed(msgspec.Struct):
    """One entry of channels.json, groups.json, mpims.json or dms.json."""

    id: str
    name: str | None = None
    members: list[str] | None = None
    is_private: bool | None = None
    is_mpim: bool | None = None
    is_im: bool | None = None
    is_general: bool | None = None
    context_team_id: str | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A channel, group or direct conversation, and who can read it."""

    id: str
    name: str
    openness: Openness
    members: frozenset[str] = frozenset()
    is_general: bool = False
    team: str = ""
    is_listed: bool = True


@dataclass(slots=True)
class Workspace:
    """What the lists of an export say; later lists win over earlier ones.

    Attributes:
        accounts: people by id, without a source; bots are not among them.
        bots: ids that are no people.
        conversations: by id.
        folders: id of a conversation by (run, name of its folder).
        teams: how many people each team id has.
        unreadable: how many lists of conversations, and entries of any list, could not be read.
        unreadable_people: how many lists of people could not be read at all.
        mender: decodes them.
    """

    accounts: dict[str, Account] = field(default_factory=dict)
    bots: set[str] = field(default_factory=lambda: set(NO_PEOPLE))
    conversations: dict[str, Conversation] = field(default_factory=dict)
    folders: dict[tuple[str, str], str] = field(default_factory=dict)
    teams: Counter[str] = field(default_factory=Counter)
    unreadable: int = 0
    unreadable_people: int = 0
    mender: Mender = field(default_factory=Mender)

    def add_people(self, content: bytes) -> None:
        """Take a users.json."""
        raw_entries = self._raw_entries(content)
        if raw_entries is None:
            self.unreadable_people += 1
            return
        for raw in raw_entries:
            user = self._entry(raw, _user)
            if user is None:
                # Whatever else is wrong with it: a bot that says so becomes nobody.
                machine = self._entry(raw, _machine)
                if machine is not None and (machine.is_bot or machine.is_workflow_bot):
                    self.bots.add(machine.id)
                self.unreadable += 1
                continue
            if user.team_id:
                self.teams[user.team_id] += 1
            if user.is_bot or user.is_workflow_bot or user.id in NO_PEOPLE:
                self.bots.add(user.id)
                self.accounts.pop(user.id, None)
                continue
            self.bots.discard(user.id)
            profile = user.profile or Profile()
            name = profile.real_name or user.real_name or profile.display_name or user.name or ""
            self.accounts[user.id] = account(user.id, name, profile.email or "")

    def add_conversations(self, content: bytes, run: str, openness: Openness) -> None:
        """Take a channels.json, groups.json, mpims.json or dms.json of one run."""
        raw_entries = self._raw_entries(content)
        if raw_entries is None:
            self.unreadable += 1
            return
        for raw in raw_entries:
            listed = self._entry(raw, _listed)
            if listed is None:
                self.unreadable += 1
                continue
            known = Conversation(
                id=listed.id,
                name=listed.name or "",
                openness=_openness(listed, openness),
                members=frozenset(listed.members or ()),
                is_general=bool(listed.is_general),
                team=listed.context_team_id or "",
            )
            self.conversations[listed.id] = known
            # Channels and group conversations stand in a folder of their name, direct ones of their id.
            for folder in filter(None, (listed.id, listed.name)):
                self.folders[run, folder] = self.folders["", folder] = listed.id

    def conversation(self, run: str, folder: str) -> Conversation:
        """Return the conversation of a folder; one that is in no list is held to be for its members only."""
        found = self.folders.get((run, folder)) or self.folders.get(("", folder))
        if found is not None:
            return self.conversations[found]
        openness = Openness.DIRECT if run.rsplit("/", 1)[-1] in ("dms", "mpims") else Openness.MEMBERS
        return Conversation(id=folder, name=folder, openness=openness, is_listed=False)

    def team(self) -> str:
        """Return the id of the workspace as the lists tell it, "" if they do not."""
        counts = self.teams or Counter(known.team for known in self.conversations.values() if known.team)
        return min(counts, key=lambda team: (-counts[team], team), default="")

    def say(self, ledger: Ledger) -> None:
        """Note what the lists could not tell."""
        if self.unreadable_people:
            ledger.note(_UNREADABLE_PEOPLE, self.unreadable_people)
        if self.unreadable:
            ledger.note("unreadable list or entry of a list", self.unreadable)
        self.mender.say(ledger)

    def _raw_entries(self, content: bytes) -> list[msgspec.Raw] | None:
        """Return the entries of a list; None where it cannot be read."""
        try:
            return self.mender.decode(_list, content) or []
        except UNREADABLE:
            return None

    def _entry(self, raw: msgspec.Raw, decoder: msgspec.json.Decoder[_Entry]) -> _Entry | None:
        try:
            return self.mender.decode(decoder, raw)
        except UNREADABLE:
            return None


_Entry = TypeVar("_Entry", User, Listed, _Machine)
_list = msgspec.json.Decoder(list[msgspec.Raw] | None)
_user = msgspec.json.Decoder(User)
_machine = msgspec.json.Decoder(_Machine)
_listed = msgspec.json.Decoder(Listed)


def account(account_id: str, name: str, address: str = "") -> Account:
    """Return an account whose source is filled in later, with its white space folded."""
    return Account(source="", id=account_id, name=" ".join(name.split()), address=address.strip().lower())


def fallback_team(conversations: Iterable[Conversation]) -> str:
    """Name a workspace that nowhere says its team.

    By #general, which it has once and for good, else by the least id of a conversation.
    """
    known = list(conversations)
    general = [conversation.id for conversation in known if conversation.is_general]
    return min(general or [conversation.id for conversation in known], default="")


def _openness(listed: Listed, of_list: Openness) -> Openness:
    """Believe the list, unless the conversation itself says that it is more closed."""
    if listed.is_im or listed.is_mpim:
        return Openness.DIRECT
    if listed.is_private and of_list is Openness.OPEN:
        return Openness.MEMBERS
    return of_list
