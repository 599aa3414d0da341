"""Which addresses are whose: what two accounts share, and what tells nobody apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from crosstie.people.rows import AccountRow, EntryRow

_NOBODYS = ("noreply", "no-reply", "donotreply", "do-not-reply")


def normal_address(address: str) -> str:
    """Return an address as two accounts share it: lower case, without what follows a plus sign."""
    local, at, domain = address.strip().casefold().rpartition("@")
    if not at or not local:
        return ""
    return f"{local.partition('+')[0] or local}@{domain}"


def is_nobodys(address: str) -> bool:
    """Say whether an address is by its form one that nobody reads."""
    return address.partition("@")[0] in _NOBODYS


def shared_addresses(accounts: Iterable[AccountRow], entries: Iterable[EntryRow] = ()) -> frozenset[str]:
    """Return the addresses, normalised, that several people of one directory have: they tell nobody apart.

    Those of which the directory said so, and those that it has come to give to several of its ids.
    """
    owner: dict[tuple[str, str], str] = {}
    shared = {normal_address(row.shared_address) for row in entries}
    for row in accounts:
        address = normal_address(row.address) if is_of_directory(row) else ""
        if address and owner.setdefault((row.source, address), row.key) != row.key:
            shared.add(address)
    return frozenset(shared - {""})


def told_apart(accounts: Sequence[AccountRow], shared: frozenset[str]) -> Sequence[AccountRow]:
    """Return accounts, those of a directory without an address that others there have too."""
    if not shared:
        return accounts
    return [
        replace(row, address="") if is_of_directory(row) and normal_address(row.address) in shared else row
        for row in accounts
    ]


def shared_by_account(
    accounts: Iterable[AccountRow], entries: Mapping[str, EntryRow], shared: frozenset[str]
) -> dict[str, str]:
    """Return, by key, the address that an account of a directory has together with others there."""
    found = {key: entry.shared_address for key, entry in entries.items() if entry.shared_address}
    for row in accounts if shared else ():
        if is_of_directory(row) and normal_address(row.address) in shared:
            found[row.key] = row.address
    return found


def is_of_directory(row: AccountRow) -> bool:
    """Say whether a directory has this account."""
    return row.source.startswith("directory:")


__all__ = [
    "is_nobodys",
    "is_of_directory",
    "normal_address",
    "shared_addresses",
    "shared_by_account",
    "told_apart",
]
