"""Who and where: Slack's lists of people and conversations. Pure; damaged entries are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from crosstie.record import Account, Openness

# What decoding raises for bytes that are no such JSON; nesting beyond all sense is the last.
UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
PEOPLE_LISTS = frozenset({"users.json", "org_users.json"})
CONVERSATION_LISTS = {
    "channels.json": Openness.OPEN,
    "groups.json": Openness.MEMBERS,
    "mpims.json": Openness.DIRECT,
    "dms.json": Openness.DIRECT,
}
# Slack's own voice and the nobody of renamed channels: people-shaped, and no people.
NO_PEOPLE = frozenset({"USLACKBOT", "U00"})


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
        unreadable: how many lists and entries could not be read.
    """

    accounts: dict[str, Account] = field(default_factory=dict)
    bots: set[str] = field(default_factory=lambda: set(NO_PEOPLE))
    conversations: dict[str, Conversation] = field(default_factory=dict)
    folders: dict[tuple[str, str], str] = field(default_factory=dict)
    teams: Counter[str] = field(default_factory=Counter)
    unreadable: int = 0

    def add_people(self, content: bytes) -> None:
        """Take a users.json."""
        for user in self._entries(content, User):
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
        for listed in self._entries(content, Listed):
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

    def _entries(self, content: bytes, kind: type[_Entry]) -> Iterator[_Entry]:
        try:
            raw_entries = msgspec.json.decode(content, type=list[msgspec.Raw] | None) or []
        except UNREADABLE:
            self.unreadable += 1
            return
        for raw in raw_entries:
            try:
                yield msgspec.json.decode(raw, type=kind)
            except UNREADABLE:
                self.unreadable += 1


_Entry = TypeVar("_Entry", User, Listed)


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
