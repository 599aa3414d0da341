"""Who opted out, as a reading meets them: by the marks of an account, since no name is kept for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crosstie.people import AccountRow, normal_address
from crosstie.record import Account, Keyring


@dataclass(frozen=True, slots=True)
class Absence:
    """Everyone who opted out.

    Attributes:
        keyring: the workspace's.
        marks: what is left standing of what people decided (`crosstie.people.opted_out`).
        accounts: source and id of known accounts whose person opted out, however they came to be one person.
    """

    keyring: Keyring
    marks: frozenset[str] = frozenset()
    accounts: frozenset[tuple[str, str]] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.marks)

    def covers(self, account: Account | AccountRow) -> bool:
        """Say whether an account, known or met for the first time, is that of someone who opted out."""
        if not self.marks:
            return False
        return (account.source, account.id) in self.accounts or not self.marks.isdisjoint(
            _met_as(self.keyring, account)
        )


def mark_of_address(keyring: Keyring, address: str) -> str:
    """Return the mark of an address, whatever its case and what follows a plus sign; "" if it is none."""
    normal = normal_address(address)
    return keyring.hashed("opted-out-address", normal) if normal else ""


def marks_of(keyring: Keyring, accounts: Iterable[AccountRow]) -> Iterator[tuple[str, str]]:
    """Yield the marks of accounts, each as the account's key and the mark: what opting out leaves.

    The id of someone in a directory is a mark too, since tables that use it are joined by it.
    """
    for row in accounts:
        for mark in _own(keyring, row):
            yield row.key, mark
        if row.source.startswith("directory:"):
            yield row.key, keyring.hashed("opted-out-directory-id", row.id)


def _own(keyring: Keyring, account: Account | AccountRow) -> Iterator[str]:
    yield keyring.hashed("opted-out", account.source, account.id)
    for known in (account.address, account.id):
        mark = mark_of_address(keyring, known)
        if mark:
            yield mark


def _met_as(keyring: Keyring, account: Account | AccountRow) -> Iterator[str]:
    yield from _own(keyring, account)
    if account.source.startswith("table:") and not account.address:
        yield keyring.hashed("opted-out-directory-id", account.id)
