"""Who is who: accounts become persons by address or a directory's id, never by name alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from crosstie.people.addresses import (
    is_nobodys,
    normal_address,
    shared_addresses,
    shared_by_account,
    told_apart,
)
from crosstie.people.rows import AccountRow, DecisionRow, EntryRow, Relation, Verb


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One human being, with one or more accounts."""

    key: str
    name: str
    accounts: tuple[str, ...]
    names: tuple[str, ...] = ()  # as their accounts have them
    addresses: tuple[str, ...] = ()
    shared_addresses: tuple[str, ...] = ()  # which others in a directory have too: they tell nobody apart
    ids: tuple[str, ...] = ()  # what their sources call their accounts, e.g. U024BE7LH
    relation: Relation = Relation.EMPLOYEE
    groups: dict[str, str] = field(default_factory=dict)
    manager: str = ""  # the manager's person key
    joined_on: str = ""
    left_on: str = ""
    in_directory: bool = False

    @property
    def has_key(self) -> bool:
        """Say whether somebody can be shown the key, and type it: not of those who are only met."""
        return self.key.isprintable()


@dataclass(frozen=True, slots=True, kw_only=True)
class Persons:
    """All persons, and the person of every account.

    Attributes:
        by_key: whoever may be shown.
        person_of: the key of the person of each of their accounts.
        opted_out: by key, whoever opted out. They are found nowhere above: whoever asks for everyone has to
            say so (`everyone`).
    """

    by_key: dict[str, Person]
    person_of: dict[str, str]
    opted_out: dict[str, Person] = field(default_factory=dict)

    @property
    def everyone(self) -> Persons:
        """Return the persons with those who opted out among them: to forget or to let in again."""
        theirs = {account: key for key, one in self.opted_out.items() for account in one.accounts}
        return Persons(by_key=self.by_key | self.opted_out, person_of=self.person_of | theirs)

    @property
    def group_kinds(self) -> tuple[str, ...]:
        """Return the kinds of groups the directory knows, most people first."""
        counts: dict[str, int] = {}
        for person in self.by_key.values():
            for kind in person.groups:
                counts[kind] = counts.get(kind, 0) + 1
        return tuple(sorted(counts, key=lambda kind: (-counts[kind], kind)))


