"""Whom a word means among persons, settled into the accounts and addresses that are theirs alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from crosstie.people.addresses import is_of_directory, normal_address
from crosstie.people.find import answering, find
from crosstie.people.resolve import Person, Persons
from crosstie.people.rows import AccountRow
from crosstie.record import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """One person, as a reading knows them again in whatever source.

    Attributes:
        given: what somebody called them, "" for nobody.
        called: what names them for longer: their address, else their key, else what was given.
        accounts: source and id of each account that is known.
        addresses: normalised; nobody else has them.
        directory_ids: what directories call them, and nobody else: tables without addresses go by it.
    """

    given: str = ""
    called: str = ""
    accounts: frozenset[tuple[str, str]] = frozenset()
    addresses: frozenset[str] = frozenset()
    directory_ids: frozenset[str] = frozenset()

    def covers(self, account: Account) -> bool:
        """Say whether an account, known or met for the first time, is this person's: never by name."""
        if (account.source, account.id) in self.accounts:
            return True
        if account.source.startswith("table:") and not account.address and account.id in self.directory_ids:
            return True
        return bool(self.addresses) and normal_address(account.address or account.id) in self.addresses


def settle(
    persons: Persons, accounts: Iterable[AccountRow], given: str, *, keys_hold: bool = True
) -> Settled:
    """Settle whom a key, an address, a full name or an id means.

    An address that nobody is known by yet stands for itself. Whoever opted out is nobody's viewer: of them
    no account is told.

    Args:
        persons: all in question.
        accounts: theirs.
        given: the word.
        keys_hold: as in `find`.

    Raises:
        PersonUnclear: nobody, or more than one, answers to it.
    """
    found = answering(persons, given)
    if not found and answering(replace(persons.everyone, by_key=persons.opted_out), given):
        return Settled(given=given, called=given)
    if not found and is_address(given):
        return Settled(given=given, called=given, addresses=frozenset({normal_address(given)}))
    person = find(persons, given, keys_hold=keys_hold)
    addresses = _own_addresses(persons, person)
    mine = frozenset(person.accounts)
    rows = list(accounts)
    others = {row.id for row in rows if is_of_directory(row) and row.key not in mine}
    return Settled(
        given=given,
        called=_called(person, addresses, given),
        accounts=frozenset((row.source, row.id) for row in rows if row.key in mine),
        addresses=addresses,
        directory_ids=frozenset(row.id for row in rows if is_of_directory(row) and row.key in mine) - others,
    )


def is_address(text: str) -> bool:
    """Say whether a word is an address, so that it means the same wherever it stands."""
    return " " not in text.strip() and bool(normal_address(text))


def _own_addresses(persons: Persons, person: Person) -> frozenset[str]:
    mine = {normal_address(address) for address in person.addresses} - {""}
    if not mine:
        return frozenset()
    others = {
        normal_address(address)
        for other in persons.by_key.values()
        if other.key != person.key
        for address in other.addresses
    }
    return frozenset(mine - others)


def _called(person: Person, addresses: frozenset[str], given: str) -> str:
    if normal_address(given) in addresses:
        return given
    address = next((one for one in person.addresses if normal_address(one) in addresses), "")
    return address or (person.key if person.has_key else given)


__all__ = ["Settled", "is_address", "settle"]
