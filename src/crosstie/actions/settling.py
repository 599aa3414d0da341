"""Settle who a viewer is before anything is read: by the workspace, and by the accounts that sources name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from crosstie.actions.barring import is_forgotten
from crosstie.actions.claiming import refuse_others
from crosstie.actions.course import Plan, Progress, watched
from crosstie.actions.doors import Standing, door_of, standing_of
from crosstie.actions.home import Home
from crosstie.actions.who_is_who import who_is_who
from crosstie.people import AccountRow, EntryRow, Persons, Settled, answering, is_address, named, resolve
from crosstie.people import settle as settle_among
from crosstie.record import Account, Entry
from crosstie.sources import Ledger, Listed


def settle(
    home: Home | None, plans: Sequence[Plan], given: str, *, progress: Progress | None = None
) -> Settled:
    """Settle whom `--as` means in a workspace and in all that is about to be read; nothing is written.

    An address, and a key of the workspace, mean the same everywhere: then only directories are listened to,
    whose ids tables go by. Else each source is, one that lists its people only until they are told; for a
    name, which counts only where nobody else has it, to the end if its lists may lack somebody.

    Args:
        home: the workspace it would be read into, if there is one.
        plans: all that is about to be read, in any order.
        given: a key, an address, a full name or an id; "" for nobody.
        progress: called with the number of traces since the last call.

    Raises:
        PersonUnclear: nobody, or more than one, answers to it; `near` lists whom it could mean.
        WorkspaceRefused: the workspace is for no single person.
        SourceRefused: an export is not what its source can read.
    """
    if not given:
        return Settled()
    if home is not None:
        refuse_others(home)
    listening = _Listening(home, given, progress)
    means_the_same = is_address(given) or listening.knows_key
    for plan in plans:
        if not means_the_same or not plan.source.kinds:
            listening.to(plan)
    if not means_the_same and listening.may_go_on:
        for plan in plans:
            if plan.source.listed is Listed.MOST:
                listening.to(plan, whole=True)
    keys_hold = home is not None and not home.is_new
    return settle_among(listening.persons(), listening.rows(), given, keys_hold=keys_hold)


@dataclass(slots=True)
class _Listening:
    """Who is who in a workspace, and by what sources say that were not read yet."""

    home: Home | None
    given: str
    progress: Progress | None
    standing: Standing = field(init=False)
    accounts: dict[tuple[str, str], AccountRow] = field(init=False)
    entries: dict[str, EntryRow] = field(init=False)

    def __post_init__(self) -> None:
        self.standing = Standing() if self.home is None else standing_of(self.home, None)
        accounts = [] if self.home is None else self.home.store.accounts.all()
        entries = [] if self.home is None else self.home.store.accounts.entries()
        self.accounts = {(row.source, row.id): row for row in accounts}
        self.entries = {entry.account: entry for entry in entries}

    @property
    def knows_key(self) -> bool:
        """Say whether the word is a key of the workspace."""
        return any(row.key == self.given.strip() for row in self.accounts.values())

    @property
    def may_go_on(self) -> bool:
        """Say whether somebody in no list may answer to the word, too: to a name, or if nobody did so far."""
        everyone = self.persons().everyone
        return bool(named(everyone, self.given)) or not answering(everyone, self.given)

    def to(self, plan: Plan, *, whole: bool = False) -> None:
        """Take in whom a source tells of."""
        # Everybody passes for the viewer here, so that a source tells at once of all whom its lists name.
        door = door_of(Ledger(), Settled(given=self.given), None, self.standing, dry=True)
        door.is_viewers = lambda _account: True
        door.met = {}
        if self.home is not None and (forgotten := self.home.store.forgotten()):
            door.forgotten = partial(is_forgotten, self.home.keyring, forgotten)
        entries: list[Entry] = []
        for trace in watched(plan.source.read(plan.path, plan.settings, door), self.progress):
            if isinstance(trace, Entry):
                entries.append(trace)
            elif isinstance(trace, Account):
                door.is_viewer(trace)
            elif plan.source.listed is not Listed.NOBODY and not whole:
                break
        for entry in entries:
            door.is_viewer(Account(source=entry.source, id=entry.id, name=entry.name, address=entry.address))
        for account in door.met.values():
            self._take(account)
        for entry in entries:
            if (entry.source, entry.id) in door.met:
                key = self.accounts[entry.source, entry.id].key
                self.entries[key] = EntryRow(account=key, shared_address=entry.shared_address)

    def persons(self) -> Persons:
        """Return the persons they all are."""
        accounts, entries = list(self.accounts.values()), list(self.entries.values())
        if self.home is None:
            return resolve(accounts, entries=entries)
        return who_is_who(self.home.store, self.home.keyring, accounts, entries)

    def rows(self) -> Sequence[AccountRow]:
        """Return their accounts."""
        return list(self.accounts.values())

    def _take(self, account: Account) -> None:
        identity = (account.source, account.id)
        known = self.accounts.get(identity)
        self.accounts[identity] = AccountRow(
            # A key that nobody can have typed: what is only met gets none.
            key=known.key if known else f"{account.source}\n{account.id}",
            source=account.source,
            id=account.id,
            name=account.name or (known.name if known else ""),
            address=account.address or (known.address if known else ""),
        )


__all__ = ["settle"]