class _Sets:
    """Disjoint sets of accounts; the earliest account of a set stands for it."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def find(self, member: int) -> int:
        while self._parent[member] != member:
            self._parent[member] = self._parent[self._parent[member]]
            member = self._parent[member]
        return member

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.find(one), self.find(other)))
        self._parent[second] = first


def resolve(
    accounts: Sequence[AccountRow],
    *,
    entries: Iterable[EntryRow] = (),
    decisions: Iterable[DecisionRow] = (),
    domains: Mapping[str, str] | None = None,
    opted_out: Collection[str] = (),
) -> Persons:
    """Make persons of accounts. Pure: same rows, same persons.

    Accounts with the same normalised address are one person, but for an address that several people of one
    directory have: its ids tell them apart, and the address joins nobody. An account of a table whose id is
    an id of the directory is that person. Decisions come last and win. A person's key is the key of its
    earliest account, so it stays the same when more accounts are read.

    Args:
        accounts: in the order in which they were first met.
        entries: what directories say, by the key of the directory's account.
        decisions: in the order in which they were made.
        domains: relation by mail domain; used where the directory does not have a person.
        opted_out: keys of accounts whose person opted out; one account of a person is enough.

    Returns:
        Persons by key, and the person of every account.
    """
    decided = list(decisions)
    split = {row.account for row in decided if row.verb is Verb.SPLIT}
    entry_of = {row.account: row for row in entries}
    shared = shared_addresses(accounts, entry_of.values())
    shares = shared_by_account(accounts, entry_of, shared)
    accounts = told_apart(accounts, shared)
    index = {row.key: position for position, row in enumerate(accounts)}
    sets = _Sets(len(accounts))
    _join_by_address(accounts, sets, split, shared)
    _join_by_directory_id(accounts, sets, split, set(entry_of))
    for row in decided:
        if row.verb is Verb.MERGE and row.account in index and row.other in index:
            sets.join(index[row.account], index[row.other])

    members: dict[int, list[int]] = {}
    for position in range(len(accounts)):
        members.setdefault(sets.find(position), []).append(position)
    person_of = {
        accounts[position].key: accounts[root].key
        for root, positions in members.items()
        for position in positions
    }
    shown_as = {
        person_of[row.account]: row.name for row in decided if row.verb is Verb.ALIAS and row.account in index
    }
    directory_person = {
        accounts[index[key]].id: person_of[key] for key in entry_of if key in index
    }  # the directory's id of a person, to find managers by
    by_key: dict[str, Person] = {}
    for root, positions in members.items():
        rows = [accounts[position] for position in positions]
        person = _person(rows, entry_of, directory_person, domains or {}, is_directory_known=bool(entry_of))
        key = accounts[root].key
        if key in shown_as:
            person = replace(person, name=shown_as[key])
        if shares:
            theirs = dict.fromkeys(shares[row.key] for row in rows if row.key in shares)
            person = replace(person, shared_addresses=tuple(theirs))
        by_key[key] = person
    return _without(by_key, person_of, {person_of[key] for key in opted_out if key in person_of})


def _without(by_key: dict[str, Person], person_of: dict[str, str], gone: set[str]) -> Persons:
    """Set those who opted out apart; nobody is shown them as their manager either."""
    if not gone:
        return Persons(by_key=by_key, person_of=person_of)
    return Persons(
        by_key={
            key: replace(one, manager="") if one.manager in gone else one
            for key, one in by_key.items()
            if key not in gone
        },
        person_of={account: key for account, key in person_of.items() if key not in gone},
        opted_out={key: by_key[key] for key in sorted(gone)},
    )


def _join_by_address(
    accounts: Sequence[AccountRow], sets: _Sets, split: set[str], shared: frozenset[str]
) -> None:
    first_with: dict[str, int] = {}
    for position, row in enumerate(accounts):
        address = normal_address(row.address)
        if address and address not in shared and not is_nobodys(address) and row.key not in split:
            sets.join(first_with.setdefault(address, position), position)


def _join_by_directory_id(
    accounts: Sequence[AccountRow], sets: _Sets, split: set[str], in_directory: set[str]
) -> None:
    by_id = {row.id: position for position, row in enumerate(accounts) if row.key in in_directory}
    for position, row in enumerate(accounts):
        if row.source.startswith("table:") and not row.address and row.key not in split and row.id in by_id:
            sets.join(by_id[row.id], position)


def _person(
    rows: Sequence[AccountRow],
    entry_of: Mapping[str, EntryRow],
    directory_person: Mapping[str, str],
    domains: Mapping[str, str],
    *,
    is_directory_known: bool,
) -> Person:
    entries = [(row, entry_of[row.key]) for row in rows if row.key in entry_of]
    addresses = tuple(dict.fromkeys(row.address for row in rows if row.address))
    names = [row.name for row, _ in entries if row.name] + [row.name for row in rows if row.name]
    ids = tuple(dict.fromkeys(row.id for row in rows))
    key = rows[0].key
    name = max(names, key=lambda candidate: (names.count(candidate), " " in candidate), default="")
    accounts = tuple(row.key for row in rows)
    called = tuple(dict.fromkeys(names))
    if not entries:
        relation = _relation(addresses, domains, is_directory_known=is_directory_known)
        return Person(
            key=key,
            name=name or rows[0].id,
            accounts=accounts,
            names=called,
            addresses=addresses,
            ids=ids,
            relation=relation,
        )
    row, entry = entries[-1]
    manager = directory_person.get(entry.manager, "")
    return Person(
        key=key,
        name=row.name or name or row.id,
        accounts=accounts,
        names=called,
        addresses=addresses,
        ids=ids,
        relation=Relation(entry.relation),
        groups=dict(entry.groups),
        manager="" if manager == key else manager,
        joined_on=entry.joined_on,
        left_on=entry.left_on,
        in_directory=True,
    )


def _relation(addresses: Iterable[str], domains: Mapping[str, str], *, is_directory_known: bool) -> Relation:
    """Tell a person's relation by domain; with neither list nor directory all are taken as colleagues."""
    for address in addresses:
        domain = address.rpartition("@")[2]
        while domain:
            if domain in domains:
                return Relation(domains[domain])
            domain = domain.partition(".")[2]
    return Relation.OUTSIDE if domains or is_directory_known else Relation.EMPLOYEE
